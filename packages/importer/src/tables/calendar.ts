import { defineTable } from "../definition";
import { note, source } from "./common";

export const calendar = defineTable({
  name: "calendar",
  title: "节假日安排",
  key: ["calendar", "day"],
  columns: [
    {
      key: "calendar",
      kind: "enum",
      heading: "日历",
      synonyms: ["历法", "适用地区", "日曆"],
      required: true,
      labels: {
        CN: { zh: "大陆", zhHant: "大陸", en: "Mainland China", synonyms: ["中国大陆", "国务院"] },
        TW: { zh: "台湾", zhHant: "臺灣", en: "Taiwan", synonyms: [] },
      },
      description: "谁的放假安排。",
      example: "大陆",
    },
    {
      key: "day",
      kind: "date",
      heading: "日期",
      synonyms: ["日子", "date"],
      required: true,
      description: "放假或调休上班的那一天。",
      example: "2024-10-01",
    },
    {
      key: "working",
      kind: "boolean",
      heading: "上班",
      synonyms: ["是否上班", "调休上班", "working day"],
      required: true,
      description: "周末调休上班填“是”，放假填“否”。",
      example: "否",
    },
    {
      key: "name",
      kind: "text",
      heading: "节日",
      synonyms: ["节日名称", "假期", "節日", "holiday"],
      required: true,
      maxLength: 50,
      description: "哪个节日的安排。",
      example: "国庆节",
    },
    source,
    note,
  ],
});
