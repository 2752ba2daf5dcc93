import { ask, dataDir, endAll, gongjian, PATIENCE_MS, type Running, urlOf } from "./processes";
import { sql } from "./writes";

jest.setTimeout(4 * PATIENCE_MS);
afterAll(endAll);

const ROUND = `{ roundByKey(key: "huayang-2024") { state matchedAt communities(first: 30) { nodes { needs { matches { units } } } } } }`;

interface Round {
  state: string;
  matchedAt: string | null;
  communities: { nodes: { needs: { matches: { units: number }[] }[] }[] };
}

test("a load of the demo that is killed, early, late and after its last file, is completed by the next start, and nothing is there twice", async () => {
  const data = dataDir();
  let server: Running;
  for (const line of ["regions.csv: ", "events.csv: ", "offers.csv: "]) {
    server = gongjian(["start"], { DATA_DIR: data });
    await server.said(new RegExp(`"${line}`));
    server.signalAll("SIGKILL");
    await server.ended;
  }
  server = gongjian(["start"], { DATA_DIR: data });
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
  expect(counts).toEqual({ organisations: 89, events: 12, needs: 60, offers: 35, rounds: 1, twice: 0 });
  server.signal("SIGTERM");
  expect(await server.ended).toEqual({ code: 0, signal: null });
});
