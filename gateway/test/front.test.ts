import { createHash } from "node:crypto";
import { connect } from "node:net";
import { type Door, openDoor } from "./door";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const post = (body: string | Buffer, headers: Record<string, string> = {}) => ({
  method: "POST",
  headers: { "content-type": "application/json", ...headers },
  body,
});
/** A name of two Chinese characters (社区) in GBK. */
const gbk = Buffer.concat([
  Buffer.from('{"query":"query ($name: String) { __typename }","variables":{"name":"'),
  Buffer.from([0xc9, 0xe7, 0xc7, 0xf8]),
  Buffer.from('"}}'),
]);
const codeOf = (answer: { json: { errors: { extensions: { code: string } }[] } }) => answer.json.errors[0]?.extensions.code;

describe("the front door", () => {
  let door: Door;
  beforeAll(async () => {
    door = await openDoor({ settings: { bodyLimitBytes: 20_000, corsOrigins: ["https://a.example"] } });
  });
  afterAll(() => door.close());

  describe("bad requests", () => {
    it.each([
      ["broken JSON", post("{"), 400, "INVALID_JSON"],
      ["no body", post(""), 400, "INVALID_JSON"],
      ["a batch", post('[{"query":"{ __typename }"}]'), 400, "BAD_REQUEST"],
      ["a JSON text", post('"{ __typename }"'), 400, "BAD_REQUEST"],
      ["no query", post("{}"), 400, "BAD_REQUEST"],
      ["a query that is no text", post('{"query":{"a":1}}'), 400, "BAD_REQUEST"],
      ["variables that are no object", post('{"query":"{ __typename }","variables":[1]}'), 400, "BAD_REQUEST"],
      ["another encoding than UTF-8", post(gbk, { "content-type": "application/json; charset=gbk" }), 400, "BAD_REQUEST"],
      [
        "a character that is cut in two",
        post(Buffer.from('{"query":"{ __typename }","operationName":"社"}').subarray(0, -3)),
        400,
        "BAD_REQUEST",
      ],
      ["a form", post("query={__typename}", { "content-type": "application/x-www-form-urlencoded" }), 415, "UNSUPPORTED_MEDIA_TYPE"],
      ["text", post('{"query":"{ __typename }"}', { "content-type": "text/plain" }), 415, "UNSUPPORTED_MEDIA_TYPE"],
      ["a compressed body", post("x", { "content-encoding": "gzip" }), 415, "UNSUPPORTED_MEDIA_TYPE"],
      ["a body over the limit", post(`{"query":"${"x".repeat(20_001)}"}`), 413, "PAYLOAD_TOO_LARGE"],
      ["PUT", { method: "PUT", body: "{}" }, 405, "METHOD_NOT_ALLOWED"],
      ["a syntax error", post('{"query":"{ all {"}'), 400, "GRAPHQL_PARSE_FAILED"],
      ["a NUL byte", post('{"query":"{ all\\u0000 { id } }"}'), 400, "GRAPHQL_PARSE_FAILED"],
      ["an unknown operation", post('{"query":"query A { __typename }","operationName":"B"}'), 400, "OPERATION_RESOLUTION_FAILURE"],
      ["an unknown field", post('{"query":"{ al { id } }"}'), 400, "GRAPHQL_VALIDATION_FAILED"],
    ])("%s", async (_, init, status, code) => {
      const answer = await door.send("/graphql", init);
      expect(answer.status).toBe(status);
      expect(codeOf(answer)).toBe(code);
      expect(answer.text).not.toMatch(/did you mean/i);
      expect(answer.headers.get("content-type")).toMatch(/^application\/json/);
      expect(answer.headers.get("x-request-id")).toMatch(/^[\w-]{36}$/);
    });

    it("refuses an endless body as soon as it passes the limit", async () => {
      const { port } = new URL(door.url);
      const answer = await new Promise<string>((resolve, reject) => {
        const socket = connect(Number(port), "127.0.0.1", () => {
          socket.write("POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n");
          for (let i = 0; i < 10; i++) socket.write(`1000\r\n${"x".repeat(4096)}\r\n`);
        });
        let text = "";
        socket.on("data", (chunk) => {
          text += chunk;
        });
        socket.on("close", () => resolve(text));
        socket.on("error", reject);
      });
      expect(answer).toMatch(/^HTTP\/1.1 413 /);
      expect(answer).toContain("PAYLOAD_TOO_LARGE");
    });
  });

  describe("GET", () => {
    const get = (query: string, headers: Record<string, string> = {}) =>
      door.send(`/graphql?query=${encodeURIComponent(query)}`, { headers });

    it("answers a query that no simple form could have sent", async () => {
      const answer = await get("{ community(id: 1) { name } }", { "apollo-require-preflight": "1" });
      expect(answer.json).toEqual({ data: { community: { name: "社区 1" } } });
    });

    it("refuses what a form on another site could send", async () => {
      const answer = await get("{ community(id: 1) { name } }");
      expect([answer.status, codeOf(answer)]).toEqual([400, "BAD_REQUEST"]);
    });

    it("refuses mutations", async () => {
      const answer = await get('mutation { rename(id: 1, name: "x") { __typename } }', { "apollo-require-preflight": "1" });
      expect(answer.status).toBe(405);
      expect(answer.headers.get("allow")).toBe("POST");
      expect(answer.json.data).toBeUndefined();
    });
  });

  describe("automatic persisted queries", () => {
    const query = "{ community(id: 2) { id } }";
    const extensions = { persistedQuery: { version: 1, sha256Hash: sha256(query) } };

    it("asks for the text once, and knows it from then on", async () => {
      const unknown = await door.send("/graphql", post(JSON.stringify({ extensions })));
      expect(codeOf(unknown)).toBe("PERSISTED_QUERY_NOT_FOUND");
      const registered = await door.send("/graphql", post(JSON.stringify({ query, extensions })));
      const known = await door.send("/graphql", post(JSON.stringify({ extensions })));
      expect(known.json).toEqual({ data: { community: { id: "2" } } });
      expect(known.text).toBe(registered.text);
    });

    it("takes no text under another's hash", async () => {
      const answer = await door.send("/graphql", post(JSON.stringify({ query: "{ community(id: 3) { id } }", extensions })));
      expect(answer.status).toBe(400);
      expect((await door.send("/graphql", post(JSON.stringify({ extensions })))).json.data.community.id).toBe("2");
    });

    it("counts the cost of a persisted query by each request's variables", async () => {
      const list =
        "query ($n: Int) { communities(first: $n) { nodes { neighbours(first: $n) { nodes { neighbours(first: $n) { nodes { id } } } } } } }";
      const persisted = { persistedQuery: { version: 1, sha256Hash: sha256(list) } };
      expect((await door.send("/graphql", post(JSON.stringify({ query: list, variables: { n: 2 }, extensions: persisted })))).status).toBe(
        200,
      );
      const costly = await door.send("/graphql", post(JSON.stringify({ variables: { n: 100 }, extensions: persisted })));
      expect(codeOf(costly)).toBe("OPERATION_TOO_COSTLY");
    });
  });

  describe("CORS", () => {
    const preflight = (origin: string) =>
      door.send("/graphql", {
        method: "OPTIONS",
        headers: { origin, "access-control-request-method": "POST", "access-control-request-headers": "content-type" },
      });

    it.each(["https://a.example", "https://studio.apollographql.com"])("lets %s in", async (origin) => {
      const answer = await preflight(origin);
      expect(answer.status).toBe(204);
      expect(answer.headers.get("access-control-allow-origin")).toBe(origin);
      expect(answer.headers.get("access-control-allow-credentials")).toBeNull();
      const asked = await door.ask("{ __typename }", {}, { origin });
      expect(asked.headers.get("access-control-allow-origin")).toBe(origin);
    });

    it.each(["https://b.example", "https://a.example.evil", "null", "http://a.example"])("does not let %s in", async (origin) => {
      expect((await preflight(origin)).headers.get("access-control-allow-origin")).toBeNull();
      expect((await door.ask("{ __typename }", {}, { origin })).headers.get("access-control-allow-origin")).toBeNull();
    });
  });

  describe("errors", () => {
    it("masks what a subgraph did not mean to say, and logs where to look", async () => {
      const answer = await door.ask('{ fail(how: "secretly") }', {}, { "x-request-id": "request-0002" });
      expect(answer.json.errors).toEqual([
        { message: "Something went wrong on our side.", path: ["fail"], extensions: { code: "INTERNAL", errorId: "subgraph-error-id" } },
      ]);
      expect(answer.text).not.toMatch(/postgres|hush|communities|stack/);
      expect(door.log.some((line) => line.includes("subgraph-error-id") && line.includes("request-0002"))).toBe(true);
    });

    it("keeps code, message, path and details of what a subgraph did mean to say", async () => {
      const answer = await door.ask('{ x: fail(how: "forbidden") }');
      expect(answer.json.errors).toEqual([
        { message: "You may not do this.", path: ["x"], extensions: { code: "FORBIDDEN", concept: "Need" } },
      ]);
    });
  });

  describe("around the graph", () => {
    it("is alive and ready, and says when a subgraph is not", async () => {
      expect((await door.send("/health")).json).toEqual({ status: "ok" });
      expect((await door.send("/ready")).json).toEqual({
        status: "ready",
        services: { communities: "ok", events: "ok" },
        breakers: { communities: "closed", events: "closed" },
      });
      const [communities] = door.subgraphs;
      if (communities) communities.healthy = false;
      await new Promise((resolve) => setTimeout(resolve, 600));
      const answer = await door.send("/ready");
      expect([answer.status, answer.json.services.communities]).toEqual([503, "unavailable"]);
      expect((await door.send("/health")).status).toBe(200);
      if (communities) communities.healthy = true;
    });

    it("measures", async () => {
      await door.ask("{ nothing }");
      await door.ask("{ __typename }");
      const { text, headers } = await door.send("/metrics");
      expect(headers.get("content-type")).toMatch(/^text\/plain/);
      expect(text).toMatch(/gongjian_request_duration_seconds_count\{service="gateway",operation="query",outcome="ok"\} [1-9]/);
      expect(text).toMatch(/gongjian_errors_total\{code="GRAPHQL_VALIDATION_FAILED",service="gateway"\} [1-9]/);
      expect(text).toMatch(/gongjian_requests_in_flight\{service="gateway"\} 0/);
    });

    it("leads to GraphiQL, which may ask nobody else", async () => {
      const home = await door.send("/");
      expect([home.status, home.headers.get("location")]).toEqual([302, "/graphiql"]);
      const examples = await door.send("/graphiql/examples.json");
      expect(examples.json[0].query).toContain("query");
      for (const path of ["/graphiql/../package.json", "/graphiql/%2e%2e/package.json", "/graphiql/src/main.tsx", "/nothing"]) {
        expect((await door.send(path)).status).toBe(404);
      }
    });

    it("takes a caller's request id only when it is harmless", async () => {
      const answer = await door.ask("{ me { requestId } }", {}, { "x-request-id": 'abc" onload="x' });
      expect(answer.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
      expect(answer.json.data.me.requestId).toBe(answer.headers.get("x-request-id"));
    });
  });

  it("executes for callers in this process, with the same limits and masks", async () => {
    const viewer = { subject: "cli", memberships: [] };
    expect(await door.gateway.executeOperation({ query: "{ me { subject } }" }, { viewer })).toEqual({ data: { me: { subject: "cli" } } });
    expect(await door.gateway.executeOperation({ query: "{ me { nothing } }" })).toMatchObject({
      errors: [{ extensions: { code: "GRAPHQL_VALIDATION_FAILED" } }],
    });
  });
});
