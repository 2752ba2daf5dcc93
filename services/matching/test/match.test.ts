import { someone } from "@gongjian/testing";
import { asking, codeOf } from "./answers";
import { aRound, aStory, brought, guangfu, need, offer, roundId, run, street, xianghe, yinling, yuelin, type Who } from "./story";

const story = aStory();
const as = asking(story);
const worker = someone.worker(xianghe);
const rep = someone.representative(yuelin);

const MOVE = `mutation ($input: MoveMatchInput!) { moveMatch(input: $input) { __typename ... on Match { state version acceptedBy } ... on MatchStepOutOfOrder { from: state next }
  ... on UnitsExhausted { side units } ... on RoundClosed { roundState: state allowedIn } ... on VersionConflict { currentVersion } } }`;
const MATCH = `query ($id: ID!) { match(id: $id) { state version acceptedBy } }`;

interface Stored {
  id: string;
  need: string;
  offer: string;
  version: number;
  state: string;
}

const stored = (key: string): Promise<Stored[]> =>
  story.test.sql<Stored>(
    `SELECT m.id, n.key AS need, o.key AS offer, m.version, m.state FROM matching.match m JOIN matching.need n ON n.id = m.need_id JOIN matching.offer o ON o.id = m.offer_id
     WHERE m.round_id = $1 ORDER BY n.key, o.key`,
    [roundId(key)],
  );

/** Moves a match on, against the version that it has. */
async function move(who: Who, id: string, to: string, more: object = {}) {
  const { data } = await as(someone.admin, MATCH, { id });
  return as(who, MOVE, { input: { id, to, expectedVersion: data.match?.version ?? 1, ...more } });
}

/** A round in negotiation with one match. */
async function negotiated(key: string, needs = [need(key, "N1")], offers = [offer(key, "O1")]): Promise<Stored[]> {
  const id = await aRound(story, key, needs, offers);
  await brought(story, id, "NEGOTIATING");
  return stored(key);
}

describe("a match", () => {
  test("is proposed, accepted by both sides, signed and fulfilled, each step by who may, and audited", async () => {
    const [match] = await negotiated("agreed");
    const { id } = match!;
    expect(codeOf(await move(worker, id, "PROPOSED"))).toBe("FORBIDDEN");
    expect((await move(street, id, "PROPOSED")).data.moveMatch).toEqual({
      __typename: "Match",
      state: "PROPOSED",
      version: 2,
      acceptedBy: [],
    });
    expect((await move(rep, id, "ACCEPTED")).data.moveMatch).toMatchObject({ state: "PROPOSED", acceptedBy: ["ORGANISATION"] });
    // one side cannot accept for both, however often it does: it changes nothing and leaves no trace
    const again = { __typename: "Match", state: "PROPOSED", acceptedBy: ["ORGANISATION"], version: 3 };
    for (let times = 0; times < 2; times++) expect((await move(rep, id, "ACCEPTED")).data.moveMatch).toEqual(again);
    expect((await move(worker, id, "ACCEPTED")).data.moveMatch).toMatchObject({
      state: "ACCEPTED",
      acceptedBy: ["COMMUNITY", "ORGANISATION"],
    });
    expect((await move(rep, id, "ACCEPTED")).data.moveMatch).toMatchObject({ state: "ACCEPTED", version: 4 });
    expect(codeOf(await move(rep, id, "SIGNED"))).toBe("FORBIDDEN");
    expect((await move(street, id, "SIGNED")).data.moveMatch).toMatchObject({ state: "SIGNED" });
    expect((await move(street, id, "FULFILLED")).data.moveMatch).toEqual({
      __typename: "RoundClosed",
      roundState: "NEGOTIATING",
      allowedIn: ["EXECUTING"],
    });
    await brought(story, roundId("agreed"), "EXECUTING");
    expect(codeOf(await move(rep, id, "FULFILLED"))).toBe("FORBIDDEN");
    expect((await move(worker, id, "FULFILLED")).data.moveMatch).toMatchObject({ state: "FULFILLED" });
    const audit = await story.test.sql(
      `SELECT action, role, after->>'state' AS state FROM matching.audit_entry WHERE entity_id = $1 ORDER BY id`,
      [id],
    );
    expect(audit).toEqual([
      { action: "proposed", role: "OFFICER", state: "PROPOSED" },
      { action: "accepted", role: "ORGANISATION_REP", state: "PROPOSED" },
      { action: "accepted", role: "COMMUNITY_WORKER", state: "ACCEPTED" },
      { action: "signed", role: "OFFICER", state: "SIGNED" },
      { action: "fulfilled", role: "COMMUNITY_WORKER", state: "FULFILLED" },
    ]);
  });

  test("goes one step at a time, whoever writes", async () => {
    const [match] = await negotiated("ordered");
    const { id } = match!;
    for (const to of ["ACCEPTED", "DECLINED", "SIGNED", "FULFILLED"])
      expect((await move(someone.admin, id, to)).data.moveMatch).toEqual({
        __typename: "MatchStepOutOfOrder",
        from: "SUGGESTED",
        next: ["PROPOSED"],
      });
    expect(codeOf(await move(someone.admin, id, "SUGGESTED"))).toBe("FORBIDDEN");
    const write = (text: string) =>
      story.test.sql(text, [id]).then(
        () => "written",
        (error: { constraint?: string }) => error.constraint,
      );
    for (const state of ["ACCEPTED", "DECLINED", "SIGNED", "FULFILLED"])
      expect(
        await write(`UPDATE matching.match SET state = '${state}', community_accepted = true, organisation_accepted = true WHERE id = $1`),
      ).toBe("match_step_order");
    expect(await write(`UPDATE matching.match SET state = 'PROPOSED' WHERE id = $1`)).toBe("written");
    expect(await write(`UPDATE matching.match SET state = 'ACCEPTED' WHERE id = $1`)).toBe("match_accepted_by_both");
    expect(await write(`UPDATE matching.match SET state = 'SUGGESTED' WHERE id = $1`)).toBe("match_step_order");
    const copy = `INSERT INTO matching.match (id, round_id, need_id, offer_id, units, score, factors, state) SELECT gen_random_uuid(), round_id, need_id, offer_id, 1, 0, '[]', 'PROPOSED' FROM matching.match WHERE id = $1`;
    expect(await write(copy)).toBe("match_step_order");
  });

  test("is moved against a version, by nobody who does not know it, and once by twenty racers", async () => {
    const [match] = await negotiated("versions");
    const { id } = match!;
    const input = { id, to: "PROPOSED", expectedVersion: 9 };
    expect((await as(street, MOVE, { input })).data.moveMatch).toEqual({ __typename: "VersionConflict", currentVersion: 1 });
    for (const bad of ["x", "\u0000", roundId("x")])
      expect(codeOf(await as(street, MOVE, { input: { ...input, id: bad } }))).toBe("NOT_FOUND");
    expect(codeOf(await as(someone.public, MOVE, { input }))).toBe("UNAUTHENTICATED");
    expect(codeOf(await as(someone.officer("510112"), MOVE, { input }))).toBe("FORBIDDEN");
    const answers = await Promise.all(Array.from({ length: 20 }, () => as(street, MOVE, { input: { ...input, expectedVersion: 1 } })));
    const kinds = answers.map((answer) => answer.data.moveMatch.__typename);
    expect(kinds.filter((kind) => kind === "Match")).toHaveLength(1);
    expect(kinds.filter((kind) => kind === "VersionConflict")).toHaveLength(19);
  });

  test("that was declined is not suggested again, not shown to the public, and says why the need stands empty", async () => {
    const key = "declined";
    const matches = await negotiated(key, [need(key, "N1")], [offer(key, "best"), offer(key, "second", { price: 29_000_00, cases: [] })]);
    expect(matches.map((match) => match.offer)).toEqual(["best"]);
    await move(street, matches[0]!.id, "PROPOSED");
    expect(codeOf(await move(someone.worker(guangfu), matches[0]!.id, "DECLINED"))).toBe("FORBIDDEN");
    expect((await move(worker, matches[0]!.id, "DECLINED")).data.moveMatch).toMatchObject({ state: "DECLINED" });
    expect((await move(someone.admin, matches[0]!.id, "PROPOSED")).data.moveMatch).toEqual({
      __typename: "MatchStepOutOfOrder",
      from: "DECLINED",
      next: [],
    });
    const READ = `{ roundByKey(key: "declined") { needs { nodes { missingUnits matches { state offer { key } } blockers { reason text unblock offer { key } } } } } }`;
    const seen = async (who: Who) => (await as(who, READ)).data.roundByKey.needs.nodes[0];

    expect((await run(story, street, { roundId: roundId(key) })).data.runMatching).toMatchObject({ suggested: 1, kept: 0 });
    expect((await seen(someone.public)).matches).toEqual([{ state: "SUGGESTED", offer: { key: "second" } }]);
    expect((await seen(worker)).matches).toHaveLength(2);

    const second = (await stored(key)).find((match) => match.offer === "second")!;
    await move(street, second.id, "PROPOSED");
    await move(rep, second.id, "DECLINED");
    expect((await run(story, street, { roundId: roundId(key) })).data.runMatching).toMatchObject({ suggested: 0, unservedNeeds: 1 });
    const empty = await seen(someone.public);
    expect(empty).toMatchObject({ missingUnits: 1, matches: [] });
    expect(empty.blockers).toEqual([]);
    expect((await seen(street)).blockers).toEqual(
      ["best", "second"].map((offerKey) => ({
        reason: "DECLINED",
        text: "双方曾经对接，其中一方婉拒。",
        unblock: [],
        offer: { key: offerKey },
      })),
    );
  });

  test("that people have proposed stays through a run, and its units are taken", async () => {
    const key = "kept";
    const matches = await negotiated(
      key,
      [need(key, "N1", { quantity: 3, budgetMax: 90_000_00 }), need(key, "N2")],
      [offer(key, "O1", { capacity: 3 })],
    );
    const proposed = matches.find((match) => match.need === "N1")!;
    await move(street, proposed.id, "PROPOSED");
    const before = (await stored(key)).find((match) => match.id === proposed.id);
    const { data } = await run(story, street, { roundId: roundId(key) });
    expect(data.runMatching.kept).toBe(1);
    const after = await stored(key);
    expect(after.find((match) => match.id === proposed.id)).toEqual(before);
    const [units] = await story.test.sql<{ units: number }>(`SELECT sum(units)::integer AS units FROM matching.match WHERE round_id = $1`, [
      roundId(key),
    ]);
    expect(units!.units).toBeLessThanOrEqual(3);
  });
});

describe("units", () => {
  /** Many needs that each have a match with one offer, as only somebody who writes to the database can make them. */
  async function crowded(key: string, needs: number, capacity: number): Promise<Stored[]> {
    const keys = Array.from({ length: needs }, (_, index) => `N${String(index).padStart(2, "0")}`);
    await negotiated(
      key,
      keys.map((each) => need(key, each)),
      [offer(key, "O1", { capacity })],
    );
    await story.test.sql(
      `INSERT INTO matching.match (id, round_id, need_id, offer_id, units, score, factors)
       SELECT gen_random_uuid(), n.round_id, n.id, o.id, 1, 0, '[]' FROM matching.need n JOIN matching.offer o ON o.round_id = n.round_id
       WHERE n.round_id = $1 ON CONFLICT DO NOTHING`,
      [roundId(key)],
    );
    return stored(key);
  }

  test("of an offer are promised to as many as it has room for, by thirty at once", async () => {
    const matches = await crowded("rush", 30, 7);
    expect(matches).toHaveLength(30);
    const answers = await Promise.all(matches.map(({ id }) => as(street, MOVE, { input: { id, to: "PROPOSED", expectedVersion: 1 } })));
    const kinds = answers.map((answer) => answer.data.moveMatch);
    expect(kinds.filter(({ __typename }) => __typename === "Match")).toHaveLength(7);
    expect(kinds.filter(({ __typename }) => __typename === "UnitsExhausted")).toHaveLength(23);
    expect(kinds.find(({ __typename }) => __typename === "UnitsExhausted")).toEqual({
      __typename: "UnitsExhausted",
      side: "OFFER",
      units: 1,
    });
    expect((await stored("rush")).filter(({ state }) => state === "PROPOSED")).toHaveLength(7);
    // one that is declined makes room for one
    const [taken] = (await stored("rush")).filter(({ state }) => state === "PROPOSED");
    const waiting = (await stored("rush")).filter(({ state }) => state === "SUGGESTED");
    await move(street, taken!.id, "DECLINED");
    const more = await Promise.all(
      waiting.slice(0, 5).map(({ id, version }) => as(street, MOVE, { input: { id, to: "PROPOSED", expectedVersion: version } })),
    );
    expect(more.filter((answer) => answer.data.moveMatch.__typename === "Match")).toHaveLength(1);
  });

  test("of a need are promised once", async () => {
    const key = "one-need";
    await negotiated(key, [need(key, "N1")], [offer(key, "O1"), offer(key, "O2"), offer(key, "O3", { organisationId: yinling })]);
    await story.test.sql(
      `INSERT INTO matching.match (id, round_id, need_id, offer_id, units, score, factors)
       SELECT gen_random_uuid(), n.round_id, n.id, o.id, 1, 0, '[]' FROM matching.need n JOIN matching.offer o ON o.round_id = n.round_id WHERE n.round_id = $1 ON CONFLICT DO NOTHING`,
      [roundId(key)],
    );
    const matches = await stored(key);
    expect(matches).toHaveLength(3);
    const answers = await Promise.all(matches.map(({ id }) => as(street, MOVE, { input: { id, to: "PROPOSED", expectedVersion: 1 } })));
    const kinds = answers.map((answer) => answer.data.moveMatch).sort((a, b) => (a.__typename < b.__typename ? -1 : 1));
    expect(kinds.map(({ __typename }) => __typename)).toEqual(["Match", "UnitsExhausted", "UnitsExhausted"]);
    expect(kinds[1].side).toBe("NEED");
  });

  test("that are promised cannot be taken from under a match, whoever writes", async () => {
    const [match] = await negotiated(
      "promised",
      [need("promised", "N1", { quantity: 2, budgetMax: 60_000_00 })],
      [offer("promised", "O1", { capacity: 2 })],
    );
    await move(street, match!.id, "PROPOSED");
    const write = (text: string) =>
      story.test.sql(text, [roundId("promised")]).then(
        () => "written",
        (error: { constraint?: string }) => error.constraint,
      );
    expect(await write(`UPDATE matching.offer SET capacity = 1 WHERE round_id = $1`)).toBe("match_offer_capacity");
    expect(await write(`UPDATE matching.offer SET state = 'WITHDRAWN' WHERE round_id = $1`)).toBe("match_offer_capacity");
    expect(await write(`UPDATE matching.need SET quantity = 1 WHERE round_id = $1`)).toBe("match_need_quantity");
    expect(await write(`UPDATE matching.need SET state = 'WITHDRAWN' WHERE round_id = $1`)).toBe("match_need_quantity");
    expect(await write(`UPDATE matching.match SET units = 3 WHERE round_id = $1`)).toBe("match_offer_capacity");
    expect(await write(`UPDATE matching.offer SET capacity = 2, title = 'x' WHERE round_id = $1`)).toBe("written");
  });

  test("are exact while runs and moves cross each other", async () => {
    const matches = await crowded("crossing", 12, 3);
    await Promise.all([
      ...matches.map(({ id }) => as(street, MOVE, { input: { id, to: "PROPOSED", expectedVersion: 1 } })),
      ...Array.from({ length: 4 }, () => run(story, street, { roundId: roundId("crossing") })),
    ]);
    const { data } = await run(story, street, { roundId: roundId("crossing") });
    const rows = await stored("crossing");
    const live = rows.filter(({ state }) => state === "PROPOSED");
    expect(live.length).toBeLessThanOrEqual(3);
    expect(rows).toHaveLength(3);
    expect(data.runMatching).toMatchObject({ kept: live.length, suggested: 3 - live.length });
  });
});
