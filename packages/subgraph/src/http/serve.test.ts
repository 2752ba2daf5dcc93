import { createHmac } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { httpEndpoint } from "../execution";
import { toySubgraph } from "../execution/toy";
import {
  ANONYMOUS,
  ASSERTION_HEADER,
  type Call,
  type LocalIssuer,
  localIssuer,
  signAssertion,
  TokenVerifier,
  type Viewer,
} from "../identity";
import { type RunningServer, serveSubgraph } from ".";

const SECRET = "a secret for this test, which is long enough";
const call: Call = { viewer: ANONYMOUS, requestId: "request-1", script: null };

const HOLES = { subgraph: "toy", body: '{"query":"{ holes }"}' };

/** Any payload, signed with the right key. */
function forged(payload: string): string {
  const signed = `v2.${Buffer.from(payload).toString("base64url")}`;
  return `${signed}.${createHmac("sha256", SECRET).update(signed).digest("base64url")}`;
}

describe("a served subgraph", () => {
  const subgraph = toySubgraph();
  let server: RunningServer;
  let issuer: LocalIssuer;
  beforeAll(async () => {
    issuer = await localIssuer(mkdtempSync(join(tmpdir(), "gongjian-")));
    const verifier = new TokenVerifier({ issuers: [issuer], clockToleranceSeconds: 0 });
    server = await serveSubgraph(subgraph, {
      host: "127.0.0.1",
      port: 0,
      secret: SECRET,
      verifier,
      bodyLimit: 5_000,
      limits: { maxCost: 200 },
    });
  });
  afterAll(() => server.close());

  const post = async (headers: Record<string, string>, body = '{"query":"{ holes }"}') => {
    const response = await fetch(`${server.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body,
    });
    return { status: response.status, headers: response.headers, json: JSON.parse(await response.text()) };
  };
  const assertion = (body = '{"query":"{ holes }"}') => ({ [ASSERTION_HEADER]: signAssertion(call, SECRET, { subgraph: "toy", body }) });

  it("answers the gateway, and anyone with a token of their own", async () => {
    const data = { holes: ["a", null, "c"] };
    expect(await post(assertion())).toMatchObject({ status: 200, json: { data } });
    const token = await issuer.mint({ subject: "client", memberships: [] }, 60);
    expect(await post({ authorization: `Bearer ${token}` })).toMatchObject({ status: 200, json: { data } });
  });

  it("knows who comes without the gateway: what they name nobody has looked for", async () => {
    const created = jest.spyOn(subgraph, "createContext");
    await post(assertion());
    await post({ authorization: `Bearer ${await issuer.mint({ subject: "client", memberships: [] }, 60)}` });
    expect(created.mock.calls.map(([{ isDirect }]) => isDirect)).toEqual([undefined, true]);
    created.mockRestore();
  });

  describe("asked without the gateway", () => {
    const direct = async (query: string, variables?: object) =>
      post(
        { authorization: `Bearer ${await issuer.mint({ subject: "client", memberships: [{ role: "ADMIN", scope: "*" }] }, 60)}` },
        JSON.stringify({ query, variables }),
      );
    const fields = (count: number) => Array.from({ length: count }, (_, i) => `a${i}: id`).join(" ");
    const ENTITIES = "query ($r: [_Any!]!) { _entities(representations: $r) { ... on Place { id name kind founded next { id name } } } }";
    const keys = (count: number) => Array.from({ length: count }, () => ({ __typename: "Place", id: "1" }));

    it.each<[string, string, object]>([
      ["TOO_DEEP", `{ places { ${"next { ".repeat(20)} id ${"} ".repeat(20)} } }`, {}],
      ["TOO_MANY_ALIASES", `{ places { ${fields(31)} } }`, {}],
      [
        "TOO_MANY_ROOT_FIELDS",
        `{ ${Array.from({ length: 21 }, (_, i) => `...F${i}`).join(" ")} } ${Array.from({ length: 21 }, (_, i) => `fragment F${i} on Query { holes }`).join(" ")}`,
        {},
      ],
      ["TOO_MANY_DIRECTIVES", `{ holes ${"@skip(if: false) ".repeat(51)} }`, {}],
      ["TOO_MANY_TOKENS", `{ ${"a ".repeat(2_001)} }`, {}],
      ["OPERATION_TOO_COSTLY", ENTITIES, { r: keys(60) }],
      ["GRAPHQL_VALIDATION_FAILED", "{ hole }", {}],
      ["GRAPHQL_PARSE_FAILED", "{ holes", {}],
    ])("a document is checked as the gateway checks it: %s", async (code, query, variables) => {
      const answer = await direct(query, variables);
      expect(answer.status).toBe(400);
      expect(answer.json.errors[0].extensions.code).toBe(code);
      expect(answer.json.data).toBeUndefined();
      expect(JSON.stringify(answer.json)).not.toMatch(/did you mean/i);
    });

    it("what keeps the limits is answered, and what the gateway asks is not measured again", async () => {
      expect((await direct(ENTITIES, { r: keys(20) })).json.data._entities).toHaveLength(20);
      const body = JSON.stringify({ query: ENTITIES, variables: { r: keys(60) } });
      const answer = await post(assertion(body), body);
      expect(answer.json.data._entities).toHaveLength(60);
    });
  });

  it.each<[string, () => Record<string, string>]>([
    ["nothing", () => ({})],
    ["an assertion of another's", () => ({ [ASSERTION_HEADER]: signAssertion(call, "another secret", HOLES) })],
    ["an old assertion", () => ({ [ASSERTION_HEADER]: signAssertion(call, SECRET, HOLES, Date.now() - 60_000) })],
    ["an assertion for another subgraph", () => ({ [ASSERTION_HEADER]: signAssertion(call, SECRET, { ...HOLES, subgraph: "events" }) })],
    ["an assertion for another body", () => ({ [ASSERTION_HEADER]: signAssertion(call, SECRET, { subgraph: "toy", body: "{}" }) })],
    ["a signed null", () => ({ [ASSERTION_HEADER]: forged("null") })],
    ["a signed text that is not JSON", () => ({ [ASSERTION_HEADER]: forged("x") })],
    ["a false assertion beside a token", () => ({ [ASSERTION_HEADER]: "v1.e30.x", authorization: "Bearer x" })],
    ["a false token", () => ({ authorization: "Bearer x.y.z" })],
    ["another scheme", () => ({ authorization: "Basic dTpw" })],
    ["headers that name a viewer", () => ({ "x-viewer": "admin", "x-user": "admin", "x-forwarded-user": "admin" })],
  ])("refuses callers with %s, even for its SDL", async (_, headers) => {
    for (const body of [undefined, '{"query":"{ _service { sdl } }"}', '{"query":"{ __schema { queryType { name } } }"}']) {
      const answer = await post(headers(), body);
      expect(answer.status).toBe(401);
      expect(answer.json).toEqual({ errors: [{ message: "The credential is not valid", extensions: { code: "UNAUTHENTICATED" } }] });
      expect(answer.headers.get("www-authenticate")).toBe("Bearer");
    }
  });

  it.each([
    ["{", 400, "INVALID_JSON"],
    ["[]", 400, "BAD_REQUEST"],
    ["{}", 400, "BAD_REQUEST"],
    ['{"query":"{ holes }","variables":[]}', 400, "BAD_REQUEST"],
    ['{"query":"{ holes }","operationName":7}', 400, "BAD_REQUEST"],
    [`{"query":"${"x".repeat(5_000)}"}`, 413, "PAYLOAD_TOO_LARGE"],
  ])("answers %.20s with %i", async (body, status, code) => {
    const answer = await post(assertion(body), body);
    expect([answer.status, answer.json.errors[0].extensions.code]).toEqual([status, code]);
  });

  describe("its SDL", () => {
    const sdl = async (viewer: Viewer) =>
      post({ authorization: `Bearer ${await issuer.mint(viewer, 60)}` }, '{"query":"{ s: _service { sdl } }"}');
    const introspected = async (viewer: Viewer) =>
      post({ authorization: `Bearer ${await issuer.mint(viewer, 60)}` }, '{"query":"{ __schema { types { name } } }"}');
    const service = { subject: "client", memberships: [{ role: "SERVICE" as const, scope: "*" }] };

    it.each<[string, Viewer]>([
      ["an administrator", { subject: "li", memberships: [{ role: "ADMIN", scope: "*" }] }],
      ["a service that is granted it", { ...service, grants: ["sdl"] }],
    ])("is read by %s", async (_, viewer) => {
      expect((await sdl(viewer)).json.data.s.sdl).toContain("type Place");
      expect((await introspected(viewer)).json.data.__schema.types).toContainEqual({ name: "Place" });
    });

    it.each<[string, Viewer]>([
      ["nobody", { subject: "li", memberships: [] }],
      ["a resident", { subject: "li", memberships: [{ role: "RESIDENT", scope: "community:018f3f50-0000-7000-8000-000000000001" }] }],
      ["an administrator of a region", { subject: "li", memberships: [{ role: "ADMIN", scope: "region:51" }] }],
      ["a service without the grant", service],
      ["one with the grant who is no service", { subject: "li", memberships: [], grants: ["sdl"] }],
    ])("is not read by %s", async (_, viewer) => {
      const { json } = await sdl(viewer);
      expect(json.errors[0].extensions.code).toBe("FORBIDDEN");
      expect(JSON.stringify(json)).not.toContain("type Place");
      const answer = await introspected(viewer);
      expect([answer.status, answer.json.errors[0].extensions.code]).toEqual([400, "INTROSPECTION_DISABLED"]);
      expect(answer.json.data).toBeUndefined();
    });
  });

  it.each(["anonymous", "gateway", "operator", "platform", "service"])(
    "no token names %j, as the platform calls itself",
    async (subject) => {
      const token = await issuer.mint({ subject, memberships: [{ role: "ADMIN", scope: "*" }] }, 60);
      expect((await post({ authorization: `Bearer ${token}` })).status).toBe(401);
    },
  );

  it("is alive, ready and measured without a credential", async () => {
    const get = async (path: string) => (await fetch(server.url + path)).status;
    expect(await Promise.all(["/health", "/ready", "/metrics", "/nothing"].map(get))).toEqual([200, 200, 200, 404]);
    expect(await get("/graphql")).toBe(405);
    const ping = jest.spyOn(subgraph, "ping").mockRejectedValue(new Error("no database"));
    expect(await Promise.all(["/health", "/ready"].map(get))).toEqual([200, 503]);
    ping.mockRestore();
  });

  describe("through its endpoint", () => {
    const endpointTo = (url: string, options: { timeoutMs?: number; maxResponseBytes?: number; secret?: string } = {}) =>
      httpEndpoint({ name: "toy", url, secret: SECRET, timeoutMs: 1_000, maxResponseBytes: 1_000_000, ...options });
    const codeFrom = async (endpoint: ReturnType<typeof endpointTo>) => {
      const { errors, data } = await endpoint.execute({ query: "{ holes }" }, call);
      await endpoint.close();
      expect(data).toBeUndefined();
      expect(JSON.stringify(errors)).not.toMatch(/127\.0\.0\.1|toy|ECONN/);
      return errors?.[0]?.extensions.code;
    };

    it("answers, gives its SDL and its health", async () => {
      const endpoint = endpointTo(`${server.url}/graphql`);
      expect((await endpoint.execute({ query: "{ holes }" }, call)).data).toEqual({ holes: ["a", null, "c"] });
      expect(await endpoint.sdl()).toContain("type Place");
      await endpoint.healthy();
      await endpoint.close();
    });

    it("says so when it is refused, down, silent, or tells too much or nonsense", async () => {
      expect(await codeFrom(endpointTo(server.url, { secret: "another secret" }))).toBe("SERVICE_REFUSED");
      expect(await codeFrom(endpointTo("http://127.0.0.1:1"))).toBe("SERVICE_UNAVAILABLE");
      expect(await codeFrom(endpointTo(server.url, { maxResponseBytes: 10 }))).toBe("SERVICE_RESPONSE_TOO_LARGE");
      const odd = createServer((request, response) => {
        if (request.headers["x-request-id"] === "request-1") response.end("<html>");
      });
      await new Promise<void>((resolve) => odd.listen(0, "127.0.0.1", resolve));
      expect(await codeFrom(endpointTo(`http://127.0.0.1:${(odd.address() as AddressInfo).port}`))).toBe("SERVICE_UNAVAILABLE");
      odd.removeAllListeners("request");
      const began = performance.now();
      expect(await codeFrom(endpointTo(`http://127.0.0.1:${(odd.address() as AddressInfo).port}`, { timeoutMs: 200 }))).toBe(
        "SERVICE_TIMEOUT",
      );
      expect(performance.now() - began).toBeLessThan(8_000);
      odd.closeAllConnections();
      await new Promise((resolve) => odd.close(resolve));
    });
  });
});
