import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ask, dataDir, endAll, gongjian, PATIENCE_MS, until, urlOf } from "./processes";
import { sql } from "./writes";

jest.setTimeout(4 * PATIENCE_MS);
afterAll(endAll);

const ROUND = `{ roundByKey(key: "huayang-2024") { state matchedAt communities(first: 30) { nodes { needs { matches { units } } } } } }`;

/** Makes the step into the negotiation wait for ever, so that a load can be killed when its round has just been matched. */
const HOLD = `CREATE FUNCTION public.hold() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(86400); RETURN NEW; END';
  CREATE TRIGGER hold BEFORE UPDATE ON matching.round FOR EACH ROW WHEN (NEW.state = 'NEGOTIATING') EXECUTE FUNCTION public.hold()`;
const HELD = "SELECT pid FROM pg_stat_activity WHERE wait_event = 'PgSleep'";
const LET_GO = "SELECT pg_terminate_backend(pid, 30000) FROM pg_stat_activity WHERE wait_event = 'PgSleep'";

const DEMO = join(__dirname, "..", "..", "..", "data", "demo");
/** How many records a file of the demo has. */
const rows = (name: string): number =>
  readFileSync(join(DEMO, `${name}.csv`), "utf8")
    .trim()
    .split("\n").length - 1;

interface Round {
  state: string;
  matchedAt: string | null;
  communities: { nodes: { needs: { matches: { units: number }[] }[] }[] };
}

test("a load of the demo that is killed, amid its files and amid its matching, is completed by the next start, and nothing is there twice", async () => {
  const data = dataDir();
  const amidFiles = gongjian(["start"], { DATA_DIR: data });
  await amidFiles.said(/ rounds\.csv: /);
  amidFiles.signalAll("SIGKILL");
  await amidFiles.ended;

  await sql(data, HOLD);
  const amidMatching = gongjian(["start"], { DATA_DIR: data });
  await until("the round to be matched", async () => (await sql(data, HELD)).length > 0);
  amidMatching.signalAll("SIGKILL");
  await amidMatching.ended;
  await sql(data, LET_GO);
  await sql(data, "DROP FUNCTION public.hold() CASCADE");
  // the round of the requests is matched first
  expect(await sql(data, "SELECT key, state FROM matching.round ORDER BY key")).toEqual([
    { key: "huayang-2024", state: "DRAFT" },
    { key: "jifu-requests-2022", state: "MATCHING" },
  ]);

  const server = gongjian(["start"], { DATA_DIR: data });
  const { data: answer, errors } = await ask(await urlOf(server), ROUND);
  expect(errors).toBeUndefined();
  const round = answer.roundByKey as Round;
  const needs = round.communities.nodes.flatMap((community) => community.needs);
  expect(round.state).toBe("NEGOTIATING");
  expect(round.communities.nodes).toHaveLength(24);
  expect(needs).toHaveLength(60);
  expect(needs.filter((need) => need.matches.length > 0)).toHaveLength(54);
  const [counts] = await sql<object>(
    data,
    `SELECT (SELECT count(*)::int FROM communities.organisation) AS organisations, (SELECT count(*)::int FROM events.event) AS events,
       (SELECT count(*)::int FROM matching.need) AS needs, (SELECT count(*)::int FROM matching.offer) AS offers,
       (SELECT count(*)::int FROM matching.round) AS rounds,
       (SELECT count(*)::int FROM (SELECT 1 FROM communities.audit_entry WHERE action = 'create' GROUP BY concept, entity_id HAVING count(*) > 1) twice) AS twice`,
  );
  expect(counts).toEqual({
    organisations: rows("organisations"),
    events: rows("events"),
    needs: rows("needs") + 4,
    offers: rows("offers") + 2,
    rounds: rows("rounds"),
    twice: 0,
  });
  expect(await sql(data, "SELECT DISTINCT state FROM communities.service_request")).toEqual([{ state: "PASSED_ON" }]);
  expect(await sql(data, "SELECT DISTINCT state FROM matching.round")).toEqual([{ state: "NEGOTIATING" }]);
  server.signal("SIGTERM");
  expect(await server.ended).toEqual({ code: 0, signal: null });
});
