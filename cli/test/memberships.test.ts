import { generateKeyPairSync, sign } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stableId } from "@gongjian/database";
import { readSettings, type Settings } from "@gongjian/settings";
import { httpEndpoint, LOCAL_ISSUER, type Membership, serveSubgraph } from "@gongjian/subgraph";
import { createTestDatabase, type TestDatabase } from "@gongjian/testing";
import { pino } from "pino";
import { grant, issuerOf, revoke } from "../src/commands/grant";
import { askInProcess, type Ask } from "../src/import/ask";
import { openLocalIssuer, openVerifier, storedIn } from "../src/platform/identity";
import { openAllInOne, type Platform } from "../src/platform/platform";
import { SUBGRAPHS, subgraphNamed } from "../src/platform/subgraphs";

const TRUST_SECONDS = 1;
const xianghe = stableId("community", "CN_STATS:510116001001");
const pair = generateKeyPairSync("rsa", { modulusLength: 2048 });
const OFFICER = { role: "OFFICER", scope: "region:510116" } as const;

let provider: Server;
let issuer: string;
let database: TestDatabase;
let platform: Platform;
let believing: Platform;
let operator: Ask;
let url: string;
let settings: Settings;
const log: string[] = [];
const logger = pino({ level: "warn" }, { write: (line: string) => void log.push(line) });
let localToken: (subject: string, memberships: Membership[]) => Promise<string>;

beforeAll(async () => {
  const jwks = { keys: [{ ...pair.publicKey.export({ format: "jwk" }), kid: "k", alg: "RS256", use: "sig" }] };
  provider = createServer((_, response) => response.setHeader("content-type", "application/json").end(JSON.stringify(jwks)));
  await new Promise<void>((done) => provider.listen(0, "127.0.0.1", done));
  issuer = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`;
  database = await createTestDatabase({ subgraphs: SUBGRAPHS as never });
  const env = {
    NODE_ENV: "test",
    DATA_DIR: mkdtempSync(join(tmpdir(), "gongjian-test-")),
    PORT: "0",
    OIDC_ISSUER: issuer,
    OIDC_AUDIENCE: "gongjian",
    OIDC_JWKS_URL: `${issuer}/keys`,
    MEMBERSHIP_TRUST_SECONDS: String(TRUST_SECONDS),
  };
  settings = readSettings(env);
  const open = (more: object) => openAllInOne(readSettings({ ...env, ...more }), undefined, logger, ({ name }) => database.open(name));
  platform = await open({});
  believing = await open({ OIDC_CLAIM_MEMBERSHIPS: "true" });
  url = await platform.gateway.listen(0);
  operator = askInProcess(platform);
  const local = await openLocalIssuer(settings);
  localToken = (subject, memberships) => local.mint({ subject, memberships }, 300);
  for (const [what, rows] of [
    [
      "Regions",
      [
        { code: "510116", name: "双流区", level: "DISTRICT" },
        { code: "510116001", name: "华阳街道", level: "STREET", parentCode: "510116" },
      ],
    ],
    ["Communities", [{ scheme: "CN_STATS", identifier: "510116001001", name: "祥鹤社区居委会", kind: "URBAN", regionCode: "510116001" }]],
  ] as const)
    await operator(`mutation ($input: Import${what}Input!) { import${what}(input: $input) { ... on BulkOutcome { written } } }`, {
      input: { rows },
    });
}, 120_000);
afterAll(async () => {
  await platform?.close();
  await believing?.close();
  await database?.close();
  await new Promise((done) => provider.close(done));
});

const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString("base64url");
/** An access token as the provider gives it out. */
function token(subject: string, claims: object = {}): string {
  const exp = Math.floor(Date.now() / 1000) + 300;
  const body = `${encode({ alg: "RS256", kid: "k" })}.${encode({ iss: issuer, aud: "gongjian", sub: subject, exp, ...claims })}`;
  return `${body}.${sign("sha256", Buffer.from(body), pair.privateKey).toString("base64url")}`;
}

// biome-ignore lint/suspicious/noExplicitAny: answers are asserted on, not typed
async function ask(at: string, bearer: string, query: string, variables: object = {}): Promise<any> {
  const response = await fetch(`${at}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${bearer}` },
    body: JSON.stringify({ query, variables }),
  });
  return response.json();
}

/** What comes of changing the community: the type of the result, or the error's code. */
async function change(bearer: string, at = url): Promise<string> {
  const { community } = await operator<{ community: { version: number } }>(`{ community(id: "${xianghe}") { version } }`, {});
  const { data, errors } = await ask(
    at,
    bearer,
    `mutation ($input: UpdateCommunityInput!) { updateCommunity(input: $input) { __typename } }`,
    { input: { id: xianghe, expectedVersion: community.version, description: "老旧小区" } },
  );
  return errors?.[0].extensions.code ?? data.updateCommunity.__typename;
}

let people = 0;
const somebody = () => ({ issuer, subject: `person-${++people}` });
const forgotten = () => new Promise((done) => setTimeout(done, TRUST_SECONDS * 1000 + 50));

test("a token that claims nothing has what is stored: an officer of the district changes a community below it", async () => {
  const holder = somebody();
  await grant(operator, holder, OFFICER);
  expect(await change(token(holder.subject))).toBe("Community");
  expect(await change(token(somebody().subject))).toBe("FORBIDDEN");
  const { data } = await ask(url, token(holder.subject), "{ myMemberships { role scope region { name } } }");
  expect(data.myMemberships).toEqual([{ ...OFFICER, region: { name: "双流区" } }]);
  const [entry] = await database.sql(
    `SELECT subject, role FROM communities.audit_entry WHERE concept = 'community' ORDER BY id DESC LIMIT 1`,
  );
  expect(entry).toEqual({ subject: holder.subject, role: "OFFICER" });
});

test("a grant and a revocation take effect within the stated time, with the same token", async () => {
  const holder = somebody();
  const bearer = token(holder.subject);
  expect(await change(bearer)).toBe("FORBIDDEN");
  await grant(operator, holder, OFFICER);
  await forgotten();
  expect(await change(bearer)).toBe("Community");
  expect(await revoke(operator, holder, OFFICER)).toHaveLength(1);
  await forgotten();
  expect(await change(bearer)).toBe("FORBIDDEN");
});

test("a membership that is over, has not begun, or is held over another place does not count", async () => {
  for (const [held, terms] of [
    [OFFICER, { startsOn: "2020-01-01", endsOn: "2020-12-31" }],
    [OFFICER, { startsOn: "2999-01-01" }],
    [{ role: "OFFICER", scope: "region:510116001" }, { startsOn: "2999-01-01" }],
    [{ role: "RESIDENT", scope: `community:${xianghe}` }, {}],
  ] as const) {
    const holder = somebody();
    await grant(operator, holder, held, terms);
    expect(await change(token(holder.subject))).toBe("FORBIDDEN");
  }
});

test("what the provider's tokens claim is ignored, unless the setting says otherwise", async () => {
  const bearer = token(somebody().subject, { "gongjian:memberships": [{ role: "ADMIN", scope: "*" }] });
  expect(await change(bearer)).toBe("FORBIDDEN");
  expect(await change(bearer, await believing.gateway.listen(0))).toBe("Community");
});

test("the subject of another issuer is somebody else", async () => {
  const { subject } = somebody();
  await grant(operator, { issuer: "https://id.example", subject }, OFFICER);
  expect(await change(token(subject))).toBe("FORBIDDEN");
});

test("the local issuer's tokens say all themselves, or what is stored counts", async () => {
  const { subject } = somebody();
  await grant(operator, { issuer: LOCAL_ISSUER, subject }, OFFICER);
  expect(await change(await localToken(subject, []))).toBe("Community");
  expect(await change(await localToken(somebody().subject, [OFFICER]))).toBe("Community");
});

test("an officer grants a worker through the gateway, who then may; the lookup itself cannot be asked for", async () => {
  const [officer, worker] = [somebody(), somebody()];
  await grant(operator, officer, OFFICER);
  const input = { subject: worker.subject, role: "COMMUNITY_WORKER", scope: `community:${xianghe}` };
  const mutation = `mutation ($input: GrantMembershipInput!) { grantMembership(input: $input) { __typename ... on Membership { issuer community { name } } } }`;
  const { data } = await ask(url, token(officer.subject), mutation, { input });
  expect(data.grantMembership).toEqual({ __typename: "Membership", issuer, community: { name: "祥鹤社区居委会" } });
  expect(await change(token(worker.subject))).toBe("Community");

  const service = somebody();
  await grant(operator, service, { role: "SERVICE", scope: "*" });
  expect(await change(token(service.subject))).toBe("FORBIDDEN");
  const { errors } = await ask(url, token(service.subject), `{ viewerMemberships(issuer: "i", subject: "s") { role } }`);
  expect(errors[0].extensions.code).toBe("GRAPHQL_VALIDATION_FAILED");
});

test("over HTTP the platform looks up under its signature; at communities itself no token does", async () => {
  const holder = somebody();
  await grant(operator, holder, OFFICER);
  const [secret, host] = ["a secret that only this test knows, long enough", "127.0.0.1"];
  const subgraph = subgraphNamed("communities").create(await database.open("communities"), {}, () => undefined);
  const verifier = await openVerifier(settings);
  const server = await serveSubgraph(subgraph, { host, port: 0, secret, verifier, bodyLimit: 100_000 });
  const endpointWith = (key: string) =>
    httpEndpoint({ name: "communities", url: server.url, secret: key, timeoutMs: 3_000, maxResponseBytes: 1_000_000 });
  const [right, wrong] = [endpointWith(secret), endpointWith(`${secret}!`)];
  const nobody = { ...holder, memberships: [] };
  try {
    expect((await storedIn([right], settings, logger).viewerOf(nobody)).memberships).toEqual([OFFICER]);
    expect((await storedIn([wrong], settings, logger).viewerOf(nobody)).memberships).toEqual([]);
    const asked = `{ viewerMemberships(issuer: "${issuer}", subject: "${holder.subject}") { role } }`;
    for (const role of ["ADMIN", "SERVICE"] as const) {
      const { errors } = await ask(server.url, await localToken("client", [{ role, scope: "*" }]), asked);
      expect(errors[0].extensions.code).toBe("FORBIDDEN");
      const posing = await ask(server.url, await localToken("platform", [{ role, scope: "*" }]), asked);
      expect(posing.errors[0].extensions.code).toBe("UNAUTHENTICATED");
    }
  } finally {
    await Promise.all([right.close(), wrong.close()]);
    await server.close();
  }
});

test("while memberships cannot be looked up nobody has any, the log says so, and it passes by itself", async () => {
  const holder = somebody();
  await grant(operator, holder, OFFICER);
  const bearer = token(holder.subject);
  await database.sql("REVOKE SELECT ON communities.membership FROM gongjian_test_communities");
  log.length = 0;
  expect(await change(bearer)).toBe("FORBIDDEN");
  expect(log.filter((line) => line.includes("memberships could not be looked up"))).toHaveLength(1);
  await database.sql("GRANT SELECT ON communities.membership TO gongjian_test_communities");
  await forgotten();
  expect(await change(bearer)).toBe("Community");
});

test("the operator is told what is wrong in a line", async () => {
  const holder = somebody();
  await grant(operator, holder, OFFICER);
  await expect(grant(operator, holder, OFFICER)).rejects.toThrow(
    `${holder.subject} of ${issuer} is OFFICER over region:510116 on some of those days already`,
  );
  await revoke(operator, holder, OFFICER, "done");
  await expect(revoke(operator, holder, OFFICER)).rejects.toThrow("is not OFFICER over region:510116");
  expect(issuerOf(undefined, { oidcIssuer: issuer, demoMode: true })).toBe(issuer);
  expect(issuerOf(undefined, { oidcIssuer: undefined, demoMode: true })).toBe(LOCAL_ISSUER);
  expect(issuerOf("https://id.example", { oidcIssuer: issuer, demoMode: false })).toBe("https://id.example");
  expect(() => issuerOf(undefined, { oidcIssuer: undefined, demoMode: false })).toThrow("--issuer");
});
