/** What the gateway asks to show a letter: the fields of `AppointmentVerification`. */
export interface Verification {
  number: string;
  issuedOn: string;
  status: "UPCOMING" | "CURRENT" | "ATTESTED" | "EXPIRED" | "REVOKED";
  person: string;
  role: string;
  place: string;
  conferrer: string;
  capacity: string | null;
  expertise: readonly string[];
  startsOn: string | null;
  endsOn: string | null;
  endsOnNow: string | null;
  revokedOn: string | null;
  revocationReason: string | null;
}

export const VERIFY = `query Letter($number: String!, $code: String!) { verifyAppointment(number: $number, code: $code) {
  number issuedOn status person role place conferrer capacity expertise startsOn endsOn endsOnNow revokedOn revocationReason } }`;

/** What the roles are called on a letter. */
export const ROLE_NAMES: Readonly<Record<string, string>> = {
  SECRETARY: "书记",
  DIRECTOR: "主任",
  LI_CHIEF: "里长",
  PRESIDENT: "会长",
  VICE_PRESIDENT: "副会长",
  HONORARY_DIRECTOR: "荣誉主任",
  ADVISER: "顾问",
  LEGAL_COUNSEL: "法律顾问",
  MEDIATOR: "调解员",
  EXPERT: "智库专家",
  SUPERVISOR: "督导",
  HERITAGE_BEARER: "非遗传承人",
  TEAM_LEADER: "队长",
  TEAM_MEMBER: "队员",
};

export const STATUS_NAMES: Readonly<Record<Verification["status"], string>> = {
  UPCOMING: "尚未生效",
  CURRENT: "有效",
  ATTESTED: "曾任，现状不详",
  EXPIRED: "聘期已满",
  REVOKED: "已撤销",
};

/** `2016-04-22` as 2016年4月22日; a month or a year as far as it is known. */
export function inChinese(date: string): string {
  const [year, month, day] = date.split("-");
  return `${year}年${month === undefined ? "" : `${Number(month)}月`}${day === undefined ? "" : `${Number(day)}日`}`;
}

/** The term in words; null where nothing is known of it. */
export function termInChinese(startsOn: string | null, endsOn: string | null): string | null {
  if (startsOn === null) return endsOn && `至${inChinese(endsOn)}`;
  return endsOn === null ? `自${inChinese(startsOn)}起` : `自${inChinese(startsOn)}至${inChinese(endsOn)}`;
}
