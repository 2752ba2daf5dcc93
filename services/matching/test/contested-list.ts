import { someone } from "@gongjian/testing";
import { asking } from "./answers";
import { aRound, brought, guangfu, need, offer, wuxing, yinling, type Story, type Who } from "./story";

/** A list in which some needs match, two compete for one unit and some are blocked, each for its own reason. */
export const contestedList = (round: string) => ({
  needs: [
    need(round, "elderly", { tags: ["養老服務"] }),
    need(round, "elderly-2", { communityId: guangfu, budgetMax: 25_000_00 }),
    need(round, "elderly-3", { communityId: guangfu, endsOn: "2025-03-31" }),
    need(round, "council", { kind: "FUNDED_PROJECT", fundKind: "INCENTIVE", tags: ["居民议事"], quantity: 2 }),
    need(round, "law", { tags: ["法律服务"] }),
    need(round, "cheap", { kind: "GOODS", tags: ["书架"], budgetMax: 100_00, budgetMin: 0 }),
    need(round, "late", { kind: "EXPERT", tags: ["心理"], startsOn: "2025-06-01", endsOn: "2025-07-01" }),
    need(round, "far", { kind: "VOLUNTEERS", tags: ["导览"], communityId: wuxing }),
    need(round, "qualified", { kind: "SPACE_OPERATION", tags: ["社区食堂"], requiredQualifications: ["食品经营许可证"] }),
  ],
  offers: [
    offer(round, "care", { capacity: 2 }),
    offer(round, "talks", { organisationId: yinling, kinds: ["FUNDED_PROJECT"], capabilities: ["居民议事"], price: 5_000_00, capacity: 1 }),
    offer(round, "talks-2", {
      kinds: ["FUNDED_PROJECT"],
      capabilities: ["居民議事", "文化"],
      price: 9_000_00,
      capacity: 5,
      coverage: ["zone-tianfu"],
    }),
    offer(round, "shelves", { kinds: ["GOODS"], capabilities: ["书架"], price: 300_00 }),
    offer(round, "mind", { kinds: ["EXPERT"], capabilities: ["心理"] }),
    offer(round, "guides", { kinds: ["VOLUNTEERS"], capabilities: ["导览"], price: 0, capacity: 3 }),
    offer(round, "canteen", { kinds: ["SPACE_OPERATION"], capabilities: ["社区食堂"], qualifications: [] }),
  ],
});

/** A round with the contested list, at a step. */
export const listed = async (story: Story, key: string, to: "PUBLISHED" | "MATCHING" | "NEGOTIATING" = "MATCHING") => {
  const { needs, offers } = contestedList(key);
  const id = await aRound(story, key, needs, offers);
  await brought(story, id, to);
  return id;
};

const NEEDS = `query ($key: String!, $language: Language) { roundByKey(key: $key) { state matchedAt matchValue needs(first: 100) { nodes { key missingUnits community { id }
  matches { units score state acceptedBy factors { criterion weight value contribution text(language: $language) } community { id } organisation { id } offer { key organisation { id } } round { key } }
  alternatives { score whyNot(language: $language) offer { key } factors { contribution } } blockers { reason text(language: $language) unblock(language: $language) offer { key } } } } } }`;

/** Reads the needs of a round by key, with what the matching says of them. */
export const outcomeOf = (story: Story) => {
  const as = asking(story);
  return async (
    key: string,
    who: Who = someone.public,
    language: "ZH" | "EN" | null = null,
    script: "zh-Hant" | null = null,
    // biome-ignore lint/suspicious/noExplicitAny: answers are asserted on, not typed
  ): Promise<Record<string, any>> => {
    const { data, errors } = await as(who, NEEDS, { key, language }, script);
    expect(errors).toEqual([]);
    // biome-ignore lint/suspicious/noExplicitAny: answers are asserted on, not typed
    return Object.fromEntries(data.roundByKey.needs.nodes.map((node: any) => [node.key, node]));
  };
};
