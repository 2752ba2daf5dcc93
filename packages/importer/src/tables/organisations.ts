import { defineTable } from "../definition";
import { externalKey, illustrative, note, source } from "./common";

const ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/** Whether a unified social credit code has its 18 characters and the check character of GB 32100-2015. */
export function isCreditCode(code: string): boolean {
  if (!/^[0-9A-HJ-NPQRTUWXY]{18}$/.test(code)) return false;
  const sum = [...code.slice(0, 17)].reduce((total, character, i) => total + ALPHABET.indexOf(character) * (3 ** i % 31), 0);
  return ALPHABET[(31 - (sum % 31)) % 31] === code[17];
}

export const organisations = defineTable({
  name: "organisations",
  title: "组织",
  key: ["key"],
  columns: [
    externalKey,
    {
      key: "name",
      kind: "text",
      heading: "组织名称",
      synonyms: ["名称", "单位名称", "机构名称", "組織名稱", "名稱", "單位名稱", "organisation name", "organization name"],
      required: true,
      maxLength: 120,
      description: "登记证上的全称。",
      example: "邻里同行社会工作服务中心",
    },
    {
      key: "kind",
      kind: "enum",
      heading: "组织类别",
      synonyms: ["类别", "单位类别", "机构类别", "組織類別", "類別", "organisation kind", "organization kind", "type"],
      required: true,
      labels: {
        SOCIAL_ORGANISATION: {
          zh: "社会组织",
          zhHant: "社會組織",
          en: "Social organisation",
          synonyms: ["社工机构", "社团", "民办非企业", "协会", "NGO", "social organization"],
        },
        ENTERPRISE: { zh: "企业", zhHant: "企業", en: "Enterprise", synonyms: ["公司", "company"] },
        SOCIAL_ENTERPRISE: { zh: "社会企业", zhHant: "社會企業", en: "Social enterprise", synonyms: ["社企"] },
        GOVERNMENT: { zh: "政府机关", zhHant: "政府機關", en: "Government body", synonyms: ["政府", "政府部门", "街道办事处"] },
        PARTY_BODY: { zh: "党组织", zhHant: "黨組織", en: "Party body", synonyms: ["党群部门", "党委", "党工委"] },
        SCHOOL: { zh: "学校", zhHant: "學校", en: "School", synonyms: ["高校", "大学", "院校", "university"] },
        MEDIA: { zh: "媒体", zhHant: "媒體", en: "Media", synonyms: ["报社", "电视台"] },
        RESIDENT_TEAM: { zh: "居民团队", zhHant: "居民團隊", en: "Resident team", synonyms: ["居民自组织", "自组织", "人才工作室"] },
        SUPPORT_CENTRE: { zh: "支持中心", zhHant: "支援中心", en: "Support centre", synonyms: ["枢纽", "社治支持中心", "support center"] },
        INSTITUTION: { zh: "事业单位", zhHant: "事業單位", en: "Public institution", synonyms: ["医院", "图书馆", "研究院"] },
        OTHER: { zh: "其他", en: "Other", synonyms: ["其它"] },
      },
      description: "组织属于哪一类。",
      example: "社会组织",
    },
    {
      key: "creditCode",
      kind: "code",
      heading: "统一社会信用代码",
      synonyms: ["信用代码", "社会信用代码", "統一社會信用代碼", "信用代碼", "unified social credit code", "USCC"],
      required: false,
      maxLength: 18,
      check: {
        zh: "不是有效的统一社会信用代码（18 位，末位为校验码）",
        en: "Not a valid unified social credit code (18 characters, the last a check character)",
        test: isCreditCode,
      },
      description: "18 位；示意数据不填。该列须为文本。",
      example: "91350100M000100Y43",
    },
    {
      key: "region",
      kind: "text",
      heading: "所在区划",
      synonyms: ["所属区划", "所在地", "注册地", "所在區劃", "所屬區劃", "region code", "location"],
      required: false,
      maxLength: 120,
      description: "区划代码，或“区县/街道”名称。",
      example: "双流区/华阳街道",
    },
    {
      key: "capabilities",
      kind: "list",
      heading: "能力",
      synonyms: ["专长", "服务领域", "专业领域", "能力標籤", "專長", "服務領域", "capability", "skills"],
      required: false,
      maxItems: 100,
      maxLength: 60,
      description: "能做什么，每项一个词。",
      example: "养老服务；儿童陪伴",
    },
    {
      key: "description",
      kind: "text",
      heading: "组织简介",
      synonyms: ["简介", "介绍", "組織簡介", "簡介", "介紹"],
      required: false,
      maxLength: 4000,
      description: "几句话介绍组织。",
      example: "在社区做老人与儿童服务的社工机构",
    },
    illustrative,
    source,
    note,
  ],
});
