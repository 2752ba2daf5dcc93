import { stableId } from "@gongjian/database";
import { GROUND } from "./ground";

const { region, communityId, organisationId, otherCommunityId } = GROUND;

/** A practice for each kind of holder. */
export const PRACTICE = {
  community: stableId("practice", "community"),
  organisation: stableId("practice", "organisation"),
  region: stableId("practice", "region"),
  other: stableId("practice", "elsewhere"),
};
/** Filled in when the story has been told: what the community and the organisation adopted of others. */
export const ADOPTION = { community: "", organisation: "" };

const HOLDERS: Record<string, object> = {
  "of a community": { communityId },
  "of an organisation": { organisationId },
  "of a region": { regionCode: region },
};
const practice = (key: string, holder: object, more: object = {}) => ({ key, name: `做法${key}`, kind: "BRAND", holder, ...more });

/** The practices, with the id of an event that is a draft. */
export const practices = (draftEvent: string): object[] => [
  practice("community", { communityId }, { parts: [{ label: "一核", count: 1, items: [{ label: "核" }] }], eventIds: [draftEvent] }),
  practice("organisation", { organisationId }),
  practice("region", { regionCode: region }),
  practice("elsewhere", { communityId: otherCommunityId }),
];

/** An honour for each kind of holder: of a region, its practice's. */
export const HONOUR = {
  community: stableId("honour", "community"),
  organisation: stableId("honour", "organisation"),
  region: stableId("honour", "region"),
};
const HONOURED: Record<string, object> = {
  "of a community": { communityId },
  "of an organisation": { organisationId },
  "of a region's practice": { practiceId: PRACTICE.region },
};
const honour = (key: string, when: string) => ({
  key,
  title: `称号${key}`,
  year: 2019,
  level: "NATIONAL",
  holder: HONOURED[when],
  awarderId: organisationId,
});
export const HONOURS = [
  honour("community", "of a community"),
  honour("organisation", "of an organisation"),
  honour("region", "of a region's practice"),
];
const honourOf = (when: string | undefined): string =>
  when === "of an organisation" ? HONOUR.organisation : when === "of a region's practice" ? HONOUR.region : HONOUR.community;

const spokenOf = (when: string | undefined): string =>
  when === "of an organisation" ? PRACTICE.organisation : when === "of a region" ? PRACTICE.region : PRACTICE.community;

/** How the mutations on practices are tried. */
export const PRACTICE_MUTATIONS = (expectedVersion: number): Record<string, (tag: number, when?: string) => object> => ({
  createPractice: (tag, when) => ({ practice: { name: `新做法${tag}`, kind: "CASE", holder: HOLDERS[when!] } }),
  updatePractice: (_tag, when) => ({ id: spokenOf(when), expectedVersion, summary: "另述" }),
  importPractices: (tag, when) => ({ rows: [practice(`try-${tag}`, HOLDERS[when!]!)], dryRun: true }),
  createHonour: (tag, when) => ({ honour: { ...honour(`try-${tag}`, when!), key: null } }),
  updateHonour: (_tag, when) => ({ id: honourOf(when), expectedVersion, level: "OTHER" }),
  importHonours: (tag, when) => ({ rows: [honour(`try-${tag}`, when!)], dryRun: true }),
  adoptPractice: (_tag, when) => ({
    practiceId: PRACTICE.other,
    ...(when === "by an organisation" ? { organisationId } : { communityId }),
  }),
  importPracticeAdoptions: (tag, when) => ({
    rows: [
      {
        key: `try-${tag}`,
        practiceKey: "region",
        adopter: when === "by an organisation" ? { organisationId } : { communityId },
        since: "2020-01-01",
      },
    ],
    dryRun: true,
  }),
  withdrawPracticeAdoption: (_tag, when) => ({
    id: when === "by an organisation" ? ADOPTION.organisation : ADOPTION.community,
    expectedVersion,
  }),
});
