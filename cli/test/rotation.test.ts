import { rmSync } from "node:fs";
import { join } from "node:path";
import { localIssuer } from "@gongjian/subgraph";
import { Client } from "pg";
import { subgraphUrl } from "../src/platform/postgres";
import { SUBGRAPHS } from "../src/platform/subgraphs";
import { readSettings } from "@gongjian/settings";
import { adminUrlOf, ask, dataDir, endAll, gongjian, PATIENCE_MS, urlOf } from "./faults/processes";

jest.setTimeout(4 * PATIENCE_MS);
afterAll(endAll);

const QUESTION = "{ auditEntries: regions(first: 1) { nodes { code } } }";

/** Whether the matching subgraph can log in with what a secret gives it. */
async function canLogIn(data: string, secret: string): Promise<boolean> {
  const settings = readSettings({ DATA_DIR: data, INTERNAL_SECRET: secret });
  const client = new Client({ connectionString: subgraphUrl(settings, SUBGRAPHS[2]!, adminUrlOf(data)) });
  try {
    await client.connect();
    await client.end();
    return true;
  } catch (error) {
    expect((error as { code?: string }).code).toBe("28P01");
    return false;
  }
}

test("a new INTERNAL_SECRET gives the subgraphs new passwords; the local issuer's folder deleted, its tokens are refused", async () => {
  const data = dataDir();
  const [old, fresh] = ["o".repeat(40), "n".repeat(40)];
  const mint = async (): Promise<string> => {
    const issuer = await localIssuer(join(data, "keys"));
    return issuer.mint({ subject: "admin", memberships: [{ role: "ADMIN", scope: "*" }] }, 3_600);
  };
  const first = gongjian(["start", "--no-demo"], { DATA_DIR: data, INTERNAL_SECRET: old });
  const url = await urlOf(first);
  const token = await mint();
  expect((await ask(url, QUESTION, {}, token)).errors).toBeUndefined();
  expect([await canLogIn(data, old), await canLogIn(data, fresh)]).toEqual([true, false]);
  first.signal("SIGTERM");
  await first.ended;

  const second = gongjian(["start", "--no-demo"], { DATA_DIR: data, INTERNAL_SECRET: fresh });
  const again = await urlOf(second);
  expect((await ask(again, QUESTION, {}, token)).errors).toBeUndefined();
  expect([await canLogIn(data, old), await canLogIn(data, fresh)]).toEqual([false, true]);
  second.signal("SIGTERM");
  await second.ended;

  rmSync(join(data, "keys"), { recursive: true });
  const third = gongjian(["start", "--no-demo"], { DATA_DIR: data, INTERNAL_SECRET: fresh });
  const last = await urlOf(third);
  const refused = await ask(last, QUESTION, {}, token);
  expect(refused.errors?.map(({ extensions }) => extensions.code)).toEqual(["UNAUTHENTICATED"]);
  expect((await ask(last, QUESTION, {}, await mint())).errors).toBeUndefined();
});
