import { defineTable } from "../definition";
import { externalKey, note, source, within } from "./common";

const precisions = {
  EXACT: { zh: "准确", zhHant: "準確", en: "Exact", synonyms: ["确数"] },
  ABOUT: { zh: "约", zhHant: "約", en: "About", synonyms: ["大约", "近"] },
  OVER: { zh: "超过", zhHant: "超過", en: "Over", synonyms: ["余", "以上", "多"] },
} as const;
const precision = (key: string, heading: string, synonyms: readonly string[]) =>
  ({
    key,
    kind: "enum",
    heading,
    synonyms,
    required: false,
    labels: precisions,
    description: "数字是准确、大约还是超过，不填为准确。",
    example: "约",
  }) as const;
const count = (key: string, heading: string, synonyms: readonly string[], min: number, description: string, example: string) =>
  ({
    key,
    kind: "integer",
    heading,
    synonyms,
    required: false,
    min,
    max: 1_000_000,
    units: ["人", "次", "场"],
    description,
    example,
  }) as const;
const PARTIAL = /^\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?$/u;
const partialDate = (key: string, heading: string, synonyms: readonly string[], description: string) =>
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
    example: "2022-06-11",
  }) as const;
const organisation = {
  key: "organisation",
  kind: "text",
  heading: "队伍",
  synonyms: ["队伍名称", "组织名称", "隊伍", "team", "organisation"],
  required: true,
  maxLength: 120,
  description: "居民队伍（或别的组织）的名称，或它的编号。",
  example: "吉福社区歌舞表演队",
} as const;
const list = (key: string, heading: string, synonyms: readonly string[], description: string, example: string) =>
  ({ key, kind: "list", heading, synonyms, required: false, maxItems: 20, maxLength: 50, description, example }) as const;

export const teams = defineTable({
  name: "teams",
  title: "居民队伍",
  key: ["organisation"],
  columns: [
    organisation,
    {
      key: "community",
      kind: "text",
      heading: "所属社区",
      synonyms: ["社区", "所在社区", "所屬社區", "community"],
      required: false,
      maxLength: 120,
      description: "队伍所在的社区，名称或代码。",
      example: "吉福社区",
    },
    within,
    count("members", "人数", ["队员人数", "成员人数", "人數", "members"], 0, "队员人数；不写姓名。", "22"),
    precision("membersPrecision", "人数准确度", ["人數準確度", "members precision"]),
    list("composition", "成员构成", ["人员构成", "成員構成", "composition"], "由哪些人组成，每项一类。", "退休教师；老党员"),
    list("services", "服务内容", ["提供服务", "服務內容", "services"], "提供什么服务，每项一个词。", "公益培训；特色课堂"),
    {
      key: "venue",
      kind: "text",
      heading: "活动场地",
      synonyms: ["阵地", "活動場地", "venue"],
      required: false,
      maxLength: 100,
      description: "在哪里活动。",
      example: "党群服务中心",
    },
    partialDate("foundedOn", "成立时间", ["成立日期", "成立時間", "founded on"], "只知道年或月时写到年或月。"),
    source,
    note,
  ],
});

export const activities = defineTable({
  name: "activities",
  title: "队伍活动",
  key: ["key"],
  columns: [
    externalKey,
    organisation,
    {
      key: "kind",
      kind: "enum",
      heading: "活动类型",
      synonyms: ["类型", "活動類型", "kind"],
      required: true,
      labels: {
        SHOW: { zh: "演出", zhHant: "演出", en: "Show", synonyms: ["表演", "performance"] },
        COURSE: { zh: "课堂", zhHant: "課堂", en: "Course", synonyms: ["讲座", "lecture"] },
        TRAINING: { zh: "培训", zhHant: "培訓", en: "Training", synonyms: ["传习"] },
        SERVICE: { zh: "服务", zhHant: "服務", en: "Service", synonyms: ["志愿服务"] },
        EXHIBITION: { zh: "展览", zhHant: "展覽", en: "Exhibition", synonyms: ["展示"] },
        GUIDED_TOUR: { zh: "讲解", zhHant: "講解", en: "Guided tour", synonyms: ["导览"] },
        OTHER: { zh: "其他", zhHant: "其他", en: "Other", synonyms: [] },
      },
      description: "什么类型的活动。",
      example: "演出",
    },
    {
      key: "title",
      kind: "text",
      heading: "名称",
      synonyms: ["活动名称", "活動名稱", "title"],
      required: true,
      maxLength: 200,
      description: "一句话说明。",
      example: "民族团结歌舞演出",
    },
    partialDate("heldOn", "举办时间", ["举办日期", "舉辦時間", "held on"], "哪一天（月、年）；多次合计时不填。"),
    {
      key: "asOf",
      kind: "date",
      heading: "统计截至",
      synonyms: ["截至日期", "統計截至", "as of"],
      required: true,
      description: "统计到哪一天。",
      example: "2022-01-06",
    },
    count("times", "次数", ["场次", "次數", "times"], 1, "举办次数，不填为一次。", "50"),
    precision("timesPrecision", "次数准确度", ["次數準確度", "times precision"]),
    count("participants", "参加人数", ["学员人数", "觀眾人數", "participants"], 0, "参加、观看或受训的人数。", "1400"),
    precision("participantsPrecision", "参加人数准确度", ["participants precision"]),
    count("certified", "认证人数", ["获证人数", "認證人數", "certified"], 0, "其中获得认证的人数。", "100"),
    precision("certifiedPrecision", "认证人数准确度", ["certified precision"]),
    {
      key: "event",
      kind: "code",
      heading: "活动编号",
      synonyms: ["所属活动", "活動編號", "event"],
      required: false,
      maxLength: 100,
      description: "在哪一场活动上，填活动的编号。",
      example: "jinxin-ceremony-2022",
    },
    source,
    note,
  ],
});
