import { ROLES, type Viewer } from "@gongjian/subgraph";
import { canChangeCommunity, canCreateCommunity, scopesOfCommunity } from "./community/community.policy";
import { canChangeOrganisation, canCreateOrganisation, scopesOfOrganisation } from "./organisation/organisation.policy";
import { canRecordPopulation } from "./population/population.policy";
import { canChangeRegion, scopesOfRegion } from "./region/region.policy";

const region = { scopeCodes: ["51", "5101", "510116", "510116003", "zone-tianfu"] };
const community = { id: "11111111-1111-4111-8111-111111111111" };
const organisation = "22222222-2222-4222-8222-222222222222";

/** Scopes that reach the records below, and scopes beside them. */
const REACHING = ["*", "region:51", "region:510116003", "region:zone-tianfu", `community:${community.id}`, `organisation:${organisation}`];
const BESIDE = [
  "region:5",
  "region:510117",
  "region:51011600",
  "community:33333333-3333-4333-8333-333333333333",
  "organisation:33333333-3333-4333-8333-333333333333",
];

const TABLE = [
  ["change a region", (viewer: Viewer) => canChangeRegion(viewer, scopesOfRegion(region)), ["OFFICER", "ADMIN"], ["*", "region"]],
  [
    "enter a community",
    (viewer: Viewer) => canCreateCommunity(viewer, scopesOfCommunity(null, region)),
    ["OFFICER", "ADMIN"],
    ["*", "region"],
  ],
  [
    "change a community",
    (viewer: Viewer) => canChangeCommunity(viewer, scopesOfCommunity(community, region)),
    ["COMMUNITY_WORKER", "OFFICER", "ADMIN"],
    ["*", "region", "community"],
  ],
  [
    "record its population",
    (viewer: Viewer) => canRecordPopulation(viewer, scopesOfCommunity(community, region)),
    ["COMMUNITY_WORKER", "OFFICER", "ADMIN"],
    ["*", "region", "community"],
  ],
  [
    "enter an organisation",
    (viewer: Viewer) => canCreateOrganisation(viewer, scopesOfOrganisation(null, region.scopeCodes)),
    ["OFFICER", "ADMIN"],
    ["*", "region"],
  ],
  [
    "change an organisation",
    (viewer: Viewer) => canChangeOrganisation(viewer, scopesOfOrganisation(organisation, region.scopeCodes)),
    ["ORGANISATION_REP", "OFFICER", "ADMIN"],
    ["*", "region", "organisation"],
  ],
] as const;

describe.each(TABLE)("%s", (_name, allowed, roles, kinds) => {
  test.each(ROLES.flatMap((role) => [...REACHING, ...BESIDE].map((scope) => [role, scope] as const)))("%s in %s", (role, scope) => {
    const expected =
      (roles as readonly string[]).includes(role) &&
      REACHING.includes(scope) &&
      (kinds as readonly string[]).includes(scope.split(":")[0]!);
    expect(allowed({ subject: "s", memberships: [{ role, scope }] })).toBe(expected);
  });

  test("nobody without a membership", () => expect(allowed({ subject: "anonymous", memberships: [] })).toBe(false));
});
