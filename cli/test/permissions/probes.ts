import { HELD } from "@gongjian/communities";
import { stableId } from "@gongjian/database";
import { randomUUID } from "node:crypto";
import { getNamedType, isUnionType } from "graphql";
import {
  COMMUNITIES,
  event,
  EVENT,
  MATCH,
  need,
  NEED,
  offer,
  OFFER,
  ORGANISATIONS,
  REGIONS,
  ROUND,
  SERIES,
  SESSION,
  SUGGESTION,
} from "./story";
import { COLUMNS, GROUND } from "./ground";
import { PAIRING_MUTATIONS, PAIRING_TARGETS } from "./pairings";
import { PEOPLE_MUTATIONS, PEOPLE_TARGETS } from "./people";
import { REQUEST, REQUEST_MUTATIONS, REQUEST_TARGETS } from "./requests";
import { CONTACT, CONTACT_MUTATIONS } from "./personal";
import { PROJECT_MUTATIONS, PROJECT_TARGETS } from "./projects";
import { PRACTICE_MUTATIONS } from "./practices";
import { SURVEY_MUTATIONS } from "./surveys";
import type { Town } from "./town";

const { region, communityId, organisationId, below } = GROUND;
/** No record has come so far: a write that is let in answers with a conflict and changes nothing. */
const expectedVersion = 999;
export const ISSUER = "urn:permissions-test";

/** Whose membership a row of the table speaks of, and over what. */
export const HOLDINGS = HELD.map(([role, over]) => ({
  when: over === "everywhere" ? `${role} everywhere` : `${role} of the ${over}`,
  role,
  scope: {
    community: `community:${communityId}`,
    organisation: `organisation:${organisationId}`,
    region: `region:${region}`,
    "region below": `region:${below}`,
    everywhere: "*",
  }[over],
}));
const holding = (when: string | undefined) => HOLDINGS.find((held) => held.when === when)!;
/** The memberships that are to be revoked, by the row that speaks of them. */
export const REVOKED = new Map<string, string>();

/** A record for each column, raised by the column's own person, under the policy that lets them at it. */
export const RAISED: Readonly<Record<string, Map<string, string>>> = { isRaiser: new Map(), canKeepRequest: new Map() };

/** The input with which a mutation is tried. `tag` is a number of its own for each try. */
type Input = (tag: number, when?: string) => object;

const dry =
  (...rows: object[]): Input =>
  () => ({ rows, dryRun: true });
const day = (tag: number): string => new Date(Date.UTC(2000, 0, 1 + tag)).toISOString().slice(0, 10);
const { key: _key, seriesKey: _seriesKey, published: _published, ...meeting } = event("x", "2026-04-08", false);
const entryOf = (row: { roundKey: string; key: string; illustrative: boolean }): object => {
  const { roundKey: _roundKey, key: _entryKey, illustrative: _illustrative, ...given } = row;
  return given;
};
const person = { partyKind: "COMMUNITY", partyId: communityId };

/** How each mutation is tried; a new one wants a line here. */
export const MUTATIONS: Readonly<Record<string, Input>> = {
  updateRegion: () => ({ code: region, expectedVersion, name: "另名" }),
  importRegions: dry(REGIONS.find(({ code }) => code === region)!),
  createCommunity: (tag) => ({
    scheme: "CN_STATS",
    identifier: `510116003${String(100 + tag).slice(-3)}`,
    kind: "URBAN",
    name: `社区${tag}`,
    regionCode: region,
  }),
  importCommunities: dry(COMMUNITIES[0]!),
  importCommunityTraits: dry({ communityId, traits: ["MULTI_ETHNIC"] }),
  updateCommunity: () => ({ id: communityId, expectedVersion, description: "另述" }),
  createOrganisation: (tag) => ({ key: `try-${tag}`, kind: "SOCIAL_ORGANISATION", name: `组织${tag}`, regionCode: region }),
  importOrganisations: dry(ORGANISATIONS[0]!),
  updateOrganisation: () => ({ id: organisationId, expectedVersion, description: "另述" }),
  mergeOrganisations: () => ({
    keepId: organisationId,
    keepVersion: expectedVersion,
    mergeId: stableId("organisation", "twin"),
    mergeVersion: expectedVersion,
  }),
  recordPopulation: (tag) => ({ snapshot: { communityId, asOf: day(tag), residents: 1 } }),
  importPopulations: dry({ communityId, asOf: "2023-01-01", residents: 1 }),
  grantMembership: (tag, when) => ({ issuer: ISSUER, subject: `granted-${tag}`, role: holding(when).role, scope: holding(when).scope }),
  revokeMembership: (_tag, when) => ({ id: REVOKED.get(when!), expectedVersion }),
  createEventSeries: (tag) => ({ key: `try-${tag}`, name: `系列${tag}`, regionCode: region }),
  updateEventSeries: () => ({ id: SERIES, expectedVersion, name: "另名" }),
  importEventSeries: dry({ key: "salon", name: "有约", regionCode: region }),
  createEvent: (tag) => ({ ...meeting, key: `try-${tag}` }),
  updateEvent: () => ({ id: EVENT.open, expectedVersion, name: "另名" }),
  publishEvent: () => ({ id: EVENT.open, expectedVersion }),
  cancelEvent: () => ({ id: EVENT.open, expectedVersion }),
  importEvents: dry(event("open", "2024-04-08", true)),
  setOrganisers: () => ({ eventId: EVENT.open, expectedVersion, organisers: [{ role: "HOST", ...person }] }),
  importOrganisers: dry({ eventKey: "open", role: "HOST", ...person }),
  createSession: (tag) => ({ eventId: EVENT.open, key: `try-${tag}`, kind: "NEGOTIATION", title: `洽谈${tag}` }),
  updateSession: () => ({ id: SESSION.open, expectedVersion, title: "另题" }),
  importSessions: dry({ key: "open-talk", eventKey: "open", title: "洽谈", kind: "NEGOTIATION" }),
  importParticipants: dry({ sessionKey: "open-talk", role: "SPEAKER", ...person }),
  createRound: (tag) => ({ key: `try-${tag}`, regionCode: region, title: `清单${tag}`, year: 2025 }),
  updateRound: () => ({ id: ROUND.matched, expectedVersion, title: "另题" }),
  advanceRound: () => ({ id: ROUND.matched, expectedVersion, to: "SIGNED" }),
  runMatching: () => ({ roundId: ROUND.matched, dryRun: true }),
  importRounds: dry({ key: "matched", regionCode: region, year: 2024, title: "清单matched" }),
  createNeed: (tag) => ({ ...entryOf(need("collecting", "")), roundId: ROUND.collecting, key: `try-${tag}` }),
  updateNeed: () => ({ id: NEED.open, expectedVersion, title: "另题" }),
  withdrawNeed: () => ({ id: NEED.open, expectedVersion }),
  importNeeds: dry(need("collecting", "n1")),
  createOffer: (tag) => ({ ...entryOf(offer("collecting", "")), roundId: ROUND.collecting, key: `try-${tag}` }),
  updateOffer: () => ({ id: OFFER.open, expectedVersion, title: "另题" }),
  withdrawOffer: () => ({ id: OFFER.open, expectedVersion }),
  importOffers: dry(offer("collecting", "o1")),
  raiseSuggestion: (tag, when) => ({
    communityId,
    title: `建议${tag}`,
    body: `第${tag}条建议`,
    topic: "TRANSPORT",
    ...(when === "in the community's name" && { inNameOf: { communityId } }),
    ...(when === "in the organisation's name" && { inNameOf: { organisationId } }),
  }),
  assignSuggestion: () => ({ id: SUGGESTION.open, expectedVersion, to: { organisationId } }),
  mergeSuggestion: () => ({ id: SUGGESTION.open, expectedVersion, into: SUGGESTION.unpublished }),
  separateSuggestion: () => ({ id: SUGGESTION.open, expectedVersion }),
  publishSuggestion: () => ({ id: SUGGESTION.open, expectedVersion, published: true }),
  escalateSuggestion: () => ({ id: SUGGESTION.open, expectedVersion }),
  answerSuggestion: () => ({ id: SUGGESTION.open, expectedVersion, decision: "EXPLAINED", text: "已有" }),
  completeSuggestion: () => ({ id: SUGGESTION.open, expectedVersion, outcome: "已建成" }),
  acceptSuggestion: () => ({ id: SUGGESTION.open, expectedVersion, rating: 5 }),
  reopenSuggestion: () => ({ id: SUGGESTION.open, expectedVersion, reason: "未完" }),
  withdrawSuggestion: () => ({ id: SUGGESTION.open, expectedVersion }),
  importSuggestions: dry({
    key: "old",
    channel: "ONLINE",
    communityId,
    raisedOn: "2024-01-08",
    title: "旧建议",
    body: "旧建议",
    topic: "TRANSPORT",
  }),
  ...PAIRING_MUTATIONS(expectedVersion),
  ...REQUEST_MUTATIONS(expectedVersion),
  ...PEOPLE_MUTATIONS(expectedVersion),
  ...PRACTICE_MUTATIONS(expectedVersion),
  ...SURVEY_MUTATIONS(expectedVersion),
  ...CONTACT_MUTATIONS,
  ...PROJECT_MUTATIONS(expectedVersion, MATCH),
  importCalendarDays: dry({ calendar: "CN", day: "2031-01-01", name: "元旦", working: false }),
  moveMatch: (_tag, when) => ({ id: MATCH.open, expectedVersion, to: when!.slice("to ".length) }),
};

/** The document that tries a mutation. */
export function mutationOf(town: Town, name: string): string {
  const field = town.api.getMutationType()!.getFields()[name]!;
  const result = getNamedType(field.type);
  const bulk = isUnionType(result) && result.getTypes().some((type) => type.name === "BulkOutcome");
  const rows = bulk ? " ... on BulkOutcome { rows { problems { code message } } }" : "";
  return `mutation ($input: ${field.args[0]!.type.toString()}) { answer: ${name}(input: $input) { __typename${rows} } }`;
}

/** What mutations name a record that can be hidden, and under which of the story's records they are tried. */
export const targets = (): readonly { type: string; named: readonly string[]; mutations: readonly string[] }[] => [
  { type: "Match", named: [MATCH.open], mutations: ["moveMatch"] },
  { type: "Event", named: [EVENT.open], mutations: ["updateEvent", "publishEvent", "cancelEvent", "setOrganisers", "createSession"] },
  { type: "Session", named: [SESSION.open], mutations: ["updateSession"] },
  {
    type: "Round",
    named: [ROUND.matched, ROUND.collecting],
    mutations: ["updateRound", "advanceRound", "runMatching", "createNeed", "createOffer"],
  },
  { type: "Need", named: [NEED.open], mutations: ["updateNeed", "withdrawNeed"] },
  {
    type: "Suggestion",
    named: [SUGGESTION.open],
    mutations: ["assignSuggestion", "publishSuggestion", "answerSuggestion", "acceptSuggestion", "withdrawSuggestion"],
  },
  ...PAIRING_TARGETS,
  ...REQUEST_TARGETS,
  ...PEOPLE_TARGETS,
  ...PROJECT_TARGETS,
  { type: "Contact", named: [CONTACT.community], mutations: ["updateContact", "removeContact"] },
  { type: "Offer", named: [OFFER.open], mutations: ["updateOffer", "withdrawOffer"] },
];
export const columnsWithToken = COLUMNS.filter(({ role }) => role !== "PUBLIC");

/** Gives each column's person a suggestion and a request of their own: what one's own is depends on who asks, and on nothing in the table. */
export async function tellOwn(town: Town, issuer: string): Promise<void> {
  for (const { viewer } of columnsWithToken) {
    const own = randomUUID();
    const changes = JSON.stringify({ id: own, key: null, raised_by_subject: viewer.subject, raised_by_issuer: issuer });
    await town.database.sql(
      `SET session_replication_role = replica; INSERT INTO communities.suggestion SELECT (jsonb_populate_record(s, '${changes}')).* FROM communities.suggestion s WHERE s.id = '${SUGGESTION.open}'`,
    );
    RAISED["isRaiser"]!.set(viewer.subject, own);
    const wish = JSON.stringify({ id: randomUUID(), key: null, raised_by_subject: viewer.subject, raised_by_issuer: issuer });
    const [row] = await town.database.sql<{ id: string }>(
      `INSERT INTO communities.service_request SELECT (jsonb_populate_record(q, '${wish}')).* FROM communities.service_request q WHERE q.id = '${REQUEST.wish}' RETURNING id`,
    );
    RAISED["canKeepRequest"]!.set(viewer.subject, row!.id);
  }
}

/** Operations that no token may use, or that are over once they are used: the test that tries them instead. */
export const TRIED_IN: Readonly<Record<string, readonly string[]>> = {
  "services/communities/test/tokens.test.ts": ["tokenIsRevoked", "revokeToken"],
};
