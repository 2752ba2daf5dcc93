import { CRITERIA, DEFAULT_WEIGHTS, matchRound, type NeedProfile, type OfferProfile } from "@gongjian/assignment";
import { someone } from "@gongjian/testing";
import { asking } from "./answers";
import { contestedList, listed, outcomeOf } from "./contested-list";
import { aRound, aStory, brought, guangfu, HUAYANG, need, offer, roundId, run, SALON, street, wuxing, xianghe, yuelin } from "./story";

const story = aStory();
const as = asking(story);
const outcome = outcomeOf(story);

const profileOfNeed = (row: ReturnType<typeof need> & { quantity: number }, place: string[]): NeedProfile => ({
  ...row,
  id: row.key,
  place,
  tags: row.tags.map((tag) => tag.replace("養老服務", "养老服务")),
});
const profileOfOffer = (row: ReturnType<typeof offer> & { capacity: number }): OfferProfile => ({
  ...row,
  id: row.key,
  capabilities: row.capabilities.map((tag) => tag.replace("居民議事", "居民议事")),
});

describe("a run", () => {
  test("stores the best plan there is, with factors that add up to the scores", async () => {
    const id = await listed(story, "plan");
    const { data, errors } = await run(story, street, { roundId: id });
    expect(errors).toEqual([]);
    expect(data.runMatching).toMatchObject({
      __typename: "MatchingRun",
      needs: 9,
      offers: 7,
      kept: 0,
      stored: true,
      unservedNeeds: 6,
      servedNeeds: 3,
    });

    // the same list by hand: scripts folded, regions as the register has them, solved without database and service
    const { needs, offers } = contestedList("plan");
    const huayang = ["51", "5101", "510116", "zone-tianfu", HUAYANG];
    const solved = matchRound(
      needs.map((row) => profileOfNeed(row as never, row.communityId === wuxing ? ["51", "5101", "510112", "510112001"] : huayang)),
      offers.map((row) => profileOfOffer(row as never)),
      DEFAULT_WEIGHTS,
    );
    const found = await outcome("plan");
    const stored = Object.values(found).flatMap(({ key, matches }) =>
      matches.map(
        (match: { offer: { key: string }; units: number; score: number }) => `${key} ${match.offer.key} ${match.units} ${match.score}`,
      ),
    );
    expect(stored.sort()).toEqual(
      solved.matches.map(({ needId, offerId, units, score }) => `${needId} ${offerId} ${units} ${score}`).sort(),
    );
    expect(data.runMatching.value).toBe(solved.value);
    expect((await as(someone.public, `{ roundByKey(key: "plan") { matchValue matchedAt } }`)).data.roundByKey).toEqual({
      matchValue: solved.value,
      matchedAt: expect.stringMatching(/^\d{4}-.*Z$/),
    });
    for (const { matches, alternatives } of Object.values(found)) {
      for (const { score, factors } of [...matches, ...alternatives])
        expect(factors.reduce((sum: number, { contribution }: { contribution: number }) => sum + contribution, 0)).toBe(score);
      for (const { factors } of matches) {
        expect(factors.map(({ criterion }: { criterion: string }) => criterion)).toEqual([...CRITERIA]);
        for (const { weight, value, contribution } of factors) expect(weight * value).toBe(contribution);
      }
    }
    // written in either script, the two sides find each other
    expect(found["elderly"].matches).toMatchObject([
      { units: 1, state: "SUGGESTED", acceptedBy: [], offer: { key: "care" }, round: { key: "plan" } },
    ]);
    expect(found["elderly"].matches[0]).toMatchObject({ community: { id: xianghe }, organisation: { id: yuelin } });
    // a need of two units is served by two offers, one of them in a zone that runs its street
    expect(found["council"].matches.map((match: { offer: { key: string } }) => match.offer.key).sort()).toEqual(["talks", "talks-2"]);
  });

  test("says of each need that misses units what blocked it and what would unblock it", async () => {
    await run(story, street, { roundId: roundId("plan") });
    const found = await outcome("plan");
    const reasons = Object.fromEntries(
      Object.entries(found).map(([key, { blockers }]) => [key, blockers[0] && [blockers[0].reason, blockers[0].offer.key]]),
    );
    expect(reasons).toMatchObject({
      elderly: undefined,
      council: undefined,
      law: ["NO_SHARED_CAPABILITY", "care"],
      cheap: ["OVER_BUDGET", "shelves"],
      late: ["NO_PERIOD_OVERLAP", "mind"],
      far: ["OUT_OF_COVERAGE", "guides"],
      qualified: ["MISSING_QUALIFICATION", "canteen"],
    });
    const loser = ["elderly-2", "elderly-3"].find((key) => found[key].missingUnits === 1)!;
    expect(found[loser].blockers[0]).toMatchObject({ reason: "CAPACITY_TAKEN", offer: { key: "care" } });
    expect(found["cheap"]).toMatchObject({ missingUnits: 1, matches: [] });
    expect(found["cheap"].blockers[0].text).toBe("总价300.00元（单价300.00元×1）超出预算上限100.00元，多200.00元。");
    expect(found["cheap"].blockers[0].unblock).toEqual(["需求方把预算上限提高200.00元。", "资源方把单价降低200.00元。"]);
  });

  test("what it says would unblock a need does", async () => {
    const { needs, offers } = contestedList("unblocked");
    const lift: Record<string, object> = {
      cheap: { budgetMax: 300_00 },
      late: { startsOn: "2024-12-31" },
      law: { tags: ["养老服务"], quantity: 1 },
    };
    await aRound(
      story,
      "unblocked",
      needs.map((row) => ({ ...row, ...lift[row.key] })),
      offers.map((row) =>
        row.key === "canteen"
          ? { ...row, qualifications: ["食品经营许可证"] }
          : row.key === "guides"
            ? { ...row, coverage: [HUAYANG, "510112001"] }
            : row.key === "care"
              ? { ...row, capacity: 4 }
              : row,
      ),
    );
    await brought(story, roundId("unblocked"), "MATCHING");
    const { data } = await run(story, street, { roundId: roundId("unblocked") });
    expect(data.runMatching).toMatchObject({ servedNeeds: 9, unservedNeeds: 0 });
    for (const { missingUnits, blockers } of Object.values(await outcome("unblocked"))) {
      expect(missingUnits).toBe(0);
      expect(blockers).toEqual([]);
    }
  });

  test("speaks Chinese in either script, and English", async () => {
    await run(story, street, { roundId: roundId("plan") });
    const [factor] = (await outcome("plan"))["council"].matches[0].factors;
    expect(factor.text).toMatch(/^所需1项能力中具备1项：居民议事（350×1000＝350000分）。$/);
    expect((await outcome("plan", someone.public, "EN"))["council"].matches[0].factors[0].text).toBe(
      "It has 1 of the 1 capabilities wanted: 居民议事 (350 × 1000 = 350000 points).",
    );
    expect((await outcome("plan", someone.public, null, "zh-Hant"))["council"].matches[0].factors[0].text).toContain("居民議事");
    const blocked = (await outcome("plan", someone.public, "EN"))["cheap"].blockers[0];
    expect(blocked.text).toContain("above the ceiling of CNY 100.00");
    expect(blocked.unblock[0]).toBe("The need would raise its ceiling by CNY 200.00.");
  });

  test("tells of the offers that fit and were not chosen why not", async () => {
    const key = "alternatives";
    await aRound(
      story,
      key,
      [need(key, "first"), need(key, "second", { endsOn: "2025-01-31" })],
      [offer(key, "near"), offer(key, "wide", { coverage: ["5101"], price: 29_000_00, capacity: 9 })],
    );
    await brought(story, roundId(key), "NEGOTIATING");
    const found = await outcome(key);
    expect(found["first"].matches).toMatchObject([{ offer: { key: "near" } }]);
    expect(found["first"].alternatives).toMatchObject([
      { offer: { key: "wide" }, whyNot: "该资源尚余8个名额：本需求已由更合适的资源满足。" },
    ]);
    const [lost] = found["second"].alternatives;
    expect(lost.offer.key).toBe("near");
    expect(lost.whyNot).toMatch(/^该资源的名额已用于其他需求：再多一个名额值\d+分。$/);
    expect(lost.score).toBeGreaterThan(found["second"].matches[0].score);
    expect((await outcome(key, someone.public, "EN"))["second"].alternatives[0].whyNot).toMatch(/^Its units went to other needs/);
  });

  test("again gives the same plan, and a dry run stores nothing", async () => {
    const id = await listed(story, "again");
    const before = await outcome("again");
    const dry = await run(story, street, { roundId: id, dryRun: true });
    expect(dry.data.runMatching).toMatchObject({ __typename: "MatchingRun", stored: false, suggested: 4 });
    expect(await outcome("again")).toEqual(before);
    expect(Object.values(before).flatMap(({ matches }) => matches)).toEqual([]);
    const first = await run(story, street, { roundId: id });
    const plan = await outcome("again");
    const second = await run(story, street, { roundId: id });
    expect(second.data).toEqual(first.data);
    expect(await outcome("again")).toEqual(plan);
    expect(dry.data.runMatching.value).toBe(first.data.runMatching.value);
    expect(await story.test.sql(`SELECT 1 FROM matching.audit_entry WHERE entity_id = $1 AND action = 'match'`, [id])).toHaveLength(2);
  });

  test("is replayed by its key, and refused for another input", async () => {
    const id = roundId("again");
    const input = { roundId: id, idempotencyKey: "run-1" };
    const first = await run(story, street, input);
    const stamp = `SELECT matched_at FROM matching.round WHERE id = $1`;
    const at = await story.test.sql(stamp, [id]);
    expect((await run(story, street, input)).data).toEqual(first.data);
    expect(await story.test.sql(stamp, [id])).toEqual(at);
    expect((await run(story, street, { ...input, dryRun: true })).data.runMatching.__typename).toBe("IdempotencyConflict");
  });

  test("follows the round's own weights", async () => {
    const key = "weighed";
    await aRound(
      story,
      key,
      [need(key, "one", { budgetMin: 0 })],
      [offer(key, "cheap", { price: 1_00, cases: [] }), offer(key, "proven", { price: 30_000_00, cases: ["a", "b", "c", "d", "e"] })],
    );
    await brought(story, roundId(key), "NEGOTIATING");
    expect((await outcome(key))["one"].matches[0].offer.key).toBe("cheap");
    const { data } = await as(street, `{ roundByKey(key: "weighed") { id version } }`);
    const weights = CRITERIA.map((criterion) => ({ criterion, weight: criterion === "TRACK_RECORD" ? 1000 : 0 }));
    await as(street, `mutation ($input: UpdateRoundInput!) { updateRound(input: $input) { __typename } }`, {
      input: { id: data.roundByKey.id, expectedVersion: data.roundByKey.version, weights },
    });
    await run(story, street, { roundId: roundId(key) });
    expect((await outcome(key))["one"].matches[0]).toMatchObject({ score: 1_000_000, offer: { key: "proven" } });
  });
});

test("one query follows a round to its communities, their needs, matches and what blocked the rest", async () => {
  await listed(story, "printed", "NEGOTIATING");
  const { data, errors } = await as(
    someone.public,
    `{ roundByKey(key: "printed") { title year state region { code } event { id } communities(first: 100) { totalCount nodes { community { id } needs { title fundKind budgetMax
      matches { units score factors { criterion text } offer { title organisation { id } } } blockers { reason text unblock } } } } } }`,
  );
  expect(errors).toEqual([]);
  const { communities, ...round } = data.roundByKey;
  expect(round).toEqual({
    title: "华阳街道需求及资源清单",
    year: 2024,
    state: "NEGOTIATING",
    region: { code: HUAYANG },
    event: { id: SALON },
  });
  expect(communities.totalCount).toBe(3);
  const needs = Object.fromEntries(
    communities.nodes.map((node: { community: { id: string }; needs: object[] }) => [node.community.id, node.needs.length]),
  );
  expect(needs).toEqual({ [xianghe]: 6, [guangfu]: 2, [wuxing]: 1 });
  const [event] = (
    await as(someone.public, `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Event { round { key } } } }`, {
      r: [{ __typename: "Event", id: SALON }],
    })
  ).data._entities;
  expect(event.round).not.toBeNull();
});
