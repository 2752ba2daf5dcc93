import { defineTable } from "../definition";
import { note, source, within } from "./common";

export const traits = defineTable({
  name: "traits",
  title: "社区特点",
  key: ["community", "within"],
  columns: [
    {
      key: "community",
      kind: "text",
      heading: "社区",
      synonyms: ["社区名称", "社區", "社區名稱", "community"],
      required: true,
      maxLength: 120,
      description: "社区的名称或代码；须已在册。",
      example: "下涧槽社区",
    },
    within,
    {
      key: "traits",
      kind: "list",
      heading: "特点",
      synonyms: ["社区标签", "社區標籤", "特點", "traits"],
      required: true,
      maxItems: 20,
      maxLength: 50,
      description: "全部特点：如国企老生活区、多民族社区、国际化社区、生态村，或自己的说法；原有的被替换。",
      example: "国企老生活区；有机更新",
    },
    source,
    note,
  ],
});
