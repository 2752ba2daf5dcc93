import { stableId } from "@gongjian/database";
import { openPlatform, type TestPlatform } from "./platform";

export const HUAYANG = "510116003";
export const ROUND = "huayang-2024";
export const roundId = stableId("round", ROUND);
export const salonId = stableId("event", "salon-2024");
export const xianghe = stableId("community", "CN_STATS:510116003001");
export const guangfu = stableId("community", "CN_STATS:510116003002");
export const yuelin = stableId("organisation", "yuelin");

const community = (identifier: string, name: string) => ({ scheme: "CN_STATS", identifier, name, kind: "URBAN", regionCode: HUAYANG });

/** Huayang with three of its communities, a salon, and a round that nobody has been matched in. */
export async function tellStory(): Promise<TestPlatform> {
  const platform = await openPlatform();
  await platform.imported("Regions", [
    { code: "51", name: "四川省", level: "PROVINCE", scheme: "CN_STATS" },
    { code: "5101", name: "成都市", level: "CITY", parentCode: "51", scheme: "CN_STATS" },
    { code: "510116", name: "双流区", level: "DISTRICT", parentCode: "5101", scheme: "CN_STATS" },
    { code: HUAYANG, name: "华阳街道", level: "STREET", parentCode: "510116", scheme: "CN_STATS" },
  ]);
  await platform.imported("Communities", [
    community("510116003001", "祥鹤社区居委会"),
    community("510116003002", "广福社区居委会"),
    community("510116003003", "安公社区居委会"),
  ]);
  await platform.imported("Populations", [{ communityId: xianghe, asOf: "2024-01-01", residents: 23_000, residentsPrecision: "OVER" }]);
  await platform.imported("Organisations", [
    { key: "yuelin", name: "示例·悦邻社会工作服务中心", kind: "SOCIAL_ORGANISATION", regionCode: HUAYANG, illustrative: true },
  ]);
  await platform.imported("Events", [
    {
      key: "salon-2024",
      name: "治理沙龙",
      kind: "SALON",
      startsAt: "2024-04-08T12:00:00+08:00",
      endsAt: "2024-04-08T18:00:00+08:00",
      timeZone: "Asia/Shanghai",
      regionCode: HUAYANG,
      published: true,
    },
  ]);
  await platform.imported("Organisers", [
    { eventKey: "salon-2024", partyKind: "COMMUNITY", partyId: xianghe, role: "HOST" },
    { eventKey: "salon-2024", partyKind: "ORGANISATION", partyId: yuelin, role: "SUPPORTER" },
  ]);
  await platform.imported("Sessions", [{ eventKey: "salon-2024", key: "salon-2024-list", title: "清单发布", kind: "PUBLICATION" }]);
  await platform.imported("Participants", [
    { sessionKey: "salon-2024-list", partyKind: "COMMUNITY", partyId: xianghe, role: "PRESENTER" },
    { sessionKey: "salon-2024-list", partyKind: "ORGANISATION", partyId: yuelin, role: "PARTICIPANT" },
  ]);
  await platform.imported("Rounds", [{ key: ROUND, regionCode: HUAYANG, year: 2024, title: "华阳街道需求及资源清单", eventId: salonId }]);
  const need = { roundKey: ROUND, kind: "SERVICE", fundKind: "GUARANTEE", budgetMax: 30_000_00, tags: ["养老服务"], illustrative: true };
  await platform.imported("Needs", [
    { ...need, key: "meals", communityId: xianghe, title: "助餐" },
    { ...need, key: "care", communityId: guangfu, title: "医养照护", requiredQualifications: ["医疗机构执业许可证"] },
  ]);
  await platform.imported("Offers", [
    {
      roundKey: ROUND,
      key: "meals",
      organisationId: yuelin,
      kinds: ["SERVICE"],
      title: "老年助餐",
      capabilities: ["养老服务"],
      price: 20_000_00,
      capacity: 2,
      illustrative: true,
    },
  ]);
  return platform;
}
