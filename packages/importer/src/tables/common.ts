import { isTimeZone } from "../cells/date";

/** The report that a record's facts come from. */
export const source = {
  key: "source",
  kind: "code",
  heading: "来源",
  synonyms: ["资料来源", "來源", "出处", "报道编号", "report"],
  required: false,
  maxLength: 60,
  description: "这一行的依据：报道或文件的编号。",
  example: "report-001",
} as const;

export const note = {
  key: "note",
  kind: "text",
  heading: "备注",
  synonyms: ["备注说明", "附注", "備註", "附註", "remark", "remarks", "notes", "comment"],
  required: false,
  maxLength: 1000,
  description: "补充说明，可不填。",
  example: "数据以街道公布为准",
} as const;

export const illustrative = {
  key: "illustrative",
  kind: "boolean",
  heading: "示意数据",
  synonyms: ["是否示意", "是否示例", "示意資料", "sample", "is illustrative"],
  required: false,
  description: "不是真实记录、只用来演示时填“是”。",
  example: "否",
} as const;

export const within = {
  key: "within",
  kind: "text",
  heading: "所在区划",
  synonyms: ["所属区划", "所属街道", "所属镇街", "所属地区", "所在街道", "所在鎮街", "所在地區", "located in", "inside"],
  required: false,
  maxLength: 120,
  description: "有同名的社区或组织时，用区划代码或“区县/街道”名称指明是哪一个。",
  example: "华阳街道",
} as const;

const PLAIN_KEY = /^[A-Za-z0-9\p{Script=Han}][A-Za-z0-9\p{Script=Han}._:/-]*$/u;

/** Names of our own choosing: letters, digits, Chinese characters and . _ : / - */
export const keyCheck = {
  zh: "只用字母、数字、汉字和 . _ : / -",
  en: "Use only letters, digits, Chinese characters and . _ : / -",
  test: (value: string) => PLAIN_KEY.test(value),
} as const;

/** Keys of every record that others point to. */
export const externalKey = {
  key: "key",
  kind: "code",
  heading: "编号",
  synonyms: ["序号编码", "外部编号", "编码", "編號", "編碼", "id", "external key", "no"],
  required: true,
  maxLength: 80,
  check: keyCheck,
  description: "这条记录自己的编号，同一张表里不能重复；再次导入同一编号就是更新。",
  example: "hy-2024-001",
} as const;

export const zoneCheck = {
  zh: "应为时区名，如 Asia/Shanghai",
  en: "Expected a time zone name such as Asia/Shanghai",
  test: isTimeZone,
} as const;

/** Whole yuan are what Chinese funds are kept in; other currencies are not taken yet. */
export const currency = {
  key: "currency",
  kind: "enum",
  heading: "币种",
  synonyms: ["货币", "幣別", "幣種"],
  required: false,
  labels: { CNY: { zh: "人民币", zhHant: "人民幣", en: "Renminbi", synonyms: ["元", "RMB", "yuan"] } },
  description: "金额的币种，不填就是人民币。",
  example: "人民币",
} as const;

/** Also the kinds that one offer can serve. */
export const needKinds = {
  SERVICE: { zh: "服务", zhHant: "服務", en: "Service", synonyms: ["服务需求", "服务类"] },
  FUNDED_PROJECT: {
    zh: "资金项目",
    zhHant: "資金專案",
    en: "Funded project",
    synonyms: ["项目", "專案", "资金類項目", "保障激励资金项目", "project"],
  },
  SPACE_OPERATION: {
    zh: "空间运营",
    zhHant: "空間營運",
    en: "Space operation",
    synonyms: ["共享空间运营", "共享空间", "阵地运营", "空間運營"],
  },
  EXPERT: { zh: "专家", zhHant: "專家", en: "Expert", synonyms: ["专家智库", "专家指导"] },
  VOLUNTEERS: { zh: "志愿者", zhHant: "志工", en: "Volunteers", synonyms: ["志愿服务", "志願者", "volunteer"] },
  GOODS: { zh: "物资", zhHant: "物資", en: "Goods", synonyms: ["物品", "实物"] },
} as const;

export const partyKinds = {
  COMMUNITY: { zh: "社区", zhHant: "社區", en: "Community", synonyms: ["村", "里", "村社区"] },
  ORGANISATION: { zh: "组织", zhHant: "組織", en: "Organisation", synonyms: ["机构", "单位", "企业", "社会组织", "organization"] },
} as const;

export const party = {
  key: "party",
  kind: "text",
  heading: "参与方",
  synonyms: ["参与方名称", "单位名称", "主体名称", "參與方", "單位名稱", "name or code"],
  required: true,
  maxLength: 120,
  description: "社区或组织的名称，或它的代码、编号。",
  example: "清波社区",
} as const;

export const partyKind = {
  key: "partyKind",
  kind: "enum",
  heading: "参与方类别",
  synonyms: ["主体类别", "单位类别", "參與方類別", "主體類別"],
  required: true,
  labels: partyKinds,
  description: "参与方是社区（村、里）还是组织。",
  example: "社区",
} as const;

/** The round that a need or an offer is listed in. */
export const round = {
  key: "round",
  kind: "code",
  heading: "批次编号",
  synonyms: ["批次", "所属批次", "对接批次", "批次編號", "所屬批次", "對接批次", "round key"],
  required: false,
  maxLength: 80,
  check: keyCheck,
  description: "“对接批次”表里的编号；整份文件属于同一批次时可不填，导入时另外指定。",
  example: "huayang-2024",
} as const;

/** Up to ten billion yuan. */
export const money = { kind: "money", required: false, min: 0, max: 10_000_000_000 } as const;
