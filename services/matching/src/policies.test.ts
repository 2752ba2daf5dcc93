import { MATCH_STATES, type MatchState } from "@gongjian/entities-matching";
import { PLATFORM, ROLES, type Role, type Viewer } from "@gongjian/subgraph";
import { canMoveMatch, sidesOf } from "./match/match.policy";
import { canWriteNeed, scopesOfNeed } from "./need/need.policy";
import { canWriteOffer, scopesOfOffer } from "./offer/offer.policy";
import { canKeepRound, scopesOfRound } from "./round/round.policy";
import { visibleMatches, visibleNeeds, visibleOffers, visibleOutlooks, visibleRounds } from "./visibility";

const community = "11111111-1111-4111-8111-111111111111";
const organisation = "22222222-2222-4222-8222-222222222222";
const round = { regionScopeCodes: ["51", "5101", "510116", "510116003", "zone-tianfu"] };
const match = { communityId: community, organisationId: organisation, ...round };
const viewer = (role: Role, scope: string): Viewer => ({ subject: "someone", memberships: [{ role, scope }] });

const REACHING = ["*", "region:51", "region:510116003", "region:zone-tianfu", `community:${community}`, `organisation:${organisation}`];
const BESIDE = ["region:5", "region:510117", "region:51011600", `community:${organisation}`, `organisation:${community}`];

const TABLE = [
  ["keep a round", (who: Viewer) => canKeepRound(who, scopesOfRound(round)), ["OFFICER", "ADMIN"], ["*", "region"]],
  [
    "write a need",
    (who: Viewer) => canWriteNeed(who, scopesOfNeed(community.toUpperCase(), round)),
    ["COMMUNITY_WORKER", "OFFICER", "ADMIN"],
    ["*", "region", "community"],
  ],
  [
    "write an offer",
    (who: Viewer) => canWriteOffer(who, scopesOfOffer(organisation.toUpperCase(), round)),
    ["ORGANISATION_REP", "OFFICER", "ADMIN"],
    ["*", "region", "organisation"],
  ],
] as const;

/** Where each role reaches a match: officers and administrators by region, the two sides by region or by what is their own. */
const REACH: Partial<Record<Role, readonly string[]>> = {
  COMMUNITY_WORKER: ["*", "region", "community"],
  ORGANISATION_REP: ["*", "region", "organisation"],
  OFFICER: ["*", "region"],
  ADMIN: ["*", "region"],
};
const MOVES: Record<MatchState, readonly Role[]> = {
  SUGGESTED: [],
  PROPOSED: ["OFFICER", "ADMIN"],
  ACCEPTED: ["COMMUNITY_WORKER", "ORGANISATION_REP", "OFFICER", "ADMIN"],
  DECLINED: ["COMMUNITY_WORKER", "ORGANISATION_REP", "OFFICER", "ADMIN"],
  SIGNED: ["OFFICER", "ADMIN"],
  FULFILLED: ["COMMUNITY_WORKER", "OFFICER", "ADMIN"],
  LAPSED: [],
};
const SIDES: Partial<Record<Role, readonly string[]>> = {
  COMMUNITY_WORKER: ["COMMUNITY"],
  ORGANISATION_REP: ["ORGANISATION"],
  OFFICER: ["COMMUNITY", "ORGANISATION"],
  ADMIN: ["COMMUNITY", "ORGANISATION"],
};

describe("a match", () => {
  test.each(ROLES.flatMap((role) => [...REACHING, ...BESIDE].map((scope) => [role, scope] as const)))(
    "is moved by %s in %s",
    (role, scope) => {
      const reaches = REACHING.includes(scope) && (REACH[role] ?? []).includes(scope.split(":")[0]!);
      for (const to of MATCH_STATES) expect(canMoveMatch(viewer(role, scope), to, match)).toBe(reaches && MOVES[to].includes(role));
      expect(sidesOf(viewer(role, scope), match)).toEqual(reaches ? (SIDES[role] ?? []) : []);
    },
  );
});

describe.each(TABLE)("%s", (_name, allowed, roles, kinds) => {
  test.each(ROLES.flatMap((role) => [...REACHING, ...BESIDE].map((scope) => [role, scope] as const)))("%s in %s", (role, scope) => {
    const expected =
      (roles as readonly string[]).includes(role) &&
      REACHING.includes(scope) &&
      (kinds as readonly string[]).includes(scope.split(":")[0]!);
    expect(allowed(viewer(role, scope))).toBe(expected);
  });

  test("nobody without a membership", () => expect(allowed({ subject: "anonymous", memberships: [] })).toBe(false));
});

describe("what a list shows", () => {
  const conditions = [visibleRounds, visibleNeeds, visibleOffers, visibleMatches, visibleOutlooks];

  test.each(["ADMIN", "AUDITOR"] as const)("%s of everywhere sees everything", (role) => {
    for (const condition of conditions) expect(condition(viewer(role, "*"))).toEqual([]);
  });

  test("the platform sees everything, and of services those that are granted it", () => {
    const granted = { ...viewer("SERVICE", "*"), grants: ["matching:read-drafts"] as const };
    for (const condition of conditions) {
      expect(condition(PLATFORM)).toEqual([]);
      expect(condition(granted)).toEqual([]);
      expect(condition({ ...granted, grants: ["events:read-drafts"] })).not.toEqual([]);
      expect(condition({ ...granted, memberships: [] })).not.toEqual([]);
      expect(condition({ ...granted, memberships: [{ role: "RESIDENT", scope: "*" }] })).not.toEqual([]);
    }
  });

  test.each(["PUBLIC", "RESIDENT", "COMMUNITY_WORKER", "ORGANISATION_REP", "SERVICE"] as const)("%s of everywhere does not", (role) => {
    for (const condition of conditions) expect(condition(viewer(role, "*"))).toHaveLength(1);
  });

  test("the parameters are the scopes of the viewer, and nobody else's", () => {
    const params = (who: Viewer) => visibleMatches(who).map((condition) => condition.params);
    expect(params(viewer("OFFICER", "region:51"))).toEqual([[["51"], [], []]]);
    expect(params(viewer("COMMUNITY_WORKER", `community:${community}`))).toEqual([[[], [community], []]]);
    expect(params(viewer("ORGANISATION_REP", `organisation:${organisation}`))).toEqual([[[], [], [organisation]]]);
    expect(params(viewer("RESIDENT", `community:${community}`))).toEqual([[[], [], []]]);
  });
});
