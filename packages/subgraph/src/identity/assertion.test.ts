import { createHmac } from "node:crypto";
import fc from "fast-check";
import { ASSERTION_LIFETIME_SECONDS, isAboutBody, signAssertion, verifyAssertion } from "./assertion";
import { type Grant, ROLES, type Viewer } from "./viewer";

const SECRET = "a secret for this test, which is long enough";
const NOW = Date.UTC(2025, 0, 1);
const officer: Viewer = { subject: "wang", memberships: [{ role: "OFFICER", scope: "region:510116" }] };
const call = { viewer: officer, requestId: "request-1", script: "zh-Hant" as const };

const scopes = fc.oneof(
  fc.constant("*"),
  fc.stringMatching(/^[0-9]{6}$/).map((code) => `region:${code}`),
  fc.uuid().map((id) => `community:${id}`),
);
const viewers = fc.record(
  {
    issuer: fc.constantFrom("https://id.example", "urn:gongjian:local-issuer"),
    subject: fc.stringMatching(/^[a-z 社区]{1,40}$/),
    grants: fc.constantFrom<readonly Grant[]>(["sdl"], ["events:read-drafts", "matching:read-drafts"]),
    memberships: fc.array(fc.record({ role: fc.constantFrom(...ROLES), scope: scopes }), { maxLength: 5 }),
  },
  { requiredKeys: ["subject", "memberships"] },
);

/** An assertion with any payload, signed with any key: what a forger would make who had the key. */
function forge(payload: object | null, secret = SECRET): string {
  const body = `v2.${Buffer.from(JSON.stringify(payload)).toString("base64url")}`;
  return `${body}.${createHmac("sha256", secret).update(body).digest("base64url")}`;
}

const ASKED = { subgraph: "toy", body: '{"query":"{ a }"}' };
const genuine = { aud: "gongjian:subgraph:toy", iat: NOW / 1000, sub: "wang", mem: [], rid: "request-1", scr: null, bod: "x" };

describe("assertions", () => {
  it("carry any call unchanged", () => {
    fc.assert(
      fc.property(viewers, fc.constantFrom("zh-Hans" as const, "zh-Hant" as const, null), (viewer, script) => {
        const stated = { viewer, requestId: "request-1", script };
        expect(verifyAssertion(signAssertion(stated, SECRET, ASKED, NOW), SECRET, "toy", NOW)?.call).toEqual(stated);
      }),
    );
  });

  it("are for one body, to the byte", () => {
    const { bodyHash = "" } = verifyAssertion(signAssertion(call, SECRET, ASKED, NOW), SECRET, "toy", NOW) ?? {};
    expect(isAboutBody(bodyHash, ASKED.body)).toBe(true);
    fc.assert(fc.property(fc.string(), (body) => expect(isAboutBody(bodyHash, body)).toBe(body === ASKED.body)));
    expect(isAboutBody(bodyHash, `${ASKED.body} `)).toBe(false);
  });

  it("are good for their lifetime and no longer, nor before", () => {
    const token = signAssertion(call, SECRET, ASKED, NOW);
    const at = (seconds: number) => verifyAssertion(token, SECRET, "toy", NOW + seconds * 1000);
    expect(at(ASSERTION_LIFETIME_SECONDS)).not.toBeNull();
    expect(at(ASSERTION_LIFETIME_SECONDS + 1)).toBeNull();
    expect(at(-ASSERTION_LIFETIME_SECONDS - 1)).toBeNull();
  });

  it("hold for their secret alone, and never for an empty one", () => {
    expect(verifyAssertion(signAssertion(call, "another secret", ASKED, NOW), SECRET, "toy", NOW)).toBeNull();
    expect(verifyAssertion(signAssertion(call, "", ASKED, NOW), "", "toy", NOW)).toBeNull();
  });

  it("do not survive the change of any character", () => {
    const token = signAssertion(call, SECRET, ASKED, NOW);
    fc.assert(
      fc.property(fc.nat(token.length - 1), fc.constantFrom(..."abcXYZ019-_."), (index, character) => {
        fc.pre(token[index] !== character);
        const edited = token.slice(0, index) + character + token.slice(index + 1);
        const last = index === token.length - 1;
        // the last character of a base64url text has bits that say nothing
        if (!last) expect(verifyAssertion(edited, SECRET, "toy", NOW)).toBeNull();
      }),
    );
  });

  it.each([
    ["another audience", { ...genuine, aud: "gongjian:elsewhere" }],
    ["an unknown role", { ...genuine, mem: [{ role: "EMPEROR", scope: "*" }] }],
    ["a malformed scope", { ...genuine, mem: [{ role: "ADMIN", scope: "community:1 or 1=1" }] }],
    ["an issuer that is none", { ...genuine, iss: "" }],
    ["no subject", { ...genuine, sub: undefined }],
    ["another subgraph", { ...genuine, aud: "gongjian:subgraph:events" }],
    ["no body", { ...genuine, bod: undefined }],
    ["no payload", null],
    ["a list for a payload", []],
    ["no time", { ...genuine, iat: undefined }],
  ])("with %s are refused even when well signed", (_, payload) => {
    expect(verifyAssertion(forge(genuine), SECRET, "toy", NOW)).not.toBeNull();
    expect(verifyAssertion(forge(payload), SECRET, "toy", NOW)).toBeNull();
  });

  it("are never read from anything else", () => {
    fc.assert(fc.property(fc.string(), (text) => expect(verifyAssertion(text, SECRET, "toy", NOW)).toBeNull()));
  });
});
