import { defineTable } from "../definition";
import { note, source, within } from "./common";

export const areas = defineTable({
  name: "areas",
  title: "服务范围",
  key: ["organisation"],
  columns: [
    {
      key: "organisation",
      kind: "text",
      heading: "组织",
      synonyms: ["组织名称", "机构名称", "單位名稱", "組織", "organisation"],
      required: true,
      maxLength: 120,
      description: "组织的名称，或它的编号。",
      example: "邻里同行社会工作服务中心",
    },
    within,
    {
      key: "regions",
      kind: "list",
      heading: "服务区划",
      synonyms: ["服务街道", "服务区县", "服務區劃", "regions served"],
      required: false,
      maxItems: 100,
      maxLength: 120,
      description: "整个服务的区划，代码或“区县/街道”名称，每项一个。",
      example: "双流区/华阳街道",
    },
    {
      key: "communities",
      kind: "list",
      heading: "服务社区",
      synonyms: ["服務社區", "communities served"],
      required: false,
      maxItems: 100,
      maxLength: 120,
      description: "服务的社区，代码或“街道/社区”名称，每项一个。",
      example: "华阳街道/祥鹤社区",
    },
    source,
    note,
  ],
});
