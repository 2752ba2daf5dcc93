import { inProcessEndpoint } from "@gongjian/subgraph";
import { ask, someone } from "@gongjian/testing";
import { Client } from "pg";
import { matchingSubgraph } from "../src";
import { asking, codeOf } from "./answers";
import { listed, outcomeOf } from "./contested-list";
import { aRound, aStory, brought, imported, need, offer, roundId, run, street, xianghe, yuelin, type Who } from "./story";

const story = aStory();
const as = asking(story);
const outcome = outcomeOf(story);

describe("who runs it, and when", () => {
  test("officers of the region and administrators, and nobody else", async () => {
    const id = await listed(story, "whose", "PUBLISHED");
    for (const who of [street, someone.officer("5101"), someone.officer("zone-tianfu"), someone.admin])
      expect((await run(story, who, { roundId: id })).data.runMatching.__typename).toBe("MatchingRun");
    for (const who of [someone.worker(xianghe), someone.representative(yuelin), someone.auditor, someone.officer("510112")])
      expect(codeOf(await run(story, who, { roundId: id }))).toBe("FORBIDDEN");
    expect(codeOf(await run(story, someone.public, { roundId: id }))).toBe("UNAUTHENTICATED");
    for (const bad of ["x", "\u0000", roundId("nothing")]) expect(codeOf(await run(story, street, { roundId: bad }))).toBe("NOT_FOUND");
  });

  test("from its publication until it is signed", async () => {
    const id = await aRound(story, "early", [need("early", "N1")], [offer("early", "O1")]);
    for (const state of ["DRAFT", "COLLECTING"] as const) {
      await brought(story, id, state);
      expect((await run(story, street, { roundId: id })).data.runMatching).toEqual({ __typename: "RoundClosed", state });
    }
    for (const state of ["PUBLISHED", "MATCHING", "NEGOTIATING"] as const) {
      await brought(story, id, state);
      expect((await run(story, street, { roundId: id })).data.runMatching).toMatchObject({ round: { id, state } });
    }
    await story.test.sql(`UPDATE matching.round SET state = 'SIGNED' WHERE id = $1`, [id]);
    expect((await run(story, street, { roundId: id })).data.runMatching).toEqual({ __typename: "RoundClosed", state: "SIGNED" });
  });

  test("its result is public from the state MATCHING on, and before that the officers'", async () => {
    const id = await listed(story, "shown", "PUBLISHED");
    await run(story, street, { roundId: id });
    const counts = async (who: Who) => {
      const { data, errors } = await as(
        who,
        `query ($id: ID!, $r: [_Any!]!) { round(id: $id) { matches { totalCount nodes { id } } needs(first: 100) { nodes { matches { id } blockers { reason } alternatives { score } } } offers(first: 100) { nodes { matches { id } } } }
          _entities(representations: $r) { ... on Community { matches(first: 100) { nodes { round { id } } } } } }`,
        { id, r: [{ __typename: "Community", id: xianghe }] },
      );
      expect(errors).toEqual([]);
      const { matches, needs, offers } = data.round;
      expect(matches.nodes).toHaveLength(matches.totalCount);
      const nested = (nodes: { matches: unknown[] }[]) => nodes.flatMap((node) => node.matches).length;
      expect(nested(needs.nodes)).toBe(matches.totalCount);
      expect(nested(offers.nodes)).toBe(matches.totalCount);
      const explained = needs.nodes.some(
        (node: { blockers: unknown[]; alternatives: unknown[] }) => node.blockers.length + node.alternatives.length > 0,
      );
      expect(explained).toBe(matches.totalCount > 0);
      const ofCommunity = data._entities[0].matches.nodes.filter((node: { round: { id: string } | null }) => node.round?.id === id).length;
      expect(ofCommunity > 0).toBe(matches.totalCount > 0);
      return matches.totalCount;
    };
    expect(await counts(street)).toBe(4);
    expect(await counts(someone.auditor)).toBe(4);
    for (const who of [someone.public, someone.worker(xianghe), someone.officer("510112")]) expect(await counts(who)).toBe(0);
    await brought(story, id, "MATCHING");
    for (const who of [someone.public, someone.worker(xianghe), someone.officer("510112")]) expect(await counts(who)).toBe(4);
  });

  test("communities that do not answer stop it before anything is written", async () => {
    const id = roundId("shown");
    const before = await outcome("shown");
    const dead = inProcessEndpoint(matchingSubgraph(story.database, {}, () => undefined));
    const answer = await ask(dead, street, `mutation ($input: RunMatchingInput!) { runMatching(input: $input) { __typename } }`, {
      input: { roundId: id },
    });
    expect(codeOf(answer)).toBe("PEER_UNAVAILABLE");
    expect(await outcome("shown")).toEqual(before);
  });
});

describe("several at once", () => {
  test("two runs wait for one another and leave one plan", async () => {
    const id = await listed(story, "twins");
    const answers = await Promise.all(Array.from({ length: 8 }, () => run(story, street, { roundId: id })));
    expect(new Set(answers.map((answer) => JSON.stringify(answer.data))).size).toBe(1);
    expect(answers[0]!.data.runMatching.__typename).toBe("MatchingRun");
    const rows = await story.test.sql<{ pairs: number; rows: number; outlooks: number }>(
      `SELECT count(*)::integer AS rows, count(DISTINCT (need_id, offer_id))::integer AS pairs,
         (SELECT count(*)::integer FROM matching.need_outlook k JOIN matching.need n ON n.id = k.need_id WHERE n.round_id = $1) AS outlooks
       FROM matching.match WHERE round_id = $1`,
      [id],
    );
    expect(rows).toEqual([{ rows: 4, pairs: 4, outlooks: 9 }]);
  });

  test("a run waits for whoever holds the round, and sees what that did", async () => {
    const id = await listed(story, "held", "PUBLISHED");
    const client = new Client({ connectionString: story.test.adminUrl });
    await client.connect();
    await client.query("BEGIN");
    await client.query("SELECT 1 FROM matching.round WHERE id = $1 FOR UPDATE", [id]);
    let ended = false;
    const running = run(story, street, { roundId: id }).finally(() => {
      ended = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(ended).toBe(false);
    await client.query("UPDATE matching.need SET state = 'WITHDRAWN' WHERE round_id = $1 AND key LIKE 'elderly%'", [id]);
    await client.query("COMMIT");
    await client.end();
    expect((await running).data.runMatching).toMatchObject({ needs: 6, suggested: 2 });
  });

  test("needs that come in during runs are in the plan or the round says that it has to be matched again", async () => {
    const key = "busy";
    const id = await aRound(story, key, [need(key, "N0")], [offer(key, "O1", { capacity: 50 })]);
    await brought(story, id, "PUBLISHED");
    await Promise.all([
      ...Array.from({ length: 10 }, (_, index) => imported(story.endpoint, "Needs", [need(key, `N${index + 1}`)])),
      ...Array.from({ length: 5 }, () => run(story, street, { roundId: id })),
    ]);
    const [state] = await story.test.sql<{ current: boolean; needs: number; matched: number }>(
      `SELECT r.revision = r.matched_revision AS current, (SELECT count(*)::integer FROM matching.need WHERE round_id = r.id) AS needs,
         (SELECT count(*)::integer FROM matching.match WHERE round_id = r.id) AS matched FROM matching.round r WHERE r.id = $1`,
      [id],
    );
    expect(state!.needs).toBe(11);
    expect(state!.current).toBe(state!.matched === 11);
    await run(story, street, { roundId: id });
    expect(Object.values(await outcome(key, street)).every(({ matches }) => matches.length === 1)).toBe(true);
  });
});

test("a query is answered while five thousand needs and five thousand offers are being matched", async () => {
  const key = "thousands";
  const id = await aRound(story, key);
  await story.test.sql(
    `INSERT INTO matching.need (id, round_id, community_id, kind, title, tags) SELECT gen_random_uuid(), $1, $2, 'SERVICE', '需求' || i, ARRAY['标签' || i % 250] FROM generate_series(1, 5000) i`,
    [id, xianghe],
  );
  await story.test.sql(
    `INSERT INTO matching.offer (id, round_id, organisation_id, kinds, title, capabilities, price) SELECT gen_random_uuid(), $1, $2, '{SERVICE}', '资源' || i, ARRAY['标签' || i % 250], 100 * (i % 90) FROM generate_series(1, 5000) i`,
    [id, yuelin],
  );
  await brought(story, id, "PUBLISHED");
  /** The run's transaction while it waits for the solver: it has read all that it needs, and holds its locks. */
  const solving = async (): Promise<string | undefined> => {
    const [row] = await story.test.sql<{ since: string }>(
      `SELECT state_change::text AS since FROM pg_stat_activity WHERE datname = current_database() AND state = 'idle in transaction' AND query LIKE '%FROM match WHERE round_id = $1 AND state <> ''SUGGESTED''%'`,
    );
    return row?.since;
  };
  let over = false;
  let answered = 0;
  const running = run(story, street, { roundId: id }).finally(() => {
    over = true;
  });
  while (!over) {
    const before = await solving();
    const { data } = await as(
      someone.public,
      `query ($id: ID!) { round(id: $id) { state needs(first: 100) { totalCount nodes { title } } } }`,
      { id },
    );
    expect(data.round).toMatchObject({ state: "PUBLISHED", needs: { totalCount: 5000 } });
    if (before !== undefined && before === (await solving())) answered += 1;
  }
  expect((await running).data.runMatching).toMatchObject({ needs: 5000, offers: 5000, suggested: 5000, stored: true });
  expect(answered).toBeGreaterThan(0);
}, 60_000);
