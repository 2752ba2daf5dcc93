import {
  AdvanceRoundDocument,
  type Client,
  CommunityProfileDocument,
  CreateNeedDocument,
  CreateOfferDocument,
  CreateOrganisationDocument,
  createClient,
  MoveMatchDocument,
  RoundDocument,
  type RoundState,
  RunMatchingDocument,
  UpdateCommunityDocument,
  UpdateNeedDocument,
} from "../src";
import type { TestPlatform } from "./platform";
import { HUAYANG, ROUND, roundId, tellStory, xianghe, yuelin } from "./story";

let platform: TestPlatform;
let officer: Client;

beforeAll(async () => {
  platform = await tellStory();
  officer = createClient({ url: platform.url, token: await platform.token("OFFICER", `region:${HUAYANG}`) });
}, 60_000);
afterAll(() => platform.close());

const round = async () => {
  const { roundByKey } = await officer.execute(RoundDocument, { key: ROUND });
  if (!roundByKey) throw new Error("The round is gone");
  return roundByKey;
};

/** One step of the round, against the version that it has. */
async function advance(to: RoundState) {
  const { version } = await round();
  return (await officer.execute(AdvanceRoundDocument, { input: { id: roundId, to, expectedVersion: version } })).advanceRound;
}

describe("each member of a result has its type", () => {
  it("createOrganisation", async () => {
    const input = { key: "green", name: "示例·青禾社区营造发展中心", kind: "SOCIAL_ORGANISATION", regionCode: HUAYANG } as const;
    const { createOrganisation: made } = await officer.execute(CreateOrganisationDocument, { input });
    expect(made).toMatchObject({ __typename: "Organisation", name: input.name, region: { code: HUAYANG }, version: 1 });
    const { createOrganisation: again } = await officer.execute(CreateOrganisationDocument, { input });
    expect(again).toMatchObject({ __typename: "AlreadyExists", field: "key" });
  });

  it("updateCommunity", async () => {
    const { community } = await officer.execute(CommunityProfileDocument, { id: xianghe });
    const input = { id: xianghe, expectedVersion: community?.version ?? 0, traits: ["国际化社区"] };
    const { updateCommunity: changed } = await officer.execute(UpdateCommunityDocument, { input });
    if (changed.__typename !== "Community") throw new Error(changed.message);
    expect([changed.traits, changed.version]).toEqual([["国际化社区"], input.expectedVersion + 1]);
    const { updateCommunity: stale } = await officer.execute(UpdateCommunityDocument, { input: { ...input, traits: ["生态"] } });
    expect(stale).toMatchObject({ __typename: "VersionConflict", currentVersion: changed.version });
  });

  it("createNeed and updateNeed", async () => {
    const input = {
      roundId,
      communityId: xianghe,
      key: "garden",
      kind: "FUNDED_PROJECT",
      title: "院落口袋花园",
      idempotencyKey: "a",
    } as const;
    const { createNeed: made } = await officer.execute(CreateNeedDocument, { input });
    if (made.__typename !== "Need") throw new Error(made.message);
    expect(made).toMatchObject({ title: input.title, quantity: 1, currency: "CNY", fundKind: "NONE", version: 1 });
    expect((await officer.execute(CreateNeedDocument, { input })).createNeed).toEqual(made);
    const other = { ...input, title: "另一个" };
    expect((await officer.execute(CreateNeedDocument, { input: other })).createNeed.__typename).toBe("IdempotencyConflict");
    const { createNeed: twice } = await officer.execute(CreateNeedDocument, { input: { ...input, idempotencyKey: null } });
    expect(twice).toMatchObject({ __typename: "AlreadyExists", field: "key" });

    const change = { id: made.id, expectedVersion: 1, budgetMax: 42_000_00 };
    const { updateNeed: changed } = await officer.execute(UpdateNeedDocument, { input: change });
    expect(changed).toMatchObject({ __typename: "Need", budgetMax: 42_000_00, version: 2 });
    const { updateNeed: stale } = await officer.execute(UpdateNeedDocument, { input: { ...change, budgetMax: 1 } });
    expect(stale).toMatchObject({ __typename: "VersionConflict", currentVersion: 2 });
  });

  it("createOffer", async () => {
    const input = { roundId, organisationId: yuelin, key: "visits", kinds: ["VOLUNTEERS" as const], title: "入户探访" };
    expect((await officer.execute(CreateOfferDocument, { input })).createOffer).toMatchObject({
      __typename: "Offer",
      kinds: ["VOLUNTEERS"],
    });
    expect((await officer.execute(CreateOfferDocument, { input })).createOffer.__typename).toBe("AlreadyExists");
  });

  it("advanceRound, runMatching and moveMatch, along a whole round", async () => {
    expect(await advance("SIGNED")).toMatchObject({ __typename: "RoundStepOutOfOrder", state: "DRAFT", next: "COLLECTING" });
    const { runMatching: early } = await officer.execute(RunMatchingDocument, { input: { roundId } });
    expect(early).toMatchObject({ __typename: "RoundClosed", roundState: "DRAFT", allowedIn: expect.arrayContaining(["MATCHING"]) });

    for (const to of ["COLLECTING", "PUBLISHED", "MATCHING"] as const)
      expect(await advance(to)).toMatchObject({ __typename: "Round", state: to });
    const unmatched = await advance("NEGOTIATING");
    expect(unmatched).toMatchObject({ __typename: "RoundGuardFailed", reasons: [{ code: expect.any(String) }] });

    const { runMatching: run } = await officer.execute(RunMatchingDocument, { input: { roundId } });
    expect(run).toMatchObject({ __typename: "MatchingRun", stored: true, servedNeeds: 1, round: { key: ROUND } });
    expect(await advance("NEGOTIATING")).toMatchObject({ __typename: "Round", state: "NEGOTIATING" });

    const needs = (await round()).communities.nodes.flatMap((entry) => entry.needs);
    const [match] = needs.find(({ title }) => title === "助餐")?.matches ?? [];
    if (!match) throw new Error("The meals were not matched");
    expect([match.offer?.organisation?.id, match.factors.length, match.metAt?.length]).toEqual([yuelin, 6, 1]);
    const blocked = needs.find(({ title }) => title === "医养照护")?.blockers[0];
    expect([blocked?.reason, blocked?.unblock.length]).toEqual(["MISSING_QUALIFICATION", 1]);

    const step = { id: match.id, expectedVersion: match.version };
    const { moveMatch: ahead } = await officer.execute(MoveMatchDocument, { input: { ...step, to: "FULFILLED" } });
    expect(ahead).toMatchObject({ __typename: "MatchStepOutOfOrder", state: "SUGGESTED" });
    const { moveMatch: proposed } = await officer.execute(MoveMatchDocument, { input: { ...step, to: "PROPOSED" } });
    expect(proposed).toMatchObject({ __typename: "Match", state: "PROPOSED", version: match.version + 1 });
    const { moveMatch: stale } = await officer.execute(MoveMatchDocument, { input: { ...step, to: "ACCEPTED" } });
    expect(stale.__typename).toBe("VersionConflict");
  }, 20_000);
});
