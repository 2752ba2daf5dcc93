import { keyCheck } from "./common";

export const startsAt = {
  key: "startsAt",
  kind: "instant",
  heading: "开始时间",
  synonyms: ["开始", "起始时间", "活动开始时间", "開始時間", "開始", "start", "start time", "starts"],
  description: "开始的日期和时刻；不写时区偏移就按“时区”一列，没有就按北京时间。",
  example: "2024-04-08 14:00",
} as const;

export const endsAt = {
  key: "endsAt",
  kind: "instant",
  heading: "结束时间",
  synonyms: ["结束", "截止时间", "活动结束时间", "結束時間", "結束", "end", "end time", "ends"],
  description: "结束的日期和时刻，不早于开始。",
  example: "2024-04-08 17:30",
} as const;

export const order = {
  key: "order",
  kind: "integer",
  heading: "次序",
  synonyms: ["排序", "序号", "順序", "次第", "排名", "position", "sort order"],
  min: 1,
  max: 1000,
  description: "同一角色中的先后，从 1 起。",
  example: "1",
} as const;

export const topic = {
  key: "topic",
  kind: "text",
  heading: "议题",
  synonyms: ["主题", "分享主题", "題目", "議題", "主題", "题目", "subject"],
  required: false,
  maxLength: 300,
  description: "谈的是什么。",
  example: "优秀案例分享",
} as const;

export const eventKey = {
  key: "event",
  kind: "code",
  heading: "活动编号",
  synonyms: ["活动", "所属活动", "活動編號", "所屬活動", "event key"],
  required: true,
  maxLength: 80,
  check: keyCheck,
  description: "“活动”表里的编号。",
  example: "huayang-date-2024",
} as const;
