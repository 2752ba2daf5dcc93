import { someone } from "@gongjian/testing";
import { Client } from "pg";
import { asking } from "./answers";
import { aRound, aStory, brought, need, offer, roundId, street, versionOf, advance, type State } from "./story";

const story = aStory();
const as = asking(story);

/** Logged in as the service is. */
async function asService<T>(work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: story.test.urls["matching"]! });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Writes past all code of the service. Answers with the broken constraint, or how many rows were written. */
const write = (text: string, params: unknown[] = []): Promise<string | number | null | undefined> =>
  asService((client) =>
    client.query(text, params).then(
      ({ rowCount }) => rowCount,
      (error: { constraint?: string }) => error.constraint,
    ),
  );

interface Entries {
  round: string;
  need: string;
  offer: string;
  match: string | undefined;
}

/** A round with one need and one offer that fit, at a step. */
async function standing(key: string, state: State): Promise<Entries> {
  const round = await aRound(story, key, [need(key, "N1")], [offer(key, "O1")]);
  await brought(story, round, state);
  const [row] = await story.test.sql<Omit<Entries, "round">>(
    `SELECT n.id AS need, o.id AS offer, m.id AS match FROM matching.need n JOIN matching.offer o ON o.round_id = n.round_id
     LEFT JOIN matching.match m ON m.need_id = n.id WHERE n.round_id = $1`,
    [round],
  );
  return { round, ...row! };
}

const STEP = `UPDATE matching.match SET state = $2, community_accepted = $2 NOT IN ('PROPOSED', 'DECLINED'), organisation_accepted = $2 NOT IN ('PROPOSED', 'DECLINED') WHERE id = $1`;
const to = (match: string, state: string) => write(STEP, [match, state]);

const SUGGEST = `INSERT INTO matching.match (id, round_id, need_id, offer_id, units, score, factors) VALUES (gen_random_uuid(), $1, $2, $3, 1, 0, '[]')`;

test("a match joins a need and an offer of its own round", async () => {
  const [here, there] = [await standing("guard-here", "DRAFT"), await standing("guard-there", "DRAFT")];
  expect(await write(SUGGEST, [here.round, there.need, here.offer])).toBe("match_need_fk");
  expect(await write(SUGGEST, [here.round, here.need, there.offer])).toBe("match_offer_fk");
  expect(await write(SUGGEST, [there.round, here.need, here.offer])).toMatch(/^match_(need|offer)_fk$/u);
  expect(await write(SUGGEST, [here.round, here.need, here.offer])).toBe(1);
  expect(await write(`UPDATE matching.match SET round_id = $2 WHERE round_id = $1`, [here.round, there.round])).toMatch(
    /^match_(need|offer)_fk$/u,
  );
});

test("an entry stays in its round", async () => {
  const [here, there] = [await standing("guard-stay", "DRAFT"), await standing("guard-go", "DRAFT")];
  expect(await write(`UPDATE matching.need SET round_id = $2, key = 'x' WHERE id = $1`, [here.need, there.round])).toBe("need_round_fixed");
  expect(await write(`UPDATE matching.offer SET round_id = $2, key = 'x' WHERE id = $1`, [here.offer, there.round])).toBe(
    "offer_round_fixed",
  );
  expect(await write(`UPDATE matching.need SET round_id = round_id, title = 'x' WHERE id = $1`, [here.need])).toBe(1);
});

test("a round can be taken away while it is a draft, and not once it was opened", async () => {
  const id = await aRound(story, "guard-draft");
  expect(await write(`DELETE FROM matching.round WHERE id = $1`, [id])).toBe(1);
  const opened = await aRound(story, "guard-opened");
  await brought(story, opened, "COLLECTING");
  expect(await write(`DELETE FROM matching.round WHERE id = $1`, [opened])).toBe("round_kept");
});

test("a match takes its steps while its round takes them", async () => {
  for (const state of ["PUBLISHED", "MATCHING"] as const) {
    const at = await standing(`guard-early-${state}`, state);
    const match = at.match ?? (await write(SUGGEST, [at.round, at.need, at.offer]), undefined);
    const [row] = await story.test.sql<{ id: string }>(`SELECT id FROM matching.match WHERE round_id = $1`, [at.round]);
    expect(await to(match ?? row!.id, "PROPOSED")).toBe("match_step_round");
  }
  const { round, match } = await standing("guard-steps", "NEGOTIATING");
  for (const state of ["PROPOSED", "ACCEPTED", "SIGNED"]) expect(await to(match!, state)).toBe(1);
  expect(await to(match!, "FULFILLED")).toBe("match_step_round");
  await brought(story, round, "EXECUTING");
  expect(await to(match!, "FULFILLED")).toBe(1);
});

test("a match cannot be proposed while its round goes on: one waits for the other", async () => {
  const { round, match } = await standing("guard-race", "NEGOTIATING");
  await asService(async (other) => {
    await other.query("BEGIN");
    await other.query(`UPDATE matching.round SET state = 'SIGNED' WHERE id = $1`, [round]);
    const proposing = to(match!, "PROPOSED");
    // whoever proposes waits now: let it get there before the round is signed
    const waits = `SELECT count(*)::integer AS waiting FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    while ((await story.test.sql<{ waiting: number }>(waits))[0]!.waiting === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    await other.query("COMMIT");
    expect(await proposing).toMatch(/^match_step_(order|round)$/u);
  });
});

test("what is signed can neither be taken away nor changed", async () => {
  const { round, match } = await standing("guard-signed", "NEGOTIATING");
  for (const state of ["PROPOSED", "ACCEPTED", "SIGNED"]) await to(match!, state);
  const remove = () => write(`DELETE FROM matching.match WHERE id = $1`, [match]);
  expect(await remove()).toBe("match_signed_kept");
  expect(await write(`UPDATE matching.match SET units = units + 1 WHERE id = $1`, [match])).toBe("match_signed_kept");
  expect(await write(`UPDATE matching.match SET score = score WHERE id = $1`, [match])).toBe(1);
  await brought(story, round, "EXECUTING");
  await to(match!, "FULFILLED");
  expect(await remove()).toBe("match_signed_kept");
});

describe("when a round is signed", () => {
  const READ = `{ roundByKey(key: "guard-lapse") { matches { totalCount nodes { state version need { key } } } needs { nodes { key matches { state } } } } }`;

  test("what was only suggested lapses, for everybody and for good", async () => {
    const key = "guard-lapse";
    const id = await aRound(story, key, [need(key, "N1"), need(key, "N2")], [offer(key, "O1", { capacity: 2 })]);
    await brought(story, id, "NEGOTIATING");
    const rows = await story.test.sql<{ id: string; key: string }>(
      `SELECT m.id, n.key FROM matching.match m JOIN matching.need n ON n.id = m.need_id WHERE m.round_id = $1 ORDER BY n.key`,
      [id],
    );
    expect(rows.map((row) => row.key)).toEqual(["N1", "N2"]);
    for (const state of ["PROPOSED", "ACCEPTED", "SIGNED"]) await to(rows[0]!.id, state);
    const { version } = await versionOf(story, id);
    expect((await advance(story, street, { id, to: "SIGNED", expectedVersion: version })).data.advanceRound.state).toBe("SIGNED");

    for (const who of [someone.public, street, someone.admin]) {
      const { data, errors } = await as(who, READ);
      expect(errors).toEqual([]);
      expect(data.roundByKey.matches.nodes).toHaveLength(2);
      expect(data.roundByKey.matches.nodes).toContainEqual({ state: "LAPSED", version: 2, need: { key: "N2" } });
      expect(data.roundByKey.needs.nodes).toEqual([
        { key: "N1", matches: [{ state: "SIGNED" }] },
        { key: "N2", matches: [{ state: "LAPSED" }] },
      ]);
    }
    const audit = await story.test.sql(
      `SELECT after FROM matching.audit_entry WHERE entity_id = $1 AND action = 'advance' ORDER BY id DESC LIMIT 1`,
      [roundId(key)],
    );
    expect(audit).toEqual([{ after: { state: "SIGNED", lapsed: 1 } }]);
    for (const state of ["PROPOSED", "SUGGESTED", "ACCEPTED"]) expect(await to(rows[1]!.id, state)).toMatch(/^match_/u);
    const move = `mutation ($input: MoveMatchInput!) { moveMatch(input: $input) { __typename ... on MatchStepOutOfOrder { from: state next } } }`;
    const input = { id: rows[1]!.id, to: "PROPOSED", expectedVersion: 2 };
    expect((await as(street, move, { input })).data.moveMatch).toEqual({ __typename: "MatchStepOutOfOrder", from: "LAPSED", next: [] });
  });
});
