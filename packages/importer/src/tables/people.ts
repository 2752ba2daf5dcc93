import { defineTable } from "../definition";
import { externalKey, illustrative, keyCheck, note, partyKinds, source, within } from "./common";

export const people = defineTable({
  name: "people",
  title: "人员",
  key: ["key"],
  columns: [
    externalKey,
    {
      key: "name",
      kind: "text",
      heading: "姓名",
      synonyms: ["人名", "人员姓名", "人員姓名", "name", "full name"],
      required: true,
      maxLength: 100,
      description: "担任公开职务者的姓名；资料未具名的写职务并注明。不写电话、证件号码。",
      example: "王某某",
    },
    illustrative,
    source,
    note,
  ],
});

const roles = {
  SECRETARY: { zh: "书记", zhHant: "書記", en: "Secretary", synonyms: ["党委书记", "党组织书记", "党支部书记"] },
  DIRECTOR: { zh: "主任", zhHant: "主任", en: "Director", synonyms: ["居委会主任", "村委会主任"] },
  LI_CHIEF: { zh: "里长", zhHant: "里長", en: "Li chief", synonyms: ["chief of a li"] },
  PRESIDENT: { zh: "会长", zhHant: "會長", en: "President", synonyms: ["理事长", "理事長", "chair"] },
  VICE_PRESIDENT: { zh: "副会长", zhHant: "副會長", en: "Vice president", synonyms: ["副理事长"] },
  HONORARY_DIRECTOR: { zh: "荣誉主任", zhHant: "榮譽主任", en: "Honorary director", synonyms: ["社区荣誉主任"] },
  ADVISER: { zh: "顾问", zhHant: "顧問", en: "Adviser", synonyms: ["advisor"] },
  LEGAL_COUNSEL: { zh: "法律顾问", zhHant: "法律顧問", en: "Legal counsel", synonyms: ["律师", "lawyer"] },
  MEDIATOR: { zh: "调解员", zhHant: "調解員", en: "Mediator", synonyms: ["特约调解员", "人民调解员"] },
  EXPERT: { zh: "智库专家", zhHant: "智庫專家", en: "Expert", synonyms: ["专家", "專家"] },
  SUPERVISOR: { zh: "督导", zhHant: "督導", en: "Supervisor", synonyms: ["社工督导"] },
  HERITAGE_BEARER: { zh: "非遗传承人", zhHant: "非遺傳承人", en: "Heritage bearer", synonyms: ["传承人", "傳承人"] },
  TEAM_LEADER: { zh: "队长", zhHant: "隊長", en: "Team leader", synonyms: ["领队"] },
  TEAM_MEMBER: { zh: "队员", zhHant: "隊員", en: "Team member", synonyms: ["成员"] },
} as const;

const placeKinds = {
  ...partyKinds,
  REGION: { zh: "区划", zhHant: "區劃", en: "Region", synonyms: ["街道", "区县", "区", "district"] },
} as const;

const name = (key: string, heading: string, synonyms: readonly string[], required: boolean, description: string, example: string) =>
  ({ key, kind: "text", heading, synonyms, required, maxLength: 120, description, example }) as const;

const PARTIAL = /^\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?$/u;
const partialDate = (key: string, heading: string, synonyms: readonly string[], description: string, example: string) =>
  ({
    key,
    kind: "code",
    heading,
    synonyms,
    required: false,
    maxLength: 10,
    check: {
      zh: "应为 2016、2016-04 或 2016-04-22",
      en: "Expected 2016, 2016-04 or 2016-04-22",
      test: (text: string) => PARTIAL.test(text),
    },
    description,
    example,
  }) as const;

export const appointments = defineTable({
  name: "appointments",
  title: "聘任",
  key: ["key"],
  columns: [
    externalKey,
    {
      key: "person",
      kind: "code",
      heading: "人员编号",
      synonyms: ["人员", "受聘人", "人員編號", "person key", "person"],
      required: true,
      maxLength: 80,
      check: keyCheck,
      description: "“人员”表里的编号。",
      example: "li-chief-001",
    },
    {
      key: "role",
      kind: "enum",
      heading: "职务",
      synonyms: ["聘任职务", "角色", "職務", "role"],
      required: true,
      labels: roles,
      description: "担任什么。书记、主任、里长、会长同一时间只有一位，其余不限。",
      example: "荣誉主任",
    },
    {
      key: "placeKind",
      kind: "enum",
      heading: "任职处类别",
      synonyms: ["任职单位类别", "任職處類別", "place kind"],
      required: true,
      labels: placeKinds,
      description: "在社区、组织还是区划任职。",
      example: "社区",
    },
    name(
      "place",
      "任职处",
      ["任职单位", "受聘单位", "任職處", "place"],
      true,
      "社区、组织或区划的名称，或它的代码、编号。",
      "八角北里社区",
    ),
    within,
    partialDate(
      "startsOn",
      "起始",
      ["起聘日期", "任职起始", "起始日期", "starts on"],
      "只知道年或月时写到年或月；不知道时不填。",
      "2016-04-22",
    ),
    partialDate("endsOn", "截止", ["聘期截止", "任职截止", "截止日期", "ends on"], "最后一天；没有期限或不知道时不填。", "2018"),
    {
      key: "attestedOn",
      kind: "date",
      heading: "见载日期",
      synonyms: ["报道日期", "資料日期", "attested on"],
      required: false,
      description: "资料表明这一天在任；不知道起始时必填。",
      example: "2022-06-10",
    },
    name("capacity", "身份", ["受聘身份", "头衔", "身分", "capacity"], false, "以什么身份受聘。", "教授"),
    {
      key: "expertise",
      kind: "list",
      heading: "专业领域",
      synonyms: ["擅长领域", "專業領域", "fields of expertise"],
      required: false,
      maxItems: 20,
      maxLength: 50,
      description: "受聘的专业领域，每项一个词。",
      example: "项目开发；社会工作",
    },
    {
      key: "behalfKind",
      kind: "enum",
      heading: "代表方类别",
      synonyms: ["派出方类别", "代表方類別", "on behalf kind"],
      required: false,
      labels: partyKinds,
      description: "代表社区（村、里）还是组织。",
      example: "社区",
    },
    name("behalf", "代表方", ["派出方", "来自", "on behalf of"], false, "本人代表的社区（里）或组织。", "龍田里"),
    {
      key: "conferrerKind",
      kind: "enum",
      heading: "颁发方类别",
      synonyms: ["聘任方类别", "頒發方類別", "conferrer kind"],
      required: false,
      labels: placeKinds,
      description: "由社区、组织还是区划颁发。",
      example: "社区",
    },
    name("conferrer", "颁发方", ["聘任方", "颁发单位", "頒發方", "conferred by"], false, "由谁颁发。", "八角北里社区"),
    {
      key: "event",
      kind: "code",
      heading: "颁发活动",
      synonyms: ["聘任活动", "頒發活動", "event key", "event"],
      required: false,
      maxLength: 80,
      check: keyCheck,
      description: "在哪次活动上颁发，“活动”表里的编号。",
      example: "lecture-shijingshan-2016",
    },
    {
      key: "published",
      kind: "boolean",
      heading: "公开",
      synonyms: ["是否公开", "公開", "public"],
      required: false,
      description: "是否让所有人看到，不填为是；队员和队长从不公开。",
      example: "是",
    },
    source,
    note,
  ],
});
