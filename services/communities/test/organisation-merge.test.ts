import { constraintOf, countStatements, stableId } from "@gongjian/database";
import type { Viewer } from "@gongjian/subgraph";
import { ask, someone, type Answer } from "@gongjian/testing";
import { creditCodeCheck } from "../src/organisation/organisation.rules";
import { communitiesStory, type Story } from "./story";

const xianghe = stableId("community", "CN_STATS:510116001001");
const weijia = stableId("community", "CN_STATS:510112001001");
const idOf = (key: string): string => stableId("organisation", key);
const officer = someone.officer("510116");
let story: Story;

beforeAll(async () => {
  story = await communitiesStory();
}, 60_000);
afterAll(() => story.test.close());

/** One statement as the subgraph's own role. */
const sql = <T = Record<string, any>>(text: string, params: unknown[] = []): Promise<T[]> =>
  story.database.dataSource.query(text, params) as Promise<T[]>;
const code = ({ errors }: Answer) => errors[0]?.extensions.code;

async function entered(...rows: object[]): Promise<Answer> {
  return ask(
    story.endpoint,
    someone.admin,
    "mutation ($input: ImportOrganisationsInput!) { importOrganisations(input: $input) { ... on BulkOutcome { written rows { status id problems { field code } } } } }",
    { input: { rows: rows.map((row) => ({ kind: "SOCIAL_ORGANISATION", regionCode: "510116001", ...row })) } },
  );
}

const codeOf = (first17: string): string => first17 + creditCodeCheck(first17);
let made = 0;
/** Two new records, and their keys. */
async function two(first: object = {}, second: object = {}): Promise<{ keep: string; gone: string; keys: [string, string] }> {
  made += 1;
  const keys: [string, string] = [`keep-${made}`, `gone-${made}`];
  const { data } = await entered(
    { key: keys[0], name: `示例中心${made}号`, ...first },
    { key: keys[1], name: `示例服务中心${made}号`, ...second },
  );
  expect(data.importOrganisations.written).toBe(true);
  return { keep: idOf(keys[0]), gone: idOf(keys[1]), keys };
}

const RESULT = `__typename ... on OrganisationsMerged { organisation { id key name creditCode version ids } absorbed { id key name mergedAt } repointed }
  ... on OrganisationsNotMergeable { obstacles { kind recordId } } ... on OrganisationAlreadyMerged { organisation { id } } ... on VersionConflict { currentVersion }`;
async function merge(keepId: string, mergeId: string, more: object = {}, who: Viewer = officer) {
  const versions = new Map(
    (await sql("SELECT id, version FROM organisation WHERE id::text = ANY($1)", [[keepId, mergeId]])).map((r) => [r["id"], r["version"]]),
  );
  const input = { keepId, mergeId, keepVersion: versions.get(keepId) ?? 1, mergeVersion: versions.get(mergeId) ?? 1, ...more };
  const answer = await ask(
    story.endpoint,
    who,
    `mutation ($input: MergeOrganisationsInput!) { mergeOrganisations(input: $input) { ${RESULT} } }`,
    {
      input,
    },
  );
  return { ...answer, result: answer.data?.mergeOrganisations };
}
async function merged(keepId: string, mergeId: string) {
  const { result, errors } = await merge(keepId, mergeId);
  expect(errors).toEqual([]);
  expect(result.__typename).toBe("OrganisationsMerged");
  return result;
}
const found = async (id: string) =>
  (await ask(story.endpoint, someone.public, `{ organisation(id: "${id}") { id name ids } }`)).data.organisation;
/** The constraint that a statement of the subgraph's own role runs into. */
const refusedBy = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => constraintOf(error)?.constraint ?? String(error),
  );
/** How many records name an organisation, by column. */
async function naming(id: string): Promise<Record<string, number>> {
  const references = await sql<{ relation: string; reference: string }>("SELECT relation::text, reference FROM organisation_reference");
  const counts: Record<string, number> = {};
  for (const { relation, reference } of references) {
    const [{ n }] = (await sql(`SELECT count(*)::integer AS n FROM ${relation} WHERE ${reference} = $1`, [id])) as [{ n: number }];
    counts[`${relation}.${reference}`] = n;
  }
  return counts;
}

test("a merge re-points whatever has a foreign key to an organisation, and the text beside it", async () => {
  const keys = await sql(
    `SELECT c.conrelid::regclass || '.' || a.attname AS name FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = ANY(c.conkey)
     WHERE c.contype = 'f' AND c.confrelid = 'organisation'::regclass AND c.conname <> 'organisation_survivor_fk' ORDER BY 1`,
  );
  const followed = await sql("SELECT relation || '.' || reference AS name FROM organisation_reference ORDER BY 1");
  expect(followed).toEqual(keys);
  const beside = await sql("SELECT relation::text AS name FROM organisation_reference WHERE beside <> '' ORDER BY 1");
  const told = await sql(
    `SELECT DISTINCT c.conrelid::regclass::text AS name FROM pg_constraint c
     WHERE c.contype = 'c' AND pg_get_constraintdef(c.oid) LIKE '%''organisation:''%' ORDER BY 1`,
  );
  expect(beside).toEqual(told);
});

test("a table of a later migration follows too, and makes a merge refuse that would break what it says", async () => {
  await story.test.sql(`
    CREATE TABLE communities.charter (
      place text NOT NULL CONSTRAINT charter_once UNIQUE,
      community_id uuid REFERENCES communities.community,
      holder_id uuid CONSTRAINT charter_holder_fk REFERENCES communities.organisation,
      CONSTRAINT charter_place CHECK (place = coalesce('community:' || community_id, 'organisation:' || holder_id)));
    SELECT communities.after_migrations();
    SELECT communities.after_migrations();
    GRANT ALL ON communities.charter TO ${(await sql("SELECT current_user AS me"))[0]!["me"]};
  `);
  const charter = (id: string) => sql("INSERT INTO charter (place, holder_id) VALUES ($1, $2)", [`organisation:${id}`, id]);
  const { keep, gone } = await two();
  await charter(gone);
  await merged(keep, gone);
  const { keep: last } = await two();
  await charter(last);
  expect((await merge(last, keep)).result).toMatchObject({
    __typename: "OrganisationsNotMergeable",
    obstacles: [{ kind: "OTHER", recordId: null }],
  });
  expect(await sql("SELECT holder_id AS id FROM charter WHERE place = $1", [`organisation:${keep}`])).toEqual([{ id: keep }]);
  await story.test.sql("DROP TABLE communities.charter");
});

/** A record of each kind that names the organisation. */
async function named(organisation: string, who: string): Promise<void> {
  const person = (
    await sql("INSERT INTO person (id, name, name_key, search_vector) VALUES (gen_random_uuid(), $1, $1, '') RETURNING id", [who])
  )[0]!["id"];
  const place = `organisation:${organisation}`;
  await sql(
    "INSERT INTO appointment (id, person_id, role, place, organisation_id, starts_first, starts_last, on_behalf_organisation_id, conferrer_organisation_id) VALUES (gen_random_uuid(), $1, 'EXPERT', $2, $3, '2024-01-01', '2024-01-01', $3, $3)",
    [person, place, organisation],
  );
  await sql(
    "INSERT INTO membership (id, issuer, subject, role, scope, organisation_id, starts_on, granted_by) VALUES (gen_random_uuid(), 'https://id.example', $1, 'ORGANISATION_REP', $2, $3, '2024-01-01', 'x')",
    [who, place, organisation],
  );
  await sql(
    "INSERT INTO contact (id, organisation_id, kind, purpose, published, value, value_index, key_id) VALUES (gen_random_uuid(), $1, 'PHONE', 'x', true, 'v1.test.x', $2, 'test')",
    [organisation, who],
  );
  await sql(
    "INSERT INTO facility (id, key, name, name_key, search_vector, category, state, community_id, operator_id, as_of) VALUES (gen_random_uuid(), $1, 'x', 'x', '', 'OTHER', 'OPEN', $2, $3, '2024-01-01')",
    [who, xianghe, organisation],
  );
  await sql(
    "INSERT INTO compound (id, community_id, name, name_key, kind, manager_id) VALUES (gen_random_uuid(), $1, $2, $2, 'OTHER', $3)",
    [xianghe, who, organisation],
  );
  await sql("INSERT INTO service_area (organisation_id, place, community_id) VALUES ($1, $2, $3)", [
    organisation,
    `community:${weijia}`,
    weijia,
  ]);
  await sql(
    "INSERT INTO service_contact (id, community_id, key, position, field, title, organisation_id) VALUES (gen_random_uuid(), $1, $2, 1, 'HEALTH', 'x', $3)",
    [xianghe, who, organisation],
  );
  await sql(
    "INSERT INTO service_request (id, side, community_id, organisation_id, topic, title) VALUES (gen_random_uuid(), 'OFFER', $1, $2, 'CHILD_CARE', 'x')",
    [xianghe, organisation],
  );
  await sql("INSERT INTO team (organisation_id, members, services) VALUES ($1, 12, '{讲解}')", [organisation]);
  await sql(
    "INSERT INTO team_activity (id, organisation_id, kind, title, as_of) VALUES (gen_random_uuid(), $1, 'SHOW', 'x', '2024-01-01')",
    [organisation],
  );
  await sql(
    `WITH held AS (INSERT INTO practice (id, name, name_key, kind, place, organisation_id, search_vector)
       VALUES (gen_random_uuid(), 'x', 'x', 'BRAND', 'organisation:' || $1::uuid, $1::uuid, '') RETURNING id)
     INSERT INTO practice_adoption (id, practice_id, place, organisation_id, since)
       SELECT gen_random_uuid(), id, 'organisation:' || $1::uuid, $1::uuid, '2024-01-01' FROM held`,
    [organisation],
  );
  await sql(
    `INSERT INTO honour (id, title, title_key, year, level, place, organisation_id, awarder_id)
       VALUES (gen_random_uuid(), 'x', 'x', 2024, 'OTHER', 'organisation:' || $1::uuid, $1::uuid, $1::uuid)`,
    [organisation],
  );
  await signed(organisation);
  const { data, errors } = await ask(
    story.endpoint,
    someone.representative(organisation),
    `mutation { raiseSuggestion(input: { communityId: "${xianghe}", title: "增设车棚${who}", body: "希望增设非机动车停车棚", topic: TRANSPORT, inNameOf: { organisationId: "${organisation}" } }) { ... on Suggestion { id version } } }`,
  );
  expect(errors).toEqual([]);
  const { id, version } = data.raiseSuggestion;
  const assigned = await ask(
    story.endpoint,
    officer,
    `mutation { assignSuggestion(input: { id: "${id}", expectedVersion: ${version}, to: { organisationId: "${organisation}" } }) { ... on Suggestion { state } } }`,
  );
  expect(assigned.data.assignSuggestion).toEqual({ state: "ASSIGNED" });
}

/** A signed pairing with the organisation. */
async function signed(...organisations: string[]): Promise<string> {
  return story.database.dataSource.transaction(async (manager) => {
    const [{ id }] = await manager.query("INSERT INTO pairing (id, kind, name) VALUES (gen_random_uuid(), 'OTHER', '结对') RETURNING id");
    const party = (column: string, party: string, side: number) =>
      manager.query(
        `INSERT INTO pairing_party (id, pairing_id, place, ${column}_id, side, consented_on) VALUES (gen_random_uuid(), $1, $2, $3, $4, '2024-05-01')`,
        [id, `${column}:${party}`, party, side],
      );
    await party("community", xianghe, 1);
    for (const [index, organisation] of organisations.entries()) await party("organisation", organisation, index + 2);
    await manager.query("UPDATE pairing SET state = 'SIGNED', signed_on = '2024-05-02', version = 2 WHERE id = $1", [id]);
    return id as string;
  });
}

test("no reference is lost: whatever named the merged record names the survivor, signed pairings and suggestions on their way too", async () => {
  const { keep, gone } = await two({ kind: "RESIDENT_TEAM" }, { kind: "RESIDENT_TEAM" });
  await named(gone, "张一");
  const before = await naming(gone);
  expect(Object.values(before).every((count) => count > 0)).toBe(true);
  const steps = await sql("SELECT * FROM suggestion_step ORDER BY suggestion_id, number");
  const { repointed, absorbed, organisation } = await merged(keep, gone);
  expect(repointed).toBe(Object.values(before).reduce((sum, count) => sum + count, 0));
  expect(await naming(keep)).toEqual(before);
  expect(Object.values(await naming(gone)).every((count) => count === 0)).toBe(true);
  expect(absorbed).toMatchObject({ id: gone });
  expect(organisation.ids).toEqual([keep, gone]);
  expect(await sql("SELECT * FROM suggestion_step ORDER BY suggestion_id, number")).toEqual(steps);
  expect(await sql("SELECT scope FROM membership WHERE organisation_id = $1", [keep])).toEqual([{ scope: `organisation:${keep}` }]);
});

test("the old id and the old key find the survivor; lists and counts show it once", async () => {
  const { keep, gone, keys } = await two();
  await merged(keep, gone);
  const survivor = { id: keep, ids: [keep, gone] };
  expect(await found(gone)).toMatchObject(survivor);
  expect(await found(gone.toUpperCase())).toMatchObject(survivor);
  const name = `示例服务中心${made}号`;
  const { data } = await ask(
    story.endpoint,
    someone.public,
    `query ($reps: [_Any!]!) { _entities(representations: $reps) { ... on Organisation { id } }
      organisations(filter: { search: "${name}" }) { totalCount nodes { id } } all: organisations { totalCount }
      search(text: "${name}", filter: { kinds: [ORGANISATION] }) { totalCount nodes { node { ... on Organisation { id } } } }
      common: search(text: "示例", filter: { kinds: [ORGANISATION] }, first: 100) { nodes { node { ... on Organisation { id } } } }
      searchPlaces(text: "${name}", kinds: [ORGANISATION]) { ... on Organisation { id } }
      resolveNames(references: [{ kind: ORGANISATION, text: "${name}" }, { kind: ORGANISATION, text: "${keys[1]}" }]) { id }
      organisationDuplicates(id: "${gone}") { other { id } } }`,
    { reps: [gone, keep].map((id) => ({ __typename: "Organisation", id })) },
  );
  expect(data._entities).toEqual([{ id: keep }, { id: keep }]);
  const once = [{ id: keep }];
  expect(data.organisations).toEqual({ totalCount: 1, nodes: once });
  expect(data.all).toEqual({ totalCount: (await sql("SELECT 1 FROM organisation WHERE merged_into IS NULL")).length });
  expect(data.search).toEqual({ totalCount: 1, nodes: [{ node: once[0] }] });
  expect(data.common.nodes.filter(({ node }: any) => node.id === keep)).toHaveLength(1);
  expect(data.searchPlaces).toEqual(once);
  expect(data.resolveNames).toEqual([{ id: keep }, { id: keep }]);
  expect(data.organisationDuplicates.map((row: any) => row.other.id)).not.toContain(gone);
});

test("lists by the old key find the survivor and do not speak for it", async () => {
  const { keep, gone, keys } = await two({ creditCode: "91330100799655058B" });
  await merged(keep, gone);
  const [before] = await sql("SELECT name, version FROM organisation WHERE id = $1", [keep]);
  const { data } = await entered({ key: keys[1], name: "另一个名字", creditCode: "91330100799655058B" });
  expect(data.importOrganisations.rows).toEqual([{ status: "MERGED", id: keep, problems: [] }]);
  expect((await sql("SELECT name, version FROM organisation WHERE id = $1", [keep]))[0]).toEqual(before);
  const own = await entered({ key: keys[0], name: "自己的名字", creditCode: "91330100799655058B" });
  expect(own.data.importOrganisations.rows).toEqual([{ status: "UPDATED", id: keep, problems: [] }]);
  const taken = await entered({ key: `other-${made}`, name: "别家", creditCode: "91330100799655058B" });
  expect(taken.data.importOrganisations.rows[0].problems).toEqual([{ field: "creditCode", code: "ALREADY_EXISTS" }]);
});

test("other lists that name the merged record write the survivor's records, and find them as they are the second time", async () => {
  const { keep, gone } = await two({ kind: "RESIDENT_TEAM" }, { kind: "RESIDENT_TEAM" });
  await merged(keep, gone);
  const lists: [string, object][] = [
    ["Teams", { organisationId: gone, members: 12 }],
    ["TeamActivities", { key: "shows", organisationId: gone, kind: "SHOW", title: "演出", asOf: "2024-01-01" }],
    [
      "Facilities",
      { key: "room", name: "文化室", category: "CULTURE_ROOM", state: "OPEN", communityId: xianghe, operatorId: gone, asOf: "2024-01-01" },
    ],
    ["ServiceContacts", { communityId: xianghe, key: "jobs", position: 1, field: "EMPLOYMENT", title: "就业", organisationId: gone }],
  ];
  for (const [what, row] of lists)
    for (const status of ["CREATED", "UNCHANGED"]) {
      const { data, errors } = await ask(
        story.endpoint,
        someone.admin,
        `mutation ($input: Import${what}Input!) { answer: import${what}(input: $input) { ... on BulkOutcome { rows { status problems { field code } } } } }`,
        { input: { rows: [row] } },
      );
      expect([what, errors, data?.answer.rows]).toEqual([what, [], [{ status, problems: [] }]]);
    }
  const team = await ask(
    story.endpoint,
    someone.public,
    `query ($reps: [_Any!]!) { team(id: "${gone}") { id members } _entities(representations: $reps) { ... on Team { id } } }`,
    { reps: [{ __typename: "Team", id: gone }] },
  );
  expect(team).toMatchObject({ data: { team: { id: keep, members: 12 }, _entities: [{ id: keep }] }, errors: [] });
  await grant(gone, "filtered", "2024-01-01", null);
  const { data } = await ask(
    story.endpoint,
    someone.admin,
    `{ memberships(filter: { scope: "organisation:${gone}" }) { nodes { scope subject } } }`,
  );
  expect(data.memberships.nodes).toEqual([{ scope: `organisation:${keep}`, subject: "filtered" }]);
});

test("a change or a list at the same time as a merge: one comes first, and the other is told", async () => {
  for (let round = 0; round < 5; round++) {
    const { keep, gone } = await two();
    const update = async () => {
      const query = `mutation { updateOrganisation(input: { id: "${gone}", expectedVersion: 1, description: "x" }) { __typename } }`;
      return (await ask(story.endpoint, officer, query)).data.updateOrganisation.__typename;
    };
    const merging = async () => (await merge(keep, gone, { keepVersion: 1, mergeVersion: 1 })).result.__typename;
    const changed = round % 2 ? update() : null;
    const result = merging();
    const told = await Promise.all([changed ?? update(), result]);
    expect([
      ["Organisation", "VersionConflict"],
      ["VersionConflict", "OrganisationsMerged"],
    ]).toContainEqual(told);

    const next = await two();
    const [list, { result: outcome }] = await Promise.all([
      entered({ key: next.keys[1], name: "另一个名字" }),
      merge(next.keep, next.gone, { keepVersion: 1, mergeVersion: 1 }),
    ]);
    const [{ status, id }] = list.data.importOrganisations.rows;
    expect([
      ["UPDATED", next.gone, "VersionConflict"],
      ["MERGED", next.keep, "OrganisationsMerged"],
    ]).toContainEqual([status, id, outcome.__typename]);
  }
});

test("what the survivor leaves out it takes over", async () => {
  const { keep, gone } = await two(
    { capabilities: ["议事"] },
    { creditCode: codeOf("91510100MA6DF5DX6"), description: "做社区营造", capabilities: ["议事", "调解"] },
  );
  const { organisation } = await merged(keep, gone);
  expect(organisation).toMatchObject({ creditCode: codeOf("91510100MA6DF5DX6"), version: 2 });
  expect((await sql("SELECT description, capabilities FROM organisation WHERE id = $1", [keep]))[0]).toEqual({
    description: "做社区营造",
    capabilities: ["议事", "调解"],
  });
});

/** Memberships of one subject over an organisation that were not revoked, and how many were. */
async function held(organisation: string, subject: string): Promise<{ days: string[]; revoked: number }> {
  const rows = await sql(
    `SELECT starts_on::text || ' ' || coalesce(ends_on::text, '') AS days, revoked_at IS NOT NULL AS revoked FROM membership
     WHERE organisation_id = $1 AND scope = 'organisation:' || organisation_id AND subject = $2 ORDER BY starts_on`,
    [organisation, subject],
  );
  return { days: rows.filter(({ revoked }) => !revoked).map(({ days }) => days), revoked: rows.filter(({ revoked }) => revoked).length };
}

const grant = (organisation: string, subject: string, startsOn: string, endsOn: string | null) =>
  sql(
    "INSERT INTO membership (id, issuer, subject, role, scope, organisation_id, starts_on, ends_on, granted_by) VALUES (gen_random_uuid(), 'https://id.example', $1, 'ORGANISATION_REP', 'organisation:' || $2::uuid, $2::uuid, $3, $4, 'x')",
    [subject, organisation, startsOn, endsOn],
  );

test("memberships over both go on as one over all the days of both, for any days", async () => {
  const { keep, gone } = await two();
  const terms: [string, string, string, string | null][] = [
    [keep, "joined", "2024-01-01", "2024-03-31"],
    [keep, "joined", "2024-06-01", null],
    [gone, "joined", "2024-03-01", "2024-07-31"],
    [keep, "bridged", "2024-02-01", "2024-06-30"],
    [gone, "bridged", "2024-01-01", "2024-03-31"],
    [gone, "bridged", "2024-06-15", "2024-12-31"],
    [keep, "apart", "2024-01-01", "2024-01-31"],
    [gone, "apart", "2024-05-01", null],
    [gone, "alone", "2024-05-01", "2024-05-02"],
  ];
  for (const [organisation, subject, from, to] of terms) await grant(organisation, subject, from, to);
  await merged(keep, gone);
  expect(await held(keep, "joined")).toEqual({ days: ["2024-01-01 "], revoked: 2 });
  expect(await held(keep, "bridged")).toEqual({ days: ["2024-01-01 2024-12-31"], revoked: 2 });
  expect(await held(keep, "apart")).toEqual({ days: ["2024-01-01 2024-01-31", "2024-05-01 "], revoked: 0 });
  expect(await held(keep, "alone")).toEqual({ days: ["2024-05-01 2024-05-02"], revoked: 0 });
});

test("the same contact, area and team of both are one, and what differs stays", async () => {
  const { keep, gone } = await two({ kind: "RESIDENT_TEAM" }, { kind: "RESIDENT_TEAM" });
  const contact = (organisation: string, index: string) =>
    sql(
      "INSERT INTO contact (id, organisation_id, kind, purpose, published, value, value_index, key_id) VALUES (gen_random_uuid(), $1, 'PHONE', 'x', true, 'v1.test.x', $2, 'test')",
      [organisation, index],
    );
  for (const [organisation, index] of [
    [keep, "same"],
    [gone, "same"],
    [gone, "other"],
  ] as const)
    await contact(organisation, index);
  for (const organisation of [keep, gone])
    await sql("INSERT INTO service_area (organisation_id, place, community_id) VALUES ($1, $2, $3)", [
      organisation,
      `community:${weijia}`,
      weijia,
    ]);
  await sql("INSERT INTO team (organisation_id, services) VALUES ($1, '{讲解}')", [keep]);
  await sql("INSERT INTO team (organisation_id, members, members_precision, services) VALUES ($1, 30, 'OVER', '{讲解,演出}')", [gone]);
  await merged(keep, gone);
  expect((await sql("SELECT value_index AS i FROM contact WHERE organisation_id = $1 ORDER BY 1", [keep])).map(({ i }) => i)).toEqual([
    "other",
    "same",
  ]);
  expect(await sql("SELECT place FROM service_area WHERE organisation_id = $1", [keep])).toHaveLength(1);
  expect(await sql('SELECT members, members_precision AS "or", services FROM team WHERE organisation_id = $1', [keep])).toEqual([
    { members: 30, or: "OVER", services: ["讲解", "演出"] },
  ]);
  const [audit] = await sql(
    "SELECT before -> 'team' ->> 'members' AS members FROM audit_entry WHERE entity_id = $1 AND action = 'mergeInto'",
    [gone],
  );
  expect(audit).toEqual({ members: "30" });
});

test("of one practice that both have adopted one adoption goes on, since the earlier day; two practices of one name are named", async () => {
  const { keep, gone } = await two();
  const practice = async (organisation: string, name: string) =>
    (
      await sql(
        "INSERT INTO practice (id, name, name_key, kind, place, organisation_id, search_vector) VALUES (gen_random_uuid(), $2, $2, 'BRAND', 'organisation:' || $1::uuid, $1::uuid, '') RETURNING id",
        [organisation, name],
      )
    )[0]!["id"] as string;
  const [shared, over] = [await practice(keep, "共享"), await practice(gone, "过去")];
  const adopt = (id: string, organisation: string, since: string, note: string | null, endedOn: string | null = null) =>
    sql(
      "INSERT INTO practice_adoption (id, practice_id, place, organisation_id, since, note, ended_on) VALUES (gen_random_uuid(), $1, 'organisation:' || $2::uuid, $2::uuid, $3, $4, $5)",
      [id, organisation, since, note, endedOn],
    );
  await adopt(shared, keep, "2023-01-01", null);
  await adopt(shared, gone, "2022-01-01", "先行");
  await adopt(over, keep, "2021-01-01", null, "2021-12-31");
  await adopt(over, gone, "2022-01-01", null);
  const twin = await practice(gone, "共享");
  expect((await merge(keep, gone)).result.obstacles).toEqual([{ kind: "PRACTICE", recordId: twin }]);
  await sql("UPDATE practice SET name_key = '另名' WHERE id = $1", [twin]);
  await merged(keep, gone);
  expect(
    await sql(
      "SELECT practice_id AS id, since::text, note, ended_on IS NULL AS open FROM practice_adoption WHERE organisation_id = $1 ORDER BY since",
      [keep],
    ),
  ).toEqual([
    { id: over, since: "2021-01-01", note: null, open: false },
    expect.objectContaining({ since: "2022-01-01", open: true }),
    expect.objectContaining({ since: "2022-01-01", open: true }),
  ]);
  expect(await sql("SELECT note FROM practice_adoption WHERE practice_id = $1", [shared])).toEqual([{ note: "先行" }]);
});

test("what cannot be one is named, and nothing is done", async () => {
  const bodies = await two({ creditCode: codeOf("91510100MA6DF5DX7") }, { creditCode: codeOf("91510100MA6DF5DX8") });
  const sameBody = await two({ creditCode: codeOf("51510100MA6DF5DY9") }, { creditCode: codeOf("52510104MA6DF5DY9") });
  expect((await merge(bodies.keep, bodies.gone)).result).toMatchObject({
    __typename: "OrganisationsNotMergeable",
    obstacles: [{ kind: "CREDIT_CODE", recordId: null }],
  });
  expect((await merged(sameBody.keep, sameBody.gone)).organisation.creditCode).toBe(codeOf("51510100MA6DF5DY9"));

  const paired = await two();
  const pairing = await signed(paired.keep, paired.gone);
  expect((await merge(paired.keep, paired.gone)).result.obstacles).toEqual([{ kind: "PAIRED", recordId: pairing }]);

  const team = await two({}, { kind: "RESIDENT_TEAM" });
  await sql("INSERT INTO team (organisation_id) VALUES ($1)", [team.gone]);
  expect((await merge(team.keep, team.gone)).result.obstacles).toEqual([{ kind: "TEAM_KIND", recordId: null }]);

  const offices = await two();
  const appoint = async (organisation: string, person: string, role: string) =>
    (
      await sql(
        `WITH someone AS (INSERT INTO person (id, name, name_key, search_vector) VALUES ($3, '人', '人', '') ON CONFLICT (id) DO NOTHING)
         INSERT INTO appointment (id, person_id, role, place, organisation_id, starts_first, starts_last)
         VALUES (gen_random_uuid(), $3, $4, $2, $1, '2024-01-01', '2024-01-01') RETURNING id`,
        [organisation, `organisation:${organisation}`, person, role],
      )
    )[0]!["id"];
  const [one, other] = [stableId("person", "one"), stableId("person", "other")];
  for (const id of [one, other])
    await sql("INSERT INTO person (id, name, name_key, search_vector) VALUES ($1, '人', '人', '') ON CONFLICT DO NOTHING", [id]);
  await appoint(offices.keep, one, "EXPERT");
  await appoint(offices.keep, one, "PRESIDENT");
  await appoint(offices.gone, other, "EXPERT");
  const twice = await appoint(offices.gone, one, "EXPERT");
  const second = await appoint(offices.gone, other, "PRESIDENT");
  expect((await merge(offices.keep, offices.gone)).result.obstacles).toEqual(
    expect.arrayContaining([twice, second].map((recordId) => ({ kind: "APPOINTMENT", recordId }))),
  );
  expect(await naming(offices.gone)).toMatchObject({ "appointment.organisation_id": 3 });
  for (const { gone } of [bodies, paired, team, offices]) expect((await found(gone)).id).toBe(gone);
});

test("along a line the first is found at the last; in a ring one merge wins and the other is told where to look", async () => {
  const { keep: b, gone: a } = await two();
  const { keep: c } = await two();
  await merged(b, a);
  await merged(c, b);
  expect(await found(a)).toMatchObject({ id: c, ids: [c, a, b] });
  expect((await merge(c, a)).result).toEqual({ __typename: "OrganisationAlreadyMerged", organisation: { id: c } });
  expect((await merge(b, (await two()).keep)).result).toMatchObject({ organisation: { id: c } });

  for (let round = 0; round < 5; round++) {
    const { keep, gone } = await two();
    const results = (await Promise.all([merge(keep, gone), merge(gone, keep)])).map(({ result }) => result);
    expect(results.map(({ __typename }) => __typename).sort()).toEqual(["OrganisationAlreadyMerged", "OrganisationsMerged"]);
    expect(results.find(({ __typename }) => __typename === "OrganisationAlreadyMerged").organisation.id).toBe(
      results.find(({ __typename }) => __typename === "OrganisationsMerged").organisation.id,
    );
  }
});

test("who names the merged record while it is merged names the survivor, whoever comes first", async () => {
  const { keep, gone } = await two();
  const { keep: last } = await two();
  const writers = Array.from({ length: 20 }, (_, index) => grant(gone, `racer-${index}`, "2024-01-01", null));
  const merges = (async () => {
    await merged(keep, gone);
    await merged(last, keep);
  })();
  await Promise.all([...writers, merges]);
  await grant(gone, "latecomer", "2024-01-01", null);
  expect((await naming(gone))["membership.organisation_id"]).toBe(0);
  expect((await naming(keep))["membership.organisation_id"]).toBe(0);
  expect((await naming(last))["membership.organisation_id"]).toBe(21);
});

test("only a merge merges: with its setting, the subgraph's own role may not do what it may", async () => {
  const { keep, gone } = await two();
  const pairing = await signed(gone);
  await merged((await two()).keep, (await two()).keep);
  const pretending = (text: string, ...params: string[]) =>
    refusedBy(
      story.database.dataSource.transaction(async (manager) => {
        await manager.query("SELECT set_config('gongjian.merging', $1, true)", [`${gone}>${keep}`]);
        await manager.query(text, params);
      }),
    );
  const repoint =
    "UPDATE pairing_party SET organisation_id = $1, place = 'organisation:' || $1::uuid WHERE pairing_id = $2 AND organisation_id IS NOT NULL";
  expect(await pretending(repoint, keep, pairing)).toBe("pairing_parties_kept");
  expect(await pretending("UPDATE organisation SET merged_into = $1, merged_at = now() WHERE id = $2", keep, gone)).toBe(
    "organisation_merge_kept",
  );
  await merged(keep, gone);
  expect(await pretending("UPDATE organisation SET merged_into = NULL, merged_at = NULL WHERE id = $1", gone)).toBe(
    "organisation_merge_kept",
  );
  expect(await pretending("UPDATE organisation SET name = 'x' WHERE id = $1", gone)).toBe("organisation_merge_kept");
  expect(await pretending("DELETE FROM organisation WHERE id = $1", gone)).toBe("organisation_merge_kept");
  expect(await pretending("DELETE FROM organisation WHERE id = $1", keep)).not.toBeNull();
});

test("who may, against which version, and once", async () => {
  const { keep, gone } = await two({}, { regionCode: "510112" });
  for (const who of [someone.public, someone.officer("510116"), someone.officer("510112"), someone.representative(keep), someone.auditor])
    expect(code(await merge(keep, gone, {}, who))).toBe(who === someone.public ? "UNAUTHENTICATED" : "FORBIDDEN");
  const city = someone.officer("5101");
  expect(code(await merge(keep, idOf("nobody"), {}, city))).toBe("NOT_FOUND");
  expect(code(await merge(keep, "x", {}, city))).toBe("NOT_FOUND");
  expect(code(await merge(keep, keep, {}, city))).toBe("BAD_USER_INPUT");
  expect((await merge(keep, gone, { keepVersion: 7, mergeVersion: 8 }, city)).result).toEqual({
    __typename: "VersionConflict",
    currentVersion: 1,
  });
  expect((await merge(keep, gone, { mergeVersion: 8 }, city)).result).toEqual({ __typename: "VersionConflict", currentVersion: 1 });
  const once = { keepVersion: 1, mergeVersion: 1, idempotencyKey: "merge-once" };
  const first = (await merge(keep, gone, once, city)).result;
  expect(first.__typename).toBe("OrganisationsMerged");
  expect((await merge(keep, gone, once, city)).result).toEqual(first);
  const trail = await sql(
    "SELECT action, entity_id AS id, subject FROM audit_entry WHERE entity_id = ANY($1) AND action LIKE 'merge%' ORDER BY id",
    [[keep, gone]],
  );
  expect(trail.map(({ action, subject }) => [action, subject]).sort()).toEqual([
    ["merge", city.subject],
    ["mergeInto", city.subject],
  ]);
});

test("the ids of an organisation are the platform's to look up, and one statement finds those of any number", async () => {
  const pairs = [await two(), await two()];
  for (const { keep, gone } of pairs) await merged(keep, gone);
  const query = "query ($ids: [ID!]!) { sameOrganisations(ids: $ids) }";
  const { keep, gone } = pairs[0]!;
  const platform = { issuer: "urn:gongjian:platform", subject: "platform", memberships: [] };
  const { data } = await ask(story.endpoint, platform, query, { ids: [gone, keep.toUpperCase(), "x"] });
  expect(data.sameOrganisations).toEqual([[keep, gone], [keep, gone], ["x"]]);
  expect(code(await ask(story.endpoint, someone.admin, query, { ids: [gone] }))).toBe("FORBIDDEN");

  const meter = countStatements(story.database);
  const asked = (ids: string[]) =>
    ask(
      story.endpoint,
      someone.public,
      "query ($reps: [_Any!]!) { _entities(representations: $reps) { ... on Organisation { ids absorbed { id } } } }",
      {
        reps: ids.map((id) => ({ __typename: "Organisation", id })),
      },
    );
  await asked([gone]);
  const one = meter.count();
  meter.reset();
  await asked(pairs.flatMap((pair) => [pair.keep, pair.gone]));
  expect(meter.count()).toBe(one);
});

test("an organisation absorbs a hundred records at most, so that its ids are a list and not pages", async () => {
  const { keep, gone } = await two();
  await story.test.sql(`
    ALTER TABLE communities.organisation DISABLE TRIGGER organisation_merge_kept;
    INSERT INTO communities.organisation (id, name, name_key, kind, search_vector, merged_into, merged_at)
      SELECT gen_random_uuid(), 'x', 'x', 'OTHER', '', CASE WHEN n % 2 = 0 THEN '${keep}'::uuid ELSE '${gone}' END, now() FROM generate_series(1, 100) n;
    ALTER TABLE communities.organisation ENABLE TRIGGER organisation_merge_kept`);
  expect((await merge(keep, gone)).result.obstacles).toEqual([{ kind: "TOO_MANY_ABSORBED", recordId: null }]);
  await story.test.sql(`
    ALTER TABLE communities.organisation DISABLE TRIGGER organisation_merge_kept;
    DELETE FROM communities.organisation WHERE id = (SELECT id FROM communities.organisation WHERE merged_into = '${gone}' LIMIT 1);
    ALTER TABLE communities.organisation ENABLE TRIGGER organisation_merge_kept`);
  expect((await merged(keep, gone)).organisation.ids).toHaveLength(101);
});
