import { MEMBERSHIP_ROLES } from "@gongjian/entities-communities";
import fc from "fast-check";
import { checkGrant, partsOf, SCOPES_OF_ROLE, type Grant } from "./membership.rules";

const ID = "11111111-1111-4111-8111-111111111111";
const SCOPES = { "*": "*", region: "region:510116", community: `community:${ID}`, organisation: `organisation:${ID}` };
const fields = (grant: Partial<Grant>) =>
  checkGrant({ issuer: "https://id.example", subject: "wang", role: "OFFICER", scope: "region:510116", ...grant }).map(
    ({ field }) => field,
  );

test("a role is held over the kinds of place that it is meant for, and no others", () => {
  for (const role of MEMBERSHIP_ROLES)
    for (const kind of ["*", "region", "community", "organisation"] as const)
      expect(fields({ role, scope: SCOPES[kind] })).toEqual(SCOPES_OF_ROLE[role].includes(kind) ? [] : ["scope"]);
});

test.each<[string, Partial<Grant>, string[]]>([
  ["nothing wrong", {}, []],
  ["no issuer", { issuer: undefined }, ["issuer"]],
  ["an empty subject", { subject: "" }, ["subject"]],
  ["a subject of two lines", { subject: "a\nb" }, ["subject"]],
  ["a subject that is too long", { subject: "x".repeat(201) }, ["subject"]],
  ["a scope of capitals", { scope: SCOPES.community.replace(/1/gu, "A"), role: "RESIDENT" }, ["scope"]],
  ["a period that ends before it begins", { startsOn: "2024-05-02", endsOn: "2024-05-01" }, ["endsOn"]],
  ["a period of one day", { startsOn: "2024-05-01", endsOn: "2024-05-01" }, []],
  ["a reason that is too long", { reason: "x".repeat(501) }, ["reason"]],
])("%s", (_name, grant, expected) => expect(fields(grant)).toEqual(expected));

test("the parts of a scope make it up again; other texts have none", () => {
  for (const scope of Object.values(SCOPES)) {
    const { kind, key } = partsOf(scope)!;
    expect(kind === "*" ? kind : `${kind}:${key}`).toBe(scope);
  }
  fc.assert(
    fc.property(fc.string(), (text) =>
      expect(text === "*" || /^(region|community|organisation):/u.test(text) || partsOf(text) === null).toBe(true),
    ),
  );
  for (const text of ["region:", "community:x", "planet:earth", "*:", " *"]) expect(partsOf(text)).toBeNull();
});
