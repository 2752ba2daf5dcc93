import { stableId } from "@gongjian/database";
import { PLATFORM, type Column } from "@gongjian/subgraph";
import { ADMIN, COLUMNS, GROUND, PUBLIC, type Data } from "./permissions/ground";
import { event, EVENT, MATCH, OFFER, ROUND } from "./permissions/story";
import { openTown, type Town } from "./permissions/town";

/** The story's organisation, which everything names, is merged into its twin, which has an offer and an event of its own. */
const gone = GROUND.organisationId;
const kept = stableId("organisation", "twin");
const IDS = [kept, gone];
const later = stableId("event", "later");
const EVENTS = [EVENT.open, EVENT.draft, later].sort();
const repOf = COLUMNS.find(({ role, where }) => role === "ORGANISATION_REP" && where === "own organisation")!;
let town: Town;
let offered: string;
let before: Data;

const asked = async (column: Column, query: string, variables: object = {}): Promise<Data> => {
  const { data, errors, text } = await town.ask(column, query, variables);
  if (errors.length > 0) throw new Error(text);
  return data;
};
const LISTS = `events(first: 50) { totalCount nodes { id } } offers(first: 50) { totalCount nodes { id } } matches(first: 50) { totalCount nodes { id metAt { id } } }
  pairings(first: 50) { totalCount } appointments(first: 50) { totalCount }`;
const listsOf = async (id: string, column = ADMIN): Promise<Data> =>
  (await asked(column, `{ organisation(id: "${id}") { ${LISTS} } }`)).organisation;
const ids = ({ nodes }: { nodes: { id: string }[] }): string[] => nodes.map(({ id }) => id).sort();

beforeAll(async () => {
  town = await openTown();
  const { createOffer } = await asked(
    ADMIN,
    `mutation { createOffer(input: { roundId: "${ROUND.collecting}", organisationId: "${kept}", kinds: [GOODS], title: "图书" }) { __typename ... on Offer { id } } }`,
  );
  offered = createOffer.id;
  for (const [concept, rows] of [
    ["Events", [event("later", "2024-05-08", true)]],
    [
      "Organisers",
      [
        { eventKey: "later", role: "HOST", order: 1, partyKind: "COMMUNITY", partyId: GROUND.communityId },
        { eventKey: "later", role: "HOST", order: 2, partyKind: "ORGANISATION", partyId: kept },
      ],
    ],
  ] as const)
    await asked(ADMIN, `mutation ($input: Import${concept}Input!) { import${concept}(input: $input) { __typename } }`, { input: { rows } });
  await asked(
    ADMIN,
    `mutation { grantMembership(input: { issuer: "https://id.example", subject: "stored", role: ORGANISATION_REP, scope: "organisation:${gone}" }) { __typename } }`,
  );
  before = await listsOf(gone);
  const { mergeOrganisations } = await asked(
    ADMIN,
    `mutation { mergeOrganisations(input: { keepId: "${kept}", keepVersion: 1, mergeId: "${gone}", mergeVersion: 1 }) { __typename ... on OrganisationsMerged { organisation { ids } } } }`,
  );
  expect(mergeOrganisations).toEqual({ __typename: "OrganisationsMerged", organisation: { ids: IDS } });
}, 120_000);
afterAll(() => town?.close());

test("what other subgraphs stored under either id is the survivor's, whichever id is asked for", async () => {
  const [byNew, byOld] = [await listsOf(kept), await listsOf(gone)];
  expect(byOld).toEqual(byNew);
  expect(ids(byNew.offers)).toEqual([...ids(before.offers), offered].sort());
  expect(ids(before.events)).toEqual([EVENT.open, EVENT.draft].sort());
  expect(ids(byNew.events)).toEqual(EVENTS);
  expect(ids(byNew.matches)).toEqual(ids(before.matches));
  const metAt = ({ matches }: Data) => matches.nodes.find(({ id }: { id: string }) => id === MATCH.open).metAt;
  expect(metAt(before)).toEqual([EVENT.open, EVENT.draft].map((id) => ({ id })));
  expect(metAt(byNew)).toEqual([EVENT.open, later, EVENT.draft].map((id) => ({ id })));
  expect(byNew.pairings).toEqual(before.pairings);
  expect(byNew.appointments).toEqual(before.appointments);
});

test("filters by either id find the same", async () => {
  for (const id of IDS) {
    const data = await asked(
      ADMIN,
      `{ events(filter: { partyOrganisationId: "${id}" }) { nodes { id } } offers(filter: { organisationId: "${id}" }) { nodes { id } }
         round(id: "${ROUND.collecting}") { offers(filter: { organisationId: "${id}" }) { totalCount nodes { id } } } }`,
    );
    expect(ids(data.events)).toEqual(EVENTS);
    expect(ids(data.offers)).toEqual([...ids(before.offers), offered].sort());
    expect(data.round.offers.totalCount).toBe(2);
  }
});

test("references by the old id come to the survivor, its lists too", async () => {
  const ORGANISATION = `... on Organisation { ids key name offers(first: 50) { totalCount } events(first: 50) { totalCount } }`;
  const { offer, event, match } = await asked(
    ADMIN,
    `{ offer(id: "${OFFER.open}") { organisation { ${ORGANISATION} } } match(id: "${MATCH.open}") { metAt { id } organisation { ids } }
       event(id: "${EVENT.open}") { organisers { party { ${ORGANISATION} } } } }`,
  );
  const survivor = {
    ids: IDS,
    key: "twin",
    name: "悦邻服务站",
    offers: { totalCount: before.offers.totalCount + 1 },
    events: { totalCount: EVENTS.length },
  };
  expect(offer.organisation).toEqual(survivor);
  expect(event.organisers.map(({ party }: Data) => party)).toContainEqual(survivor);
  expect(match).toEqual({ metAt: [EVENT.open, later, EVENT.draft].map((id) => ({ id })), organisation: { ids: IDS } });
});

test("the public sees the survivor once, and of its offers what is published", async () => {
  const { organisations } = await asked(PUBLIC, "{ organisations(first: 50) { totalCount nodes { id } } }");
  expect(ids(organisations)).toEqual([kept, GROUND.otherOrganisationId].sort());
  expect(organisations.totalCount).toBe(2);
  expect(ids((await listsOf(gone, PUBLIC)).offers)).toEqual([OFFER.open]);
});

test("a token that claims the old id acts for the organisation: on what is stored under either, drafts too", async () => {
  const lists = await listsOf(kept, repOf);
  expect(ids(lists.offers)).toEqual([...ids(before.offers), offered].sort());
  for (const id of [OFFER.collecting, offered]) {
    const { offer } = await asked(repOf, `{ offer(id: "${id}") { version } }`);
    const { updateOffer } = await asked(
      repOf,
      `mutation { updateOffer(input: { id: "${id}", expectedVersion: ${offer.version}, description: "另述" }) { __typename } }`,
    );
    expect(updateOffer).toEqual({ __typename: "Offer" });
  }
  const { organisation } = await asked(repOf, `{ organisation(id: "${gone}") { id version } }`);
  const { updateOrganisation } = await asked(
    repOf,
    `mutation { updateOrganisation(input: { id: "${gone}", expectedVersion: ${organisation.version}, description: "合并之后" }) { ... on Organisation { id description } } }`,
  );
  expect(updateOrganisation).toEqual({ id: kept, description: "合并之后" });
  const other = COLUMNS.find(({ role, where }) => role === "ORGANISATION_REP" && where === "other organisation")!;
  const { errors } = await town.ask(
    other,
    `mutation { updateOrganisation(input: { id: "${gone}", expectedVersion: 3, description: "x" }) { __typename } }`,
  );
  expect(errors[0]?.extensions?.code).toBe("FORBIDDEN");
});

test("a stored membership of the merged one is over the survivor, and counts under the old id too", async () => {
  const platform: Column = { role: "SERVICE", where: "the platform", viewer: PLATFORM };
  const { data } = await town.askSubgraph(
    "communities",
    platform,
    '{ viewerMemberships(issuer: "https://id.example", subject: "stored") { role scope } }',
  );
  expect(data.viewerMemberships).toEqual(IDS.map((id) => ({ role: "ORGANISATION_REP", scope: `organisation:${id}` })));
});

test("an event that both organised, and a session in which both spoke, name the survivor once in a role", async () => {
  const party = (role: string, order: number, partyId: string) => ({ role, order, partyKind: "ORGANISATION", partyId });
  for (const [concept, rows] of [
    ["Events", [event("both", "2024-06-08", true)]],
    [
      "Organisers",
      [party("HOST", 1, gone), party("HOST", 2, GROUND.otherOrganisationId), party("HOST", 3, kept), party("SUPPORTER", 1, kept)].map(
        (row) => ({ ...row, eventKey: "both" }),
      ),
    ],
    ["Sessions", [{ key: "both-talk", eventKey: "both", title: "洽谈", kind: "NEGOTIATION" }]],
    ["Participants", [party("SPEAKER", 1, kept), party("SPEAKER", 2, gone)].map((row) => ({ ...row, sessionKey: "both-talk" }))],
  ] as const) {
    const { answer } = await asked(
      ADMIN,
      `mutation ($input: Import${concept}Input!) { answer: import${concept}(input: $input) { ... on BulkOutcome { refused } } }`,
      { input: { rows } },
    );
    expect([concept, answer.refused]).toEqual([concept, 0]);
  }
  const { event: found } = await asked(
    ADMIN,
    `{ event(id: "${stableId("event", "both")}") { organisers { role order party { ... on Organisation { key } } }
       sessions { participants { role order party { ... on Organisation { ids } } } } } }`,
  );
  expect(found.organisers.map(({ role, order, party: { key } }: Data) => [role, order, key === "twin"])).toEqual([
    ["HOST", 1, true],
    ["HOST", 2, false],
    ["SUPPORTER", 1, true],
  ]);
  expect(found.sessions).toEqual([{ participants: [{ role: "SPEAKER", order: 1, party: { ids: IDS } }] }]);
});
