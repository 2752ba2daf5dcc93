import { PLATFORM, ROLES, type Role, type Viewer } from "@gongjian/subgraph";
import { canChangeEvent, canManageEvent, canSeeEvent, visible } from "./event.policy";

const X = "11111111-1111-4111-8111-111111111111";
const Y = "22222222-2222-4222-8222-222222222222";
const event = { regionScopeCodes: ["51", "5101", "510116"], organisingCommunities: [X], organisingOrganisations: [Y] };
const viewer = (role: Role, scope: string): Viewer => ({ subject: "someone", memberships: [{ role, scope }] });

const NEAR = ["*", "region:510116", "region:51", `community:${X}`, `organisation:${Y}`];
const FAR = ["region:510112", "region:5", `community:${Y}`, `organisation:${X}`];

/** Rows: role; columns: manage, change, see a draft, within reach. Out of reach every answer is no. */
const TRUTH: Record<Role, [manageByRegion: boolean, change: boolean, seeDraft: boolean]> = {
  PUBLIC: [false, false, false],
  RESIDENT: [false, false, false],
  COMMUNITY_WORKER: [false, true, true],
  ORGANISATION_REP: [false, true, true],
  OFFICER: [true, true, true],
  AUDITOR: [false, false, true],
  ADMIN: [true, true, true],
  SERVICE: [false, false, false],
};

test.each(ROLES.flatMap((role) => NEAR.map((scope) => [role, scope] as const)))("%s of %s, within reach", (role, scope) => {
  const [manage, change, see] = TRUTH[role];
  const who = viewer(role, scope);
  const regional = scope === "*" || scope.startsWith("region:");
  expect(canManageEvent(who, event)).toBe(manage && regional);
  expect(canChangeEvent(who, event)).toBe(change);
  expect(canSeeEvent(who, { ...event, state: "DRAFT" })).toBe(see);
});

test.each(ROLES.flatMap((role) => FAR.map((scope) => [role, scope] as const)))("%s of %s, out of reach", (role, scope) => {
  const who = viewer(role, scope);
  expect(canManageEvent(who, event)).toBe(false);
  expect(canChangeEvent(who, event)).toBe(false);
  expect(canSeeEvent(who, { ...event, state: "DRAFT" })).toBe(false);
});

test("what is not a draft is seen by everybody", () => {
  for (const state of ["PUBLISHED", "CANCELLED"])
    expect(canSeeEvent({ subject: "anonymous", memberships: [] }, { ...event, state })).toBe(true);
});

test("an event without a region is managed by those of everywhere only", () => {
  const nowhere = { ...event, regionScopeCodes: [] };
  expect(canManageEvent(viewer("OFFICER", "region:51"), nowhere)).toBe(false);
  expect(canManageEvent(viewer("ADMIN", "*"), nowhere)).toBe(true);
});

test("the condition for lists has no more forms than there are kinds of viewer", () => {
  expect(visible(viewer("ADMIN", "*"))).toEqual([]);
  expect(visible(viewer("AUDITOR", "*"))).toEqual([]);
  expect(visible(viewer("RESIDENT", `community:${X}`))).toEqual([{ sql: "e.state <> 'DRAFT'", params: [] }]);
  const [a] = visible(viewer("OFFICER", "region:51"));
  const [b] = visible(viewer("COMMUNITY_WORKER", `community:${X}`));
  expect(a!.sql).toBe(b!.sql);
  expect([a!.params, b!.params]).toEqual([
    [["51"], [], []],
    [[], [X], []],
  ]);
});

test("the platform sees a draft, and of services those that are granted it", () => {
  const draft = { ...event, state: "DRAFT" };
  const service = { subject: "x", memberships: [{ role: "SERVICE" as const, scope: "*" }] };
  expect(canSeeEvent(PLATFORM, draft)).toBe(true);
  expect(visible(PLATFORM)).toEqual([]);
  expect(canSeeEvent({ ...service, grants: ["events:read-drafts"] }, draft)).toBe(true);
  expect(visible({ ...service, grants: ["events:read-drafts"] })).toEqual([]);
  for (const viewer of [
    service,
    { ...service, grants: ["matching:read-drafts", "sdl"] as const },
    { ...service, memberships: [], grants: ["events:read-drafts"] as const },
  ]) {
    expect(canSeeEvent(viewer, draft)).toBe(false);
    expect(visible(viewer)).not.toEqual([]);
  }
  expect(canChangeEvent(PLATFORM, draft)).toBe(false);
});
