import { stableId } from "@gongjian/database";
import type { Rule } from "@gongjian/subgraph";
import { ADMIN, conceptOf, GROUND, type Data } from "./ground";
import { PERIOD, SURVEY, SURVEYS } from "./surveys";
import { LINK_PAIRINGS, PAIRING, PAIRINGS, PAIRINGS_HIDDEN } from "./pairings";
import { APPOINTMENT, appointments, COMPOUND, FACILITY, FACILITY_CHANGE, PEOPLE, PEOPLE_HIDDEN, PERSON, REGION_FACILITY } from "./people";
import { PASS_ON, REQUEST, REQUESTS, REQUESTS_HIDDEN } from "./requests";
import { CONTACT } from "./personal";
import { PROJECT, PROJECTS_HIDDEN, TELL_PROJECTS } from "./projects";
import { ADOPTION, HONOUR, HONOURS, PRACTICE, practices } from "./practices";
import type { Town } from "./town";

const { region, communityId, organisationId, otherCommunityId, otherOrganisationId } = GROUND;

export const REGIONS = [
  { code: "51", name: "四川省", level: "PROVINCE", scheme: "CN_STATS" },
  { code: "5101", name: "成都市", level: "CITY", parentCode: "51", scheme: "CN_STATS" },
  { code: "510116", name: "双流区", level: "DISTRICT", parentCode: "5101", scheme: "CN_STATS" },
  { code: "510116003", name: "华阳街道", level: "STREET", parentCode: "510116", scheme: "CN_STATS" },
  { code: "510112", name: "龙泉驿区", level: "DISTRICT", parentCode: "5101", scheme: "CN_STATS" },
  { code: "zone-tianfu", name: "天府新区", level: "DISTRICT", kind: "ZONE", parentCode: "51", manages: ["510116"], scheme: "GONGJIAN" },
];
export const COMMUNITIES = [
  { scheme: "CN_STATS", identifier: "510116003001", name: "祥鹤社区", kind: "URBAN", regionCode: "510116" },
  { scheme: "CN_STATS", identifier: "510112001001", name: "五星社区", kind: "URBAN", regionCode: "510112" },
];
export const ORGANISATIONS = [
  { key: "own", name: "悦邻服务中心", kind: "RESIDENT_TEAM", regionCode: "510116", illustrative: true },
  { key: "other", name: "银龄服务中心", kind: "SOCIAL_ORGANISATION", regionCode: "510112", illustrative: true },
  { key: "twin", name: "悦邻服务站", kind: "RESIDENT_TEAM", regionCode: "510116", illustrative: true },
];
export const event = (key: string, day: string, published: boolean) => ({
  key,
  seriesKey: "salon",
  name: `沙龙${key}`,
  kind: "SALON",
  startsAt: `${day}T12:00:00+08:00`,
  endsAt: `${day}T18:00:00+08:00`,
  timeZone: "Asia/Shanghai",
  regionCode: region,
  published,
});
const organisers = (eventKey: string) => [
  { eventKey, role: "HOST", order: 1, partyKind: "COMMUNITY", partyId: communityId },
  { eventKey, role: "HOST", order: 2, partyKind: "ORGANISATION", partyId: organisationId },
];
const participants = (sessionKey: string) => [
  { sessionKey, role: "SPEAKER", order: 1, partyKind: "COMMUNITY", partyId: communityId },
  { sessionKey, role: "SPEAKER", order: 2, partyKind: "ORGANISATION", partyId: organisationId },
];

export const EVENT = { open: stableId("event", "open"), draft: stableId("event", "draft") };
export const SESSION = { open: stableId("session", "open-talk"), draft: stableId("session", "draft-talk") };
export const SERIES = stableId("event-series", "salon");
export const SNAPSHOT = stableId("population-snapshot", `${communityId}:2024-01-01`);
export const ROUND = {
  matched: stableId("round", "matched"),
  collecting: stableId("round", "collecting"),
  draft: stableId("round", "draft"),
};
const entry = (concept: "need" | "offer", round: keyof typeof ROUND, key: string): string => stableId(concept, `${ROUND[round]}:${key}`);
export const NEED = {
  open: entry("need", "matched", "n1"),
  declined: entry("need", "matched", "n2"),
  withdrawn: entry("need", "matched", "n3"),
  draft: entry("need", "draft", "n1"),
  collecting: entry("need", "collecting", "n1"),
  /** Its match was declined before it was withdrawn. */
  given: entry("need", "matched", "n4"),
};
export const OFFER = {
  open: entry("offer", "matched", "o1"),
  withdrawn: entry("offer", "matched", "o2"),
  draft: entry("offer", "draft", "o1"),
  collecting: entry("offer", "collecting", "o1"),
};
/** Filled in when the story has been told: the matching chooses the ids. */
export const MATCH = { open: "", declined: "", given: "", early: "01930000-0000-7000-8000-000000000001" };

export const need = (roundKey: string, key: string) => ({
  roundKey,
  key,
  communityId,
  kind: "SERVICE",
  title: `需求${key}`,
  fundKind: "GUARANTEE",
  budgetMin: 10_000_00,
  budgetMax: 30_000_00,
  currency: "CNY",
  startsOn: "2024-06-01",
  endsOn: "2024-12-31",
  tags: ["养老服务"],
  quantity: 1,
  illustrative: true,
});
export const offer = (roundKey: string, key: string) => ({
  roundKey,
  key,
  organisationId,
  kinds: ["SERVICE"],
  title: `资源${key}`,
  capabilities: ["养老服务"],
  price: 20_000_00,
  currency: "CNY",
  capacity: 3,
  coverage: [region],
  availableFrom: "2024-05-01",
  availableTo: "2024-12-31",
  illustrative: true,
});

/** Filled in when the story has been told. */
export const SUGGESTION = { open: "", unpublished: "", withdrawn: "", duplicate: "", lost: "", keyed: "", keyedHidden: "" };

/** A type's records that are not public: `Type:key` and what hides them, in the words of the table. */
export const HIDDEN = new Map<string, string>([
  [`Event:${EVENT.draft}`, "it is a draft"],
  [`Session:${SESSION.draft}`, "its event is a draft"],
  [`Round:${ROUND.draft}`, "it is a draft"],
  [`Round:${ROUND.collecting}`, "it is collecting"],
  [`Need:${NEED.draft}`, "its round is not published"],
  [`Need:${NEED.collecting}`, "its round is not published"],
  [`Need:${NEED.withdrawn}`, "it is withdrawn"],
  [`Need:${NEED.given}`, "it is withdrawn"],
  [`Match:${MATCH.early}`, "its round is not matched"],
  [`Offer:${OFFER.draft}`, "its round is not published"],
  [`Offer:${OFFER.collecting}`, "its round is not published"],
  [`Offer:${OFFER.withdrawn}`, "it is withdrawn"],
  ...PEOPLE_HIDDEN,
  ...PAIRINGS_HIDDEN,
  ...REQUESTS_HIDDEN,
  ...PROJECTS_HIDDEN,
]);

/** Fields that show less than their record does: `Type:key.field`, and the row of the table that decides. */
export const HIDDEN_FIELDS = new Map<string, Rule>([
  [`Need:${NEED.declined}.blockers`, conceptOf("Need")!.fields!["Need.blockers"] as Rule],
  [`SurveyPeriod:${PERIOD}.results`, conceptOf("SurveyPeriod")!.fields!["SurveyPeriod.results"] as Rule],
]);

/** The arguments of the root queries that cannot do without: each shows what is public and what is not. */
export const ARGUMENTS: Readonly<Record<string, readonly string[]>> = {
  region: Object.values({ region, beside: GROUND.beside, zone: GROUND.zone }).map((code) => `code: "${code}"`),
  community: [communityId, otherCommunityId].map((id) => `id: "${id}"`),
  compareCommunities: [`ids: ["${communityId}", "${otherCommunityId}"]`],
  communityByIdentifier: ['scheme: CN_STATS, value: "510116003001"'],
  organisation: [organisationId, otherOrganisationId].map((id) => `id: "${id}"`),
  team: [`id: "${organisationId}"`],
  populationSnapshot: [`id: "${SNAPSHOT}"`],
  get compound() {
    return [`id: "${COMPOUND.id}"`];
  },
  facility: [`id: "${FACILITY}"`],
  nearestFacilities: [`from: { communityId: "${communityId}" }, within: 2000`],
  honour: Object.values(HONOUR).map((id) => `id: "${id}"`),
  practice: Object.values(PRACTICE).map((id) => `id: "${id}"`),
  searchPlaces: ['text: "双流"', 'text: "祥鹤"', 'text: "悦邻"'],
  organisationDuplicates: [`id: "${organisationId}"`, 'within: "5101"'],
  search: ['text: "车棚"', 'text: "某人"', 'text: "祥鹤"', 'text: "悦邻"', 'text: "做法"', 'text: "小院"'],
  resolveNames: ['references: [{ kind: COMMUNITY, text: "祥鹤社区" }]'],
  event: Object.values(EVENT).map((id) => `id: "${id}"`),
  eventByKey: ["open", "draft"].map((key) => `key: "${key}"`),
  eventSeries: [`id: "${SERIES}"`],
  eventSeriesByKey: ['key: "salon"'],
  round: Object.values(ROUND).map((id) => `id: "${id}"`),
  roundByKey: Object.keys(ROUND).map((key) => `key: "${key}"`),
  need: Object.values(NEED).map((id) => `id: "${id}"`),
  offer: Object.values(OFFER).map((id) => `id: "${id}"`),
  project: Object.values(PROJECT).map((id) => `id: "${id}"`),
  suggestionByKey: ["keyed", "keyed and hidden"].map((key) => `key: "${key}"`),
  serviceRequest: Object.values(REQUEST).map((id) => `id: "${id}"`),
  get suggestion() {
    return Object.values(SUGGESTION).map((id) => `id: "${id}"`);
  },
  person: Object.values(PERSON).map((id) => `id: "${id}"`),
  appointment: Object.values(APPOINTMENT).map((id) => `id: "${id}"`),
  pairing: Object.values(PAIRING).map((id) => `id: "${id}"`),
  pairingByKey: Object.keys(PAIRING).map((key) => `key: "${key}"`),
  regionPairingNetwork: [`within: "${region}"`],
  similarSuggestions: ['text: "希望增设车棚第1处", atLeast: 0.05'],
  survey: [`id: "${SURVEY}"`],
  workingCalendar: ["year: 2025"],
  endOfTerm: ['from: "2025-01-06", workingDays: 5'],
  get match() {
    return Object.values(MATCH).map((id) => `id: "${id}"`);
  },
};

/** Tells the story through the gateway, as an administrator would. */
export async function tell(town: Town): Promise<void> {
  const did = async (query: string, variables: object): Promise<Data> => {
    const { data, errors } = await town.ask(ADMIN, query, variables);
    if (errors.length > 0) throw new Error(`The story could not be told: ${JSON.stringify(errors)}`);
    return data.answer;
  };
  const imported = async (concept: string, rows: object[]): Promise<void> => {
    const answer = await did(
      `mutation ($input: Import${concept}Input!) { answer: import${concept}(input: $input) { ... on BulkOutcome { written rows { problems { field code } } } } }`,
      { input: { rows } },
    );
    if (!answer.written) throw new Error(`${concept} were not written: ${JSON.stringify(answer)}`);
  };
  const one = (result: string, field: string, input: object): Promise<Data> =>
    did(`mutation ($input: ${result}Input!) { answer: ${field}(input: $input) { __typename } }`, { input }).then((answer) => {
      if (/Conflict|Closed|Failed|Order|Exhausted/u.test(answer.__typename)) throw new Error(`${field}: ${answer.__typename}`);
    });
  const advanced = async (id: string, to: string): Promise<void> => {
    const { version } = await did("query ($id: ID!) { answer: round(id: $id) { version } }", { id });
    await one("AdvanceRound", "advanceRound", { id, to, expectedVersion: version });
  };

  await imported("Regions", REGIONS);
  await imported("Communities", COMMUNITIES);
  await imported("Organisations", ORGANISATIONS);
  await imported("Teams", [{ organisationId, communityId, members: 20 }]);
  await imported("Populations", [{ communityId, asOf: "2024-01-01", residents: 23_000, households: 9_000 }]);
  const compound = { communityId, name: "祥鹤苑", kind: "COMMODITY_HOUSING", managerId: organisationId };
  const entered =
    "mutation ($compound: CompoundRow!) { answer: createCompound(input: { compound: $compound }) { ... on Compound { id } } }";
  COMPOUND.id = (await did(entered, { compound })).id;
  await imported("Facilities", [
    { key: "yard", name: "小院", category: "CULTURE_ROOM", state: "OPEN", communityId, operatorId: organisationId, asOf: "2024-01-01" },
    { key: "hall", name: "文化站", category: "CULTURE_ROOM", state: "OPEN", regionCode: region, asOf: "2024-01-01" },
  ]);
  const recorded =
    "mutation ($input: RecordFacilityChangeInput!) { answer: recordFacilityChange(input: $input) { ... on FacilityChange { id } } }";
  for (const facilityId of [FACILITY, REGION_FACILITY])
    FACILITY_CHANGE[facilityId] = (
      await did(recorded, { input: { facilityId, was: "自行车棚", since: "1990-01-01", until: "2010-01-01" } })
    ).id;
  await imported("EventSeries", [{ key: "salon", name: "有约", regionCode: region }]);
  await imported("Events", [event("open", "2024-04-08", true), event("draft", "2025-04-08", false)]);
  await imported("Organisers", [...organisers("open"), ...organisers("draft")]);
  await imported("Sessions", [
    { key: "open-talk", eventKey: "open", title: "洽谈", kind: "NEGOTIATION" },
    { key: "draft-talk", eventKey: "draft", title: "洽谈", kind: "NEGOTIATION" },
  ]);
  await imported("Participants", [...participants("open-talk"), ...participants("draft-talk")]);

  await imported("People", PEOPLE);
  await imported("Surveys", SURVEYS);
  await imported("ServiceContacts", [
    { key: "jobs", communityId: GROUND.communityId, position: 1, field: "EMPLOYMENT", title: "就业服务" },
  ]);
  await imported("Appointments", appointments(EVENT.open, EVENT.draft));
  await tellContacts(did);

  const shows = [EVENT.open, EVENT.draft].map((eventId) => ({
    key: eventId,
    organisationId,
    kind: "SHOW",
    title: "演出",
    asOf: "2024-04-08",
    eventId,
  }));
  await imported("TeamActivities", shows);
  await imported("Practices", practices(EVENT.draft));
  await imported("Honours", HONOURS);
  const adopted = async (adopter: object): Promise<string> => {
    const mutation = "mutation ($input: AdoptPracticeInput!) { answer: adoptPractice(input: $input) { ... on PracticeAdoption { id } } }";
    return (await did(mutation, { input: { practiceId: PRACTICE.other, ...adopter } })).id;
  };
  ADOPTION.community = await adopted({ communityId });
  ADOPTION.organisation = await adopted({ organisationId });

  for (const [concept, rows] of PAIRINGS(EVENT.open, EVENT.draft)) await imported(concept, rows);
  await town.database.sql(LINK_PAIRINGS);

  const round = (key: string, eventId: string) => ({ key, regionCode: region, year: 2024, title: `清单${key}`, eventId });
  await imported("Rounds", [round("matched", EVENT.draft), round("collecting", EVENT.open), round("draft", EVENT.open)]);
  await imported("Needs", [...["n1", "n2", "n3", "n4"].map((key) => need("matched", key)), need("draft", "n1"), need("collecting", "n1")]);
  await imported("Offers", [...["o1", "o2"].map((key) => offer("matched", key)), offer("draft", "o1"), offer("collecting", "o1")]);
  await advanced(ROUND.collecting, "COLLECTING");
  await advanced(ROUND.matched, "COLLECTING");
  await one("WithdrawNeed", "withdrawNeed", { id: NEED.withdrawn, expectedVersion: 1 });
  await one("WithdrawOffer", "withdrawOffer", { id: OFFER.withdrawn, expectedVersion: 1 });
  await advanced(ROUND.matched, "PUBLISHED");
  await advanced(ROUND.matched, "MATCHING");
  await one("RunMatching", "runMatching", { roundId: ROUND.matched });
  await advanced(ROUND.matched, "NEGOTIATING");
  const { matches } = await did("query ($id: ID!) { answer: round(id: $id) { matches { nodes { id version need { id } } } } }", {
    id: ROUND.matched,
  });
  for (const match of matches.nodes as { id: string; version: number; need: { id: string } }[])
    MATCH[match.need.id === NEED.declined ? "declined" : match.need.id === NEED.given ? "given" : "open"] = match.id;
  for (const id of [MATCH.declined, MATCH.given]) {
    await one("MoveMatch", "moveMatch", { id, to: "PROPOSED", expectedVersion: 1 });
    await one("MoveMatch", "moveMatch", { id, to: "DECLINED", expectedVersion: 2 });
    HIDDEN.set(`Match:${id}`, "it is declined");
  }
  // what no client can bring about: a need withdrawn after its round took entries, and a suggestion of a round that is still a draft
  await town.database.sql("UPDATE matching.need SET state = 'WITHDRAWN' WHERE id = $1", [NEED.given]);
  await town.database.sql(
    "INSERT INTO matching.match (id, round_id, need_id, offer_id, units, score, factors) VALUES ($1, $2, $3, $4, 1, 1, '[]')",
    [MATCH.early, ROUND.draft, NEED.draft, OFFER.draft],
  );

  const { organisers: hidden } = await did("query ($id: ID!) { answer: event(id: $id) { organisers { id } } }", { id: EVENT.draft });
  for (const { id } of hidden as { id: string }[]) HIDDEN.set(`Organiser:${id}`, "its event is a draft");

  await imported("ServiceRequests", [...REQUESTS]);
  await town.database.sql(PASS_ON(ROUND.draft, NEED.draft, OFFER.draft));
  await tellSuggestions(town, did);
  await town.database.sql("UPDATE matching.need SET origin_suggestion_id = CASE id WHEN $1 THEN $2::uuid ELSE $3::uuid END", [
    NEED.declined,
    SUGGESTION.unpublished,
    SUGGESTION.open,
  ]);

  await town.database.sql(
    TELL_PROJECTS({
      needs: { open: NEED.open, draft: NEED.draft, withdrawn: NEED.withdrawn },
      matches: { open: MATCH.open, draft: MATCH.early },
      facility: FACILITY,
    }),
  );

  // what a matching says of offers that are hidden by now, and that somebody declined
  const declined = [{ reason: "DECLINED", offerId: OFFER.open, facts: {}, steps: [] }];
  const others = [OFFER.open, OFFER.withdrawn];
  const outlook = `INSERT INTO matching.need_outlook (need_id, missing_units, alternatives, blockers) VALUES ($1, 1, $2, $3)
    ON CONFLICT (need_id) DO UPDATE SET alternatives = excluded.alternatives, blockers = excluded.blockers`;
  const alternatives = others.map((offerId) => ({ score: 1, factors: [], offerId, unitsLeft: 0, price: 0 }));
  const blockers = others.map((offerId) => ({ reason: "CAPACITY", offerId, facts: {}, steps: [] }));
  await town.database.sql(outlook, [NEED.open, JSON.stringify(alternatives), JSON.stringify(blockers)]);
  await town.database.sql(outlook, [NEED.declined, "[]", JSON.stringify(declined)]);
}

type Did = (query: string, variables: object) => Promise<Data>;

/** One contact of each that everybody may read, and one that not everybody knows of. */
async function tellContacts(did: Did): Promise<void> {
  const added = async (input: object): Promise<string> => {
    const answer = await did(
      "mutation ($input: AddContactInput!) { answer: addContact(input: $input) { __typename ... on Contact { id } } }",
      { input },
    );
    if (answer.__typename !== "Contact") throw new Error(`addContact: ${JSON.stringify(answer)}`);
    return answer.id;
  };
  CONTACT.community = await added({ communityId, kind: "PHONE", purpose: "服务热线", value: "028-85110001", published: true });
  CONTACT.organisation = await added({ organisationId, kind: "PHONE", purpose: "服务热线", value: "028-85110002", published: true });
  CONTACT.hiddenOfCommunity = await added({ communityId, kind: "MOBILE", purpose: "值班", value: "13800139001", published: false });
  CONTACT.hiddenOfOrganisation = await added({ organisationId, kind: "MOBILE", purpose: "值班", value: "13800139002", published: false });
  const ofAdviser = { appointmentId: APPOINTMENT.open, kind: "PHONE", purpose: "工作联系" };
  CONTACT.appointment = await added({ ...ofAdviser, value: "028-85110003", published: true });
  CONTACT.hiddenOfAppointment = await added({ ...ofAdviser, kind: "MOBILE", value: "13800139003", published: false });
  HIDDEN.set(`Contact:${CONTACT.hiddenOfAppointment}`, "an appointment's is unpublished");
  HIDDEN.set(`Contact:${CONTACT.hiddenOfCommunity}`, "a community's is unpublished");
  HIDDEN.set(`Contact:${CONTACT.hiddenOfOrganisation}`, "an organisation's is unpublished");
}

/** One suggestion that is public, and others for each way of not being so; all are about the community and held by the organisation. */
async function tellSuggestions(town: Town, did: Did): Promise<void> {
  const step = async (name: string, type: string, input: object): Promise<{ id: string; version: number }> => {
    const answer = await did(
      `mutation ($input: ${type}!) { answer: ${name}(input: $input) { __typename ... on Suggestion { id version } } }`,
      { input },
    );
    if (answer.__typename !== "Suggestion") throw new Error(`${name}: ${JSON.stringify(answer)}`);
    return answer;
  };
  const raised = async (title: string, eventId: string, publish: boolean) => {
    const { id, version } = await step("raiseSuggestion", "RaiseSuggestionInput", {
      communityId,
      eventId,
      surveyPeriodId: PERIOD,
      title,
      body: `希望增设车棚${title}`,
      topic: "TRANSPORT",
    });
    return step("assignSuggestion", "AssignSuggestionInput", { id, expectedVersion: version, to: { organisationId }, publish });
  };
  const merged = async ({ id, version }: { id: string; version: number }, into: string) =>
    step("mergeSuggestion", "MergeSuggestionInput", { id, expectedVersion: version, into });

  SUGGESTION.open = (await raised("第1处", EVENT.draft, true)).id;
  SUGGESTION.unpublished = (await raised("第2处", EVENT.open, false)).id;
  const withdrawn = await raised("第3处", EVENT.open, true);
  SUGGESTION.withdrawn = withdrawn.id;
  await step("withdrawSuggestion", "SuggestionNoteInput", { id: withdrawn.id, expectedVersion: withdrawn.version });
  SUGGESTION.duplicate = (await merged(await raised("第4处", EVENT.open, false), SUGGESTION.open)).id;
  SUGGESTION.lost = (await merged(await raised("第5处", EVENT.open, true), SUGGESTION.unpublished)).id;
  for (const [name, key, published] of [
    ["keyed", "keyed", true],
    ["keyedHidden", "keyed and hidden", false],
  ] as const) {
    const row = { key, communityId, title: key, body: "路灯太暗", topic: "SAFETY", channel: "ONLINE", raisedOn: "2026-03-02", published };
    await did("mutation ($input: ImportSuggestionsInput!) { answer: importSuggestions(input: $input) { __typename } }", {
      input: { rows: [{ ...row, assignee: { organisationId } }] },
    });
    SUGGESTION[name] = stableId("suggestion", key);
  }
  HIDDEN.set(`Suggestion:${SUGGESTION.keyedHidden}`, "it is not published");
  HIDDEN.set(`Suggestion:${SUGGESTION.unpublished}`, "it is not published");
  HIDDEN.set(`Suggestion:${SUGGESTION.duplicate}`, "it is not published");
  HIDDEN.set(`Suggestion:${SUGGESTION.withdrawn}`, "it was taken back");
  // raised by somebody whom the table has no column for: its columns are what their roles let them be
  await town.database.sql(
    "SET session_replication_role = replica; UPDATE communities.suggestion SET raised_by_subject = 'somebody', raised_by_issuer = 'urn:somebody'",
  );
}
