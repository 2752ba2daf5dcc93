import { defineTable } from "../definition";
import { externalKey, illustrative, keyCheck, note, partyKinds, source } from "./common";

const kinds = {
  CROSS_STRAIT: { zh: "两岸结对", zhHant: "兩岸結對", en: "Cross-strait", synonyms: ["两岸"] },
  URBAN_RURAL: { zh: "城乡结对", zhHant: "城鄉結對", en: "Urban-rural", synonyms: ["城乡"] },
  ONE_PLUS_N: { zh: "1+N结对", zhHant: "1+N結對", en: "1+N", synonyms: ["1+N", "党建结对"] },
  TALENT: { zh: "人才结对", zhHant: "人才結對", en: "Talent", synonyms: ["人才"] },
  COMMUNITY: { zh: "社区结对", zhHant: "社區結對", en: "Community pairing", synonyms: ["社区共建"] },
  OTHER: { zh: "其他结对", zhHant: "其他結對", en: "Other pairing", synonyms: [] },
} as const;

const exchangeKinds = {
  VISIT: { zh: "互访", zhHant: "互訪", en: "Visit", synonyms: ["来访", "参访", "走访"] },
  ONLINE: { zh: "线上", zhHant: "線上", en: "Online", synonyms: ["线上交流", "视频会议"] },
  GOODS: { zh: "物资往来", zhHant: "物資往來", en: "Goods", synonyms: ["物资", "展销"] },
} as const;

const PARTIES = "社区的代码或名称，几项用分号隔开；名称前可写区划（“双流区/华阳街道/祥鹤社区”）；组织前写“组织:”再写编号或名称。";

const parties = (key: string, heading: string, synonyms: readonly string[], required: boolean, example: string) =>
  ({ key, kind: "list", heading, synonyms, required, maxItems: 100, maxLength: 200, description: PARTIES, example }) as const;

const day = (key: string, heading: string, synonyms: readonly string[], required: boolean, description: string, example: string) =>
  ({ key, kind: "date", heading, synonyms, required, description, example }) as const;

const event = {
  key: "event",
  kind: "code",
  heading: "结对活动",
  synonyms: ["活动编号", "活動編號", "event key", "event"],
  required: false,
  maxLength: 80,
  check: keyCheck,
  description: "在哪次活动上，“活动”表里的编号。",
  example: "tianma-season-2024",
} as const;

const pairing = {
  key: "pairing",
  kind: "code",
  heading: "结对编号",
  synonyms: ["结对", "所属结对", "結對編號", "pairing key", "pairing"],
  required: true,
  maxLength: 80,
  check: keyCheck,
  description: "“结对”表里的编号。",
  example: "biji-qingbo-2024",
} as const;

const kindOf = (key: string, heading: string, synonyms: readonly string[]) =>
  ({
    key,
    kind: "enum",
    heading,
    synonyms,
    required: true,
    labels: partyKinds,
    description: "是社区（村、里）还是组织。",
    example: "社区",
  }) as const;

const partyOf = (key: string, heading: string, synonyms: readonly string[], example: string) =>
  ({
    key,
    kind: "text",
    heading,
    synonyms,
    required: true,
    maxLength: 120,
    description: "结对的一方：社区或组织的名称，或它的代码、编号。",
    example,
  }) as const;

export const pairings = defineTable({
  name: "pairings",
  title: "结对",
  key: ["key"],
  columns: [
    externalKey,
    {
      key: "name",
      kind: "text",
      heading: "结对名称",
      synonyms: ["协议名称", "名称", "結對名稱", "name"],
      required: true,
      maxLength: 200,
      description: "这次结对或协议叫什么。",
      example: "碧鸡桥社区与清波社区“手拉手”结对",
    },
    {
      key: "kind",
      kind: "enum",
      heading: "结对类型",
      synonyms: ["类型", "類型", "kind"],
      required: true,
      labels: kinds,
      description: "哪一类结对。",
      example: "城乡结对",
    },
    {
      key: "fields",
      kind: "list",
      heading: "合作领域",
      synonyms: ["合作内容", "合作領域", "fields of cooperation"],
      required: false,
      maxItems: 20,
      maxLength: 50,
      description: "合作的领域，每项一个词。",
      example: "农特产品展销；特色研学",
    },
    parties("sideA", "甲方", ["一方", "side a"], true, "510181105002"),
    parties("sideB", "乙方", ["另一方", "对方", "side b"], false, "510105013002；组织:youlanhui"),
    day("signedOn", "签约日期", ["结对日期", "簽約日期", "signed on"], false, "各方签订的日子；不填就是只提出、未签订。", "2024-04-06"),
    day("endsOn", "到期日期", ["期限", "到期日", "ends on"], false, "最后一天；没有期限时不填。", "2026-04-05"),
    event,
    illustrative,
    source,
    note,
  ],
});

export const exchanges = defineTable({
  name: "exchanges",
  title: "结对往来",
  key: ["key"],
  columns: [
    externalKey,
    pairing,
    {
      key: "kind",
      kind: "enum",
      heading: "往来方式",
      synonyms: ["方式", "往來方式", "exchange kind"],
      required: true,
      labels: exchangeKinds,
      description: "人来、线上，还是物资。",
      example: "互访",
    },
    kindOf("fromKind", "来方类别", ["來方類別", "from kind"]),
    partyOf("from", "来方", ["出访方", "來方", "from"], "台北市里長聯誼會總會"),
    kindOf("toKind", "去方类别", ["接待方类别", "去方類別", "to kind"]),
    partyOf("to", "去方", ["接待方", "去方名称", "to"], "八角北里社区"),
    day("onDate", "往来日期", ["发生日期", "往來日期", "on date"], true, "哪一天。", "2016-04-22"),
    {
      key: "headCount",
      kind: "integer",
      heading: "往来人数",
      synonyms: ["人数", "人數", "head count"],
      required: false,
      min: 1,
      max: 1_000_000,
      description: "来了多少人；不知道时不填。",
      example: "12",
    },
    event,
    source,
    note,
  ],
});

export const commitments = defineTable({
  name: "commitments",
  title: "结对任务",
  key: ["key"],
  columns: [
    externalKey,
    pairing,
    kindOf("ownerKind", "责任方类别", ["責任方類別", "owner kind"]),
    partyOf("owner", "责任方", ["负责方", "責任方", "owner"], "清波社区"),
    {
      key: "title",
      kind: "text",
      heading: "任务",
      synonyms: ["任务内容", "任務", "承诺事项", "task"],
      required: true,
      maxLength: 500,
      description: "要做什么。",
      example: "办一场农特产品展销",
    },
    day("dueOn", "截止日期", ["完成期限", "期限日期", "due on"], true, "最晚哪一天做完。", "2024-06-30"),
    day("doneOn", "完成日期", ["办结日期", "done on"], false, "哪一天做完的；没做完不填。", "2024-06-28"),
    {
      key: "evidence",
      kind: "text",
      heading: "完成情况",
      synonyms: ["佐证", "佐證", "evidence"],
      required: false,
      maxLength: 1000,
      description: "做完时写凭什么说做完了。",
      example: "展销一场，照片存社区",
    },
    illustrative,
    source,
    note,
  ],
});
