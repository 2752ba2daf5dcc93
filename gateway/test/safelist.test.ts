import { createHash } from "node:crypto";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Role } from "@gongjian/subgraph";
import { type Answer, type Door, openDoor } from "./door";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const LISTED = "query Name($id: ID!) { community(id: $id) { name } }";
const MUTATION = 'mutation { rename(id: 1, name: "x") { __typename } }';
const UNLISTED = "{ community(id: 2) { id } }";
const NAMED = { data: { community: { name: "社区 1" } } };

const folder = mkdtempSync(join(tmpdir(), "gongjian-safelist-"));
const fileOf = (content: string) => {
  const path = join(folder, `${sha256(content)}.json`);
  writeFileSync(path, content);
  return path;
};
const list = (...documents: string[]) => fileOf(JSON.stringify(Object.fromEntries(documents.map((text) => [sha256(text), text]))));
const codeOf = ({ json }: Answer) => json.errors?.[0]?.extensions.code;

describe("with a safelist", () => {
  let door: Door;
  beforeAll(async () => {
    door = await openDoor({ settings: { safelist: list(LISTED, MUTATION), safelistExemptRoles: ["SERVICE"] } });
  });
  afterAll(() => door.close());
  const post = (body: object, headers: Record<string, string> = {}) =>
    door.send("/graphql", { method: "POST", headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(body) });
  const get = (parameters: Record<string, string>) =>
    door.send(`/graphql?${new URLSearchParams(parameters)}`, { headers: { "apollo-require-preflight": "1" } });
  const persisted = (hash: string) => ({ persistedQuery: { version: 1, sha256Hash: hash } });
  const bearer = async (role: Role) => ({
    authorization: `Bearer ${await door.issuer.mint({ subject: role, memberships: [{ role, scope: "*" }] }, 60)}`,
  });
  const variables = { id: 1 };

  it.each<[string, () => Promise<Answer>]>([
    ["its text", () => post({ query: LISTED, variables })],
    ["its hash as Apollo's clients send it", () => post({ variables, extensions: persisted(sha256(LISTED)) })],
    ["text and hash", () => post({ query: LISTED, variables, extensions: persisted(sha256(LISTED)) })],
    ["its document id", () => post({ variables, documentId: `sha256:${sha256(LISTED)}` })],
    ["its bare document id", () => post({ variables, documentId: sha256(LISTED) })],
    ["GET and its text", () => get({ query: LISTED, variables: JSON.stringify(variables) })],
    ["GET and its hash", () => get({ extensions: JSON.stringify(persisted(sha256(LISTED))), variables: JSON.stringify(variables) })],
    ["GET and its document id", () => get({ documentId: sha256(LISTED), variables: JSON.stringify(variables) })],
  ])("a listed operation is executed by %s", async (_, ask) => {
    expect((await ask()).json).toEqual(NAMED);
  });

  it.each<[string, () => Promise<Answer>]>([
    ["another text", () => post({ query: UNLISTED })],
    ["nearly the same text", () => post({ query: `${LISTED} `, variables })],
    ["another text under a listed hash", () => post({ query: UNLISTED, extensions: persisted(sha256(LISTED)) })],
    ["another text under a listed document id", () => post({ query: UNLISTED, documentId: sha256(LISTED) })],
    ["an unlisted hash", () => post({ extensions: persisted(sha256(UNLISTED)) })],
    ["an unlisted document id", () => post({ documentId: sha256(UNLISTED) })],
    ["a name of every object's", () => post({ documentId: "constructor" })],
    ["nothing", () => post({})],
    ["introspection", () => post({ query: "{ __schema { queryType { name } } }" })],
    ["a GET", () => get({ query: UNLISTED })],
    ["a GET with broken extensions", () => get({ extensions: "{" })],
  ])("no other: %s", async (_, ask) => {
    const answer = await ask();
    expect([answer.status, codeOf(answer)]).toEqual([403, "OPERATION_NOT_ALLOWED"]);
    expect(answer.json.data).toBeUndefined();
  });

  it("an exempt role may ask beyond it, and nobody by what such a caller has asked", async () => {
    const service = await bearer("SERVICE");
    const answer = await post({ query: UNLISTED, extensions: persisted(sha256(UNLISTED)) }, service);
    expect(answer.json).toEqual({ data: { community: { id: "2" } } });
    expect((await post({ extensions: persisted(sha256(UNLISTED)) }, service)).json.data.community.id).toBe("2");
    expect(codeOf(await post({ extensions: persisted(sha256(UNLISTED)) }))).toBe("OPERATION_NOT_ALLOWED");
    expect(codeOf(await post({ query: UNLISTED }))).toBe("OPERATION_NOT_ALLOWED");
    expect(codeOf(await post({ query: UNLISTED }, await bearer("ADMIN")))).toBe("OPERATION_NOT_ALLOWED");
  });

  it("a listed mutation is still no GET", async () => {
    const answer = await get({ documentId: sha256(MUTATION) });
    expect([answer.status, answer.json.data]).toEqual([405, undefined]);
    expect((await post({ documentId: sha256(MUTATION) })).json.data.rename.__typename).toBe("Community");
  });
});

it.each([
  ["a file that is not there", () => join(folder, "none.json"), /SAFELIST: .*none\.json cannot be read/],
  ["a file that is no JSON", () => fileOf("{"), /SAFELIST: .* cannot be read as JSON/],
  ["a list", () => fileOf("[]"), /SAFELIST: .* is not an object/],
  ["a hash that is not the document's", () => fileOf(JSON.stringify({ [sha256("{ a }")]: "{ b }" })), /is not its SHA-256 hash/],
  ["a hash of another kind", () => fileOf(JSON.stringify({ da39a3ee5e6b4b0d3255bfef95601890afd80709: "" })), /is not its SHA-256 hash/],
])("does not start with %s", async (_, path, message) => {
  await expect(openDoor({ settings: { safelist: path() } })).rejects.toThrow(message);
});
