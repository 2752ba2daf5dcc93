import { generateKeyPairSync, sign } from "node:crypto";
import { StoredMemberships } from "./stored-memberships";
import { TokenVerifier } from "./tokens";
import { type Membership, PLATFORM_ISSUER } from "./viewer";

const ISSUER = "https://id.example";
const OFFICER: Membership = { role: "OFFICER", scope: "region:510116" };
const wang = { issuer: ISSUER, subject: "wang", memberships: [] };

/** A store whose answer, failure and clock the test holds. */
function store() {
  const state = {
    now: 0,
    asked: [] as string[],
    answer: (): Promise<readonly Membership[]> => Promise.resolve([OFFICER]),
    warned: [] as unknown[],
  };
  const stored = new StoredMemberships({
    lookUp: (issuer, subject) => {
      state.asked.push(`${issuer} ${subject}`);
      return state.answer();
    },
    trustSeconds: 30,
    deadlineMs: 20,
    warn: (error) => state.warned.push(error),
    now: () => state.now,
  });
  return { state, stored };
}

test("a subject is asked about once for requests that come together, and again when the stated time is over", async () => {
  const { state, stored } = store();
  const together = await Promise.all(Array.from({ length: 50 }, () => stored.viewerOf(wang)));
  for (const viewer of together) expect(viewer).toEqual({ ...wang, memberships: [OFFICER] });
  expect(state.asked).toEqual([`${ISSUER} wang`]);
  state.answer = () => Promise.resolve([]);
  state.now = 29_999;
  expect((await stored.viewerOf(wang)).memberships).toEqual([OFFICER]);
  state.now = 30_000;
  expect((await stored.viewerOf(wang)).memberships).toEqual([]);
  expect(state.asked).toHaveLength(2);
  expect(state.warned).toEqual([]);
});

test("the stated time runs from the question, not from its answer", async () => {
  const { state, stored } = store();
  state.answer = async () => {
    state.now += 10_000;
    return [OFFICER];
  };
  await stored.viewerOf(wang);
  state.answer = () => Promise.resolve([]);
  state.now = 30_000;
  expect((await stored.viewerOf(wang)).memberships).toEqual([]);
});

test("the same subject of another issuer is somebody else, and one without an issuer is nobody", async () => {
  const { state, stored } = store();
  await stored.viewerOf(wang);
  await stored.viewerOf({ ...wang, issuer: "https://other.example" });
  expect(state.asked).toEqual([`${ISSUER} wang`, "https://other.example wang"]);
  expect(await stored.viewerOf({ subject: "wang", memberships: [OFFICER] })).toEqual({ subject: "wang", memberships: [] });
  expect(state.asked).toHaveLength(2);
});

test.each<[string, () => Promise<readonly Membership[]>]>([
  ["fails", () => Promise.reject(new Error("communities is down"))],
  ["hangs", () => new Promise(() => undefined)],
  ["answers nonsense", () => Promise.resolve([{ role: "EMPEROR", scope: "*" }] as never)],
])("a store that %s gives nobody anything, is said to, and is soon asked again", async (_how, answer) => {
  const { state, stored } = store();
  await stored.viewerOf(wang);
  state.now = 30_000;
  state.answer = answer;
  expect((await stored.viewerOf(wang)).memberships).toEqual([]);
  expect((await stored.viewerOf(wang)).memberships).toEqual([]);
  expect([state.warned.length, state.asked.length]).toEqual([1, 2]);
  state.answer = () => Promise.resolve([OFFICER]);
  state.now = 31_000;
  expect((await stored.viewerOf(wang)).memberships).toEqual([OFFICER]);
});

test("the number of subjects that are remembered is bounded", async () => {
  const { state, stored } = store();
  for (let index = 0; index <= 10_000; index++) await stored.viewerOf({ ...wang, subject: `s${index}` });
  expect(state.asked).toHaveLength(10_001);
  await stored.viewerOf({ ...wang, subject: "s10000" });
  expect(state.asked).toHaveLength(10_001);
  await stored.viewerOf({ ...wang, subject: "s0" });
  expect(state.asked).toHaveLength(10_002);
});

describe("a verifier", () => {
  const pair = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const jwks = { keys: [{ ...pair.publicKey.export({ format: "jwk" }), kid: "k", alg: "RS256", use: "sig" }] };
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString("base64url");
  const token = (claims: object) => {
    const body = `${encode({ alg: "RS256", kid: "k" })}.${encode({ iss: ISSUER, aud: "gongjian", sub: "wang", exp: 60, ...claims })}`;
    return `${body}.${sign("sha256", Buffer.from(body), pair.privateKey).toString("base64url")}`;
  };
  const ADMIN = { "gongjian:memberships": [{ role: "ADMIN", scope: "*" }] };
  const verifier = (believesClaims: boolean | undefined, stored: StoredMemberships) =>
    new TokenVerifier({
      issuers: [{ issuer: ISSUER, audience: "gongjian", jwks, believesClaims }],
      clockToleranceSeconds: 0,
      stored,
      now: () => 0,
    });

  test("believes no claims unless told to, not even to refuse malformed ones, and looks up what is stored", async () => {
    for (const claims of [ADMIN, {}, { "gongjian:memberships": "nonsense" }]) {
      const { stored } = store();
      for (const believes of [false, undefined])
        expect(await verifier(believes, stored).verify(token(claims))).toEqual({ ...wang, memberships: [OFFICER] });
    }
  });

  test("takes a believed claim for all there is and looks nothing up; without one it looks", async () => {
    const { state, stored } = store();
    const believing = verifier(true, stored);
    expect((await believing.verify(token(ADMIN))).memberships).toEqual([{ role: "ADMIN", scope: "*" }]);
    expect((await believing.verify(token({ "gongjian:memberships": [] }))).memberships).toEqual([]);
    expect(state.asked).toEqual([]);
    expect((await believing.verify(token({}))).memberships).toEqual([OFFICER]);
    expect(state.asked).toHaveLength(1);
  });

  test("looks up anew with a token that it knows already", async () => {
    const { state, stored } = store();
    const one = verifier(false, stored);
    const text = token({});
    await one.verify(text);
    state.now = 30_000;
    state.answer = () => Promise.resolve([]);
    expect((await one.verify(text)).memberships).toEqual([]);
  });

  test("trusts nobody who calls himself the platform", () => {
    expect(
      () => new TokenVerifier({ issuers: [{ issuer: PLATFORM_ISSUER, audience: "gongjian", jwks }], clockToleranceSeconds: 0 }),
    ).toThrow();
  });
});
