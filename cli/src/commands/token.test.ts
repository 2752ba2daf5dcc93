import { isReservedSubject, ROLES } from "@gongjian/subgraph";
import { banner } from "../banner";
import { commandFor, DEMO_PEOPLE } from "../demo-people";
import { namedBy } from "./revoke-token";
import { grants, membership } from "./token";

test("the demo has one person for each role, named by it, whose command says what they hold", () => {
  expect(DEMO_PEOPLE.map(({ membership: { role } }) => role)).toEqual(ROLES.filter((role) => role !== "PUBLIC"));
  for (const person of DEMO_PEOPLE) {
    const { role, scope } = person.membership;
    expect(person.subject).toBe(`demo-${role.toLowerCase().replace(/_/gu, "-")}`);
    expect(isReservedSubject(person.subject)).toBe(false);
    const [, named = "", given] = /--role (\S+)(?: --scope (\S+))?$/u.exec(commandFor(person)) ?? [];
    expect(membership(named, role === "SERVICE" ? undefined : given)).toEqual({ role, scope });
    if (role === "SERVICE") expect(grants(given)).toEqual(["events:read-drafts"]);
  }
});

test("they are told when the demo starts, and not without it", () => {
  const [demo, production] = [banner("http://x", true), banner("http://x", false)];
  for (const person of DEMO_PEOPLE) {
    expect(demo).toContain(commandFor(person));
    expect(production).not.toContain(commandFor(person));
  }
});

test("a service's scopes are named in any order, each once, and no other words are taken", () => {
  expect(grants("sdl, events:read-drafts sdl")).toEqual(["events:read-drafts", "sdl"]);
  expect(grants(undefined)).toEqual([]);
  expect(grants("*")).toEqual([]);
  expect(() => grants("events:write")).toThrow("There is no scope events:write for a service.");
});

test("a token to revoke is named by what it says of itself", () => {
  const token = (claims: object) => `x.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.y`;
  const named = { issuer: "https://id.example", tokenId: "j", expiresAt: "2030-01-01T00:00:00.000Z" };
  expect(namedBy(token({ iss: named.issuer, jti: "j", exp: Date.UTC(2030, 0) / 1000 }))).toEqual(named);
  expect(() => namedBy(token({ iss: named.issuer, exp: 1 }))).toThrow("The token has no iss, jti and exp");
  expect(() => namedBy("nonsense")).toThrow("That is not a token.");
});
