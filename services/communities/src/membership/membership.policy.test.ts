import { MEMBERSHIP_ROLES, type MembershipRole } from "@gongjian/entities-communities";
import { PLATFORM, ROLES, type Role, type Viewer } from "@gongjian/subgraph";
import { canLookUpMemberships, canReadMembership, grantingRole, type Place } from "./membership.policy";

const COMMUNITY = "community:11111111-1111-4111-8111-111111111111";
const ORGANISATION = "organisation:22222222-2222-4222-8222-222222222222";
const DISTRICT = ["region:51", "region:5101", "region:510116"];
const STREET = [...DISTRICT, "region:510116001", "region:zone-tianfu"];

const PLACES: Record<string, Place> = {
  everything: { scope: "*", within: [] },
  district: { scope: "region:510116", within: DISTRICT },
  street: { scope: "region:510116001", within: STREET },
  community: { scope: COMMUNITY, within: [COMMUNITY, ...STREET] },
  organisation: { scope: ORGANISATION, within: [ORGANISATION, ...DISTRICT] },
  "other street": { scope: "region:510112001", within: ["region:51", "region:5101", "region:510112", "region:510112001"] },
};

/** Held roles and scopes, and all that they may grant. What is not here is refused. */
const TABLE: readonly (readonly [Role, string, Partial<Record<string, readonly MembershipRole[]>>])[] = [
  ["ADMIN", "*", Object.fromEntries(Object.keys(PLACES).map((place) => [place, MEMBERSHIP_ROLES]))],
  [
    "ADMIN",
    "region:510116",
    { district: MEMBERSHIP_ROLES, street: MEMBERSHIP_ROLES, community: MEMBERSHIP_ROLES, organisation: MEMBERSHIP_ROLES },
  ],
  [
    "OFFICER",
    "region:510116",
    {
      // of the district itself no other officer: that would be beside
      district: ["COMMUNITY_WORKER", "ORGANISATION_REP", "RESIDENT"],
      street: ["OFFICER", "COMMUNITY_WORKER", "ORGANISATION_REP", "RESIDENT"],
      community: ["OFFICER", "COMMUNITY_WORKER", "ORGANISATION_REP", "RESIDENT"],
      organisation: ["OFFICER", "COMMUNITY_WORKER", "ORGANISATION_REP", "RESIDENT"],
    },
  ],
  [
    "OFFICER",
    "region:510116001",
    {
      street: ["COMMUNITY_WORKER", "ORGANISATION_REP", "RESIDENT"],
      community: ["OFFICER", "COMMUNITY_WORKER", "ORGANISATION_REP", "RESIDENT"],
    },
  ],
  [
    "OFFICER",
    "region:zone-tianfu",
    {
      street: ["OFFICER", "COMMUNITY_WORKER", "ORGANISATION_REP", "RESIDENT"],
      community: ["OFFICER", "COMMUNITY_WORKER", "ORGANISATION_REP", "RESIDENT"],
    },
  ],
  ["COMMUNITY_WORKER", COMMUNITY, { community: ["RESIDENT"] }],
  ["COMMUNITY_WORKER", COMMUNITY.replace(/1/gu, "3"), {}],
  ["ORGANISATION_REP", ORGANISATION, { organisation: ["ORGANISATION_REP"] }],
  ["ORGANISATION_REP", ORGANISATION.replace(/2/gu, "3"), {}],
  ["RESIDENT", COMMUNITY, {}],
  ["AUDITOR", "*", {}],
  ["SERVICE", "*", {}],
  ["PUBLIC", "*", {}],
];
const viewer = (role: Role, scope: string): Viewer => ({ issuer: "i", subject: "granter", memberships: [{ role, scope }] });
const CELLS = TABLE.flatMap(([role, scope, allowed]) =>
  Object.keys(PLACES).map((place) => [role, scope, place, allowed[place] ?? []] as const),
);

test.each(CELLS)("%s of %s grants in %s: %j", (role, scope, place, allowed) => {
  const granted = MEMBERSHIP_ROLES.filter((granting) => grantingRole(viewer(role, scope), granting, PLACES[place]!) !== null);
  expect(granted.sort()).toEqual([...allowed].sort());
});

test.each(CELLS)("%s of %s reads in %s what they may grant, and auditors all", (role, scope, place, allowed) => {
  const of = (held: MembershipRole) => ({ issuer: "i", subject: "somebody", role: held });
  const read = MEMBERSHIP_ROLES.filter((held) => canReadMembership(viewer(role, scope), of(held), PLACES[place]!));
  expect(read.sort()).toEqual((role === "AUDITOR" ? [...MEMBERSHIP_ROLES] : [...allowed]).sort());
});

test("everybody reads their own, and the same subject of another issuer is somebody else", () => {
  const nobody: Viewer = { issuer: "i", subject: "s", memberships: [] };
  const own = { issuer: "i", subject: "s", role: "ADMIN" as const };
  expect(canReadMembership(nobody, own, PLACES["everything"]!)).toBe(true);
  expect(canReadMembership({ ...nobody, issuer: "other" }, own, PLACES["everything"]!)).toBe(false);
  expect(canReadMembership({ subject: "s", memberships: [] }, own, PLACES["everything"]!)).toBe(false);
});

test("only the platform looks memberships up: no role makes a token the platform", () => {
  expect(canLookUpMemberships(PLATFORM)).toBe(true);
  for (const role of ROLES) {
    expect(canLookUpMemberships(viewer(role, "*"))).toBe(false);
    expect(canLookUpMemberships({ subject: "platform", memberships: [{ role, scope: "*" }] })).toBe(false);
  }
});

test("it is told under which role somebody grants", () => {
  const both: Viewer = {
    subject: "s",
    memberships: [...viewer("RESIDENT", COMMUNITY).memberships, ...viewer("OFFICER", "region:51").memberships],
  };
  expect(grantingRole(both, "RESIDENT", PLACES["community"]!)).toBe("OFFICER");
});
