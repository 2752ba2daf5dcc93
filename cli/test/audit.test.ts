import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import * as communities from "@gongjian/entities-communities";
import * as events from "@gongjian/entities-events";
import * as matching from "@gongjian/entities-matching";
import { createTestDatabase, type TestDatabase } from "@gongjian/testing";

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "gongjian-audit-"));
  const named = [
    { ...communities, name: "communities" },
    { ...events, name: "events" },
    { ...matching, name: "matching" },
  ];
  database = await createTestDatabase({ subgraphs: named as never });
  await database.sql(`INSERT INTO events.audit_entry (subject, role, action, concept, entity_id, request_id)
    SELECT 'officer-1', 'OFFICER', 'publish', 'event', n::text, 'r' FROM generate_series(1, 5) AS n`);
}, 60_000);
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await database?.close();
});

function gongjian(...args: string[]): Promise<{ code: number; out: string; complaint: string }> {
  const env = { ...process.env, DATABASE_URL: database.adminUrl, DATA_DIR: folder, NODE_ENV: "test" };
  return new Promise((done) => {
    execFile(process.execPath, [resolve(__dirname, "../bin/gongjian.js"), "audit", ...args], { env }, (error, out, complaint) =>
      done({ code: error ? Number(error.code) : 0, out, complaint }),
    );
  });
}
const tamper = (text: string) => database.sql(`SET session_replication_role = replica; SET search_path = events; ${text}`);
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

test("a whole trail, an anchor of it, and what is found after an edit and after the end was cut off", async () => {
  const whole = await gongjian("verify");
  expect(whole).toMatchObject({ code: 0, out: "ok   communities: 0 entries\nok   events: 5 entries\nok   matching: 0 entries\n" });
  const anchor = await gongjian("anchor");
  const lines = anchor.out
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(lines.map(({ schema, id }) => [schema, id])).toEqual([
    ["communities", 0],
    ["events", 5],
    ["matching", 0],
  ]);
  const anchors = file("anchors.jsonl", anchor.out);
  expect(await gongjian("verify", "--anchor", anchors)).toMatchObject({ code: 0 });

  await tamper("DELETE FROM audit_entry WHERE id = 5; UPDATE audit_head SET (id, hash) = (SELECT id, hash FROM audit_entry WHERE id = 4)");
  expect(await gongjian("verify")).toMatchObject({ code: 0 });
  const cut = await gongjian("verify", "--anchor", anchors);
  expect(cut.code).toBe(1);
  expect(cut.out).toContain("BAD  events: truncated at 5.");

  await tamper("UPDATE audit_entry SET subject = 'somebody else' WHERE id = 2");
  const edited = await gongjian("verify", "--json");
  expect(edited.code).toBe(1);
  expect(JSON.parse(edited.out)).toMatchObject([
    { schema: "communities", entries: 0, problem: null },
    { schema: "events", entries: 2, problem: { kind: "edited", id: 2 } },
    { schema: "matching", entries: 0, problem: null },
  ]);
}, 120_000);

test.each([
  ["is not there", () => join(folder, "nowhere.json"), "There is no such file"],
  ["holds something else", () => file("other.json", "{}"), "is not {schema, id, hash, at}"],
  [
    "names an unknown schema",
    () => file("unknown.json", JSON.stringify({ schema: "people", id: 0, hash: "0".repeat(64), at: "2024-01-01T00:00:00Z" })),
    "schema people",
  ],
])(
  "an anchor file that %s is refused in a line",
  async (_what, path, complaint) => {
    const refused = await gongjian("verify", "--anchor", path());
    expect(refused.code).toBe(1);
    expect(refused.complaint).toContain(complaint);
    expect(refused.complaint.trim().split("\n")).toHaveLength(1);
  },
  60_000,
);
