/** What the gateway asks to draw a community's service contact card. */
export interface Card {
  officialName: string;
  region: { officialName: string } | null;
  serviceContactCard: {
    surveyedOn: string | null;
    contacts: readonly {
      field: string;
      title: string;
      line: string | null;
      place: string | null;
      hours: string | null;
      illustrative: boolean;
      organisation: { officialName: string } | null;
    }[];
  };
}

export const CARD = `query Card($id: ID!) { community(id: $id) { officialName region { officialName } serviceContactCard { surveyedOn
  contacts { field title line place hours illustrative organisation { officialName } } } } }`;

/** What the fields of public service are called on a card. */
export const FIELD_NAMES: Readonly<Record<string, string>> = {
  HEALTH: "医疗卫生",
  EDUCATION: "教育",
  SAFETY: "平安",
  TRANSPORT: "交通",
  HOUSING: "住房与小区",
  CULTURE: "文化体育",
  EMPLOYMENT: "就业",
  ENVIRONMENT: "环境绿化",
  ELDERLY_CARE: "养老",
  CHILD_CARE: "育幼",
  BUSINESS: "营商与产业",
  GOVERNANCE: "治理",
  OTHER: "其他",
};
