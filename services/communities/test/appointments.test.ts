import { constraintOf, countStatements, schemaDrift, stableId } from "@gongjian/database";
import type { Viewer } from "@gongjian/subgraph";
import { ask, someone, type Answer } from "@gongjian/testing";
import { statusOn } from "../src/appointment/appointment.rules";
import { communitiesStory, type Story } from "./story";

const xianghe = stableId("community", "CN_STATS:510116001001");
const weijia = stableId("community", "CN_STATS:510112001001");
let story: Story;
let centre: string;

beforeAll(async () => {
  story = await communitiesStory();
  const { data } = await ask(
    story.endpoint,
    someone.admin,
    `mutation { createOrganisation(input: { name: "示例支持中心", kind: SUPPORT_CENTRE, regionCode: "510116001" }) { ... on Organisation { id } } }`,
  );
  centre = data.createOrganisation.id;
}, 60_000);
afterAll(() => story.test.close());

const officer = someone.officer("510116");
const worker = someone.worker(xianghe);
const representative = () => someone.representative(centre);

const PLACE = "__typename ... on Region { code } ... on Community { id } ... on Organisation { id }";
const FIELDS = `id key role status startsOn endsOn attestedOn capacity expertise published revokedOn revocationReason version person { id name }
  at { ${PLACE} } onBehalfOf { ${PLACE} } conferredBy { ${PLACE} } event { id }`;
const code = ({ errors }: Answer) => errors[0]?.extensions.code;
const problems = ({ errors }: Answer) =>
  errors[0]?.extensions.problems?.map((p: { field: string; code: string }) => `${p.field} ${p.code}`);

async function run(who: Viewer, name: string, input: object) {
  const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
  const others = {
    appoint: "... on OfficeHeld { holder { id person { name } } } ... on AlreadyExists { field }",
    updateAppointment: "... on OfficeHeld { holder { id } } ... on VersionConflict { currentVersion }",
    revokeAppointment: "... on VersionConflict { currentVersion }",
  }[name];
  const answer = await ask(
    story.endpoint,
    who,
    `mutation ($input: ${type}!) { ${name}(input: $input) { __typename ... on Appointment { ${FIELDS} } ${others} } }`,
    { input },
  );
  return { ...answer, result: answer.data?.[name] };
}

let count = 0;
async function appoint(who: Viewer, input: object) {
  count += 1;
  const personName = "personId" in input ? {} : { personName: `某甲${count}` };
  const { result, errors } = await run(who, "appoint", {
    role: "ADVISER",
    at: { communityId: xianghe },
    startsOn: "2020",
    ...personName,
    ...input,
  });
  expect(errors).toEqual([]);
  return result;
}

test("the migrated schema is what the entities say", async () => {
  expect(await schemaDrift(story.database.dataSource)).toEqual([]);
});

test("somebody is appointed, shown from all sides, audited, and a replay does nothing twice", async () => {
  const input = {
    personName: "黃國輝",
    role: "HONORARY_DIRECTOR",
    at: { communityId: xianghe },
    startsOn: "2016-04-22",
    onBehalfOf: { communityId: weijia },
    conferredBy: { communityId: xianghe },
    capacity: "副会长",
    published: true,
    idempotencyKey: "honorary-1",
  };
  const first = await run(worker, "appoint", input);
  expect(first.result).toMatchObject({
    __typename: "Appointment",
    status: "CURRENT",
    startsOn: "2016-04-22",
    endsOn: null,
    person: { name: "黃國輝" },
    at: { __typename: "Community", id: xianghe },
    onBehalfOf: { __typename: "Community", id: weijia },
    conferredBy: { __typename: "Community", id: xianghe },
    version: 1,
  });
  const again = await run(worker, "appoint", input);
  expect(again.result.id).toBe(first.result.id);
  const { data } = await ask(
    story.endpoint,
    someone.public,
    `query ($here: ID!, $there: ID!, $person: ID!) {
      here: community(id: $here) { appointments(filter: { roles: [HONORARY_DIRECTOR] }) { totalCount nodes { id } } }
      there: community(id: $there) { appointmentsElsewhere { nodes { id at { ${PLACE} } } } }
      person(id: $person) { officialName appointments { nodes { id } } }
      people(filter: { search: "huangguohui", roles: [HONORARY_DIRECTOR] }) { nodes { id name } }
    }`,
    { here: xianghe, there: weijia, person: first.result.person.id },
    "zh-Hans",
  );
  const { id } = first.result;
  expect(data.here.appointments).toEqual({ totalCount: 1, nodes: [{ id }] });
  expect(data.there.appointmentsElsewhere.nodes).toEqual([{ id, at: { __typename: "Community", id: xianghe } }]);
  expect(data.person).toEqual({ officialName: "黃國輝", appointments: { nodes: [{ id }] } });
  expect(data.people.nodes).toEqual([{ id: first.result.person.id, name: "黄国辉" }]);
  const trail = await story.test.sql<{ concept: string; action: string; role: string }>(
    "SELECT concept, action, role FROM communities.audit_entry WHERE entity_id = ANY($1::text[]) ORDER BY concept",
    [[id, first.result.person.id]],
  );
  expect(trail).toEqual([
    { concept: "appointment", action: "create", role: "COMMUNITY_WORKER" },
    { concept: "person", action: "create", role: "COMMUNITY_WORKER" },
  ]);
});

test("an office has one holder at a time; the other roles have many", async () => {
  const chief = { role: "LI_CHIEF", published: true };
  const first = await appoint(officer, { ...chief, startsOn: "2014", endsOn: "2018" });
  expect(first.__typename).toBe("Appointment");
  const held = await appoint(officer, { ...chief, startsOn: "2017" });
  expect(held).toEqual({ __typename: "OfficeHeld", holder: { id: first.id, person: { name: first.person.name } } });
  // known to the year only, the next term may begin in the year that the last one ended
  const next = await appoint(officer, { ...chief, startsOn: "2018" });
  expect(next.__typename).toBe("Appointment");
  // with the revocation the office is free from that day
  const { result } = await run(officer, "revokeAppointment", {
    id: next.id,
    expectedVersion: 1,
    reason: "调任",
    revokedOn: "2020-05-01",
  });
  expect(result).toMatchObject({ status: "REVOKED", revokedOn: "2020-05-01", revocationReason: "调任", version: 2 });
  expect((await appoint(officer, { ...chief, startsOn: "2020-04-30" })).__typename).toBe("OfficeHeld");
  expect((await appoint(officer, { ...chief, startsOn: "2020-05-01" })).__typename).toBe("Appointment");
  for (let n = 0; n < 3; n += 1)
    expect((await appoint(worker, { role: "HONORARY_DIRECTOR", startsOn: "2016-04-22" })).__typename).toBe("Appointment");
  // but nobody is the same thing twice at one place at one time
  const adviser = await appoint(worker, { startsOn: "2019" });
  const twice = await appoint(worker, { personId: adviser.person.id, startsOn: "2021" });
  expect(twice).toEqual({ __typename: "AlreadyExists", field: "personId" });
});

test("of many who take one office at once, one gets it", async () => {
  const answers = await Promise.all(Array.from({ length: 12 }, () => appoint(officer, { role: "DIRECTOR", startsOn: "2022-03-01" })));
  const kinds = answers.map(({ __typename }) => __typename).sort();
  expect(kinds).toEqual(["Appointment", ...Array<string>(11).fill("OfficeHeld")]);
  const rows = await story.test.sql("SELECT 1 FROM communities.appointment WHERE role = 'DIRECTOR' AND community_id = $1", [xianghe]);
  expect(rows).toHaveLength(1);
  // whoever was refused is not on record either: their name came with the appointment
  const names = await story.test.sql("SELECT 1 FROM communities.person WHERE id NOT IN (SELECT person_id FROM communities.appointment)");
  expect(names).toHaveLength(0);
});

test("what is not published shows to those who oversee its place, in every list and count alike", async () => {
  const hidden = await appoint(representative(), { role: "TEAM_MEMBER", at: { organisationId: centre } });
  const draft = await appoint(worker, { role: "LEGAL_COUNSEL" });
  const see = async (who: Viewer) => {
    const { data } = await ask(
      story.endpoint,
      who,
      `query ($hidden: ID!, $draft: ID!, $who: ID!, $at: ID!, $in: ID!) {
        hidden: appointment(id: $hidden) { id } draft: appointment(id: $draft) { id } person(id: $who) { name appointments { totalCount } }
        organisation(id: $at) { appointments(filter: { roles: [TEAM_MEMBER] }) { totalCount } }
        community(id: $in) { appointments(filter: { roles: [LEGAL_COUNSEL] }) { totalCount } }
        _entities(representations: [{ __typename: "Person", id: $who }, { __typename: "Appointment", id: $hidden }]) { ... on Person { id } ... on Appointment { id } }
      }`,
      { hidden: hidden.id, draft: draft.id, who: hidden.person.id, at: centre, in: xianghe },
    );
    return [
      data.hidden !== null,
      data.person !== null,
      data._entities[0] !== null,
      data._entities[1] !== null,
      data.organisation.appointments.totalCount === 1,
      data.draft !== null,
      data.community.appointments.totalCount === 1,
    ];
  };
  const ofTeam = (yes: boolean) => Array<boolean>(5).fill(yes);
  expect(await see(someone.public)).toEqual([...ofTeam(false), false, false]);
  expect(await see(someone.resident(xianghe))).toEqual([...ofTeam(false), false, false]);
  expect(await see(someone.worker(weijia))).toEqual([...ofTeam(false), false, false]);
  expect(await see(someone.officer("510112"))).toEqual([...ofTeam(false), false, false]);
  expect(await see(worker)).toEqual([...ofTeam(false), true, true]);
  expect(await see(representative())).toEqual([...ofTeam(true), false, false]);
  for (const who of [officer, someone.officer("zone-tianfu"), someone.auditor, someone.admin])
    expect(await see(who)).toEqual([...ofTeam(true), true, true]);
});

test.each<[string, () => Viewer, object, string | undefined]>([
  ["the public", () => someone.public, {}, "UNAUTHENTICATED"],
  ["a resident", () => someone.resident(xianghe), {}, "FORBIDDEN"],
  ["an auditor", () => someone.auditor, {}, "FORBIDDEN"],
  ["a worker of another community", () => someone.worker(weijia), {}, "FORBIDDEN"],
  ["a worker to the head of their own committee", () => worker, { role: "SECRETARY" }, "FORBIDDEN"],
  ["a worker in the name of another community", () => worker, { conferredBy: { communityId: weijia } }, "FORBIDDEN"],
  ["a worker in the name of their district", () => worker, { conferredBy: { regionCode: "510116" } }, "FORBIDDEN"],
  ["an officer of another district", () => someone.officer("510112"), {}, "FORBIDDEN"],
  [
    "an officer of the zone that runs the street",
    () => someone.officer("zone-tianfu"),
    { conferredBy: { communityId: xianghe } },
    undefined,
  ],
  ["a representative at their own organisation", representative, { at: { organisationId: "CENTRE" } }, undefined],
])("appointed by %s", async (_who, viewer, input, expected) => {
  count += 1;
  const base = { personName: `某乙${count}`, role: "ADVISER", at: { communityId: xianghe }, startsOn: "2020" };
  const given = JSON.parse(JSON.stringify({ ...base, ...input }).replace("CENTRE", centre));
  expect(code(await run(viewer(), "appoint", given))).toBe(expected);
});

test("bad input is named field by field", async () => {
  const base = { personName: "某丙", role: "ADVISER", at: { communityId: xianghe }, startsOn: "2020" };
  for (const [input, expected] of [
    [{ ...base, personName: " " }, ["personName REQUIRED"]],
    [{ ...base, personId: xianghe }, ["personId EXACTLY_ONE"]],
    [{ ...base, personName: undefined, personId: xianghe }, ["personId UNKNOWN_REFERENCE"]],
    [{ ...base, at: { communityId: xianghe, regionCode: "510116" } }, ["at EXACTLY_ONE"]],
    [{ ...base, at: { communityId: "nonsense" } }, ["at.communityId UNKNOWN_REFERENCE"]],
    [{ ...base, onBehalfOf: {} }, ["onBehalfOf EXACTLY_ONE"]],
    [{ ...base, startsOn: undefined }, ["startsOn REQUIRED"]],
    [{ ...base, role: "TEAM_LEADER", published: true }, ["published NOT_ALLOWED"]],
  ] as const)
    expect(problems(await run(someone.admin, "appoint", input))).toEqual(expected);
  expect(code(await run(someone.admin, "appoint", { ...base, startsOn: "2020-13" }))).toBe("BAD_USER_INPUT");
});

test("one that has not begun is taken back before it does, and who conferred it may be said later, once", async () => {
  const made = await appoint(worker, { role: "MEDIATOR", published: true, startsOn: "2999" });
  const change = (input: object) => run(worker, "updateAppointment", { id: made.id, expectedVersion: 1, ...input });
  expect(code(await change({ conferredBy: { communityId: weijia } }))).toBe("FORBIDDEN");
  expect((await change({ conferredBy: { communityId: xianghe } })).result).toMatchObject({ version: 2 });
  const again = await run(worker, "updateAppointment", { id: made.id, expectedVersion: 2, conferredBy: { communityId: xianghe } });
  expect(problems(again)).toEqual(["conferredBy NOT_ALLOWED"]);
  const { result } = await run(worker, "revokeAppointment", { id: made.id, expectedVersion: 2, reason: "有误" });
  expect(result).toMatchObject({ status: "REVOKED", version: 3 });
});

test("changed and revoked on the version that was read, by whoever may, and a revoked one stays so", async () => {
  const made = await appoint(worker, { role: "MEDIATOR", published: true, startsOn: "2021-01" });
  const change = (who: Viewer, input: object) => run(who, "updateAppointment", { id: made.id, expectedVersion: 1, ...input });
  expect(code(await change(someone.worker(weijia), { endsOn: "2023" }))).toBe("FORBIDDEN");
  const { result } = await change(worker, { endsOn: "2023", expertise: ["物业", " 邻里 "], capacity: "特约" });
  expect(result).toMatchObject({ status: "EXPIRED", endsOn: "2023", startsOn: "2021-01", expertise: ["物业", "邻里"], version: 2 });
  expect((await change(worker, { endsOn: null })).result).toEqual({ __typename: "VersionConflict", currentVersion: 2 });
  expect(problems(await run(worker, "updateAppointment", { id: made.id, expectedVersion: 2, endsOn: "2020" }))).toEqual([
    "endsOn PERIOD_REVERSED",
  ]);
  const revoke = (input: object) => run(worker, "revokeAppointment", { id: made.id, expectedVersion: 2, reason: "有误", ...input });
  expect(problems(await revoke({ revokedOn: "2999-01-01" }))).toEqual(["revokedOn IN_FUTURE"]);
  expect(problems(await revoke({ revokedOn: "2020-12-31" }))).toEqual(["revokedOn PERIOD_REVERSED"]);
  expect(problems(await revoke({ reason: " " }))).toEqual(["reason REQUIRED"]);
  expect((await revoke({})).result).toMatchObject({ status: "REVOKED", version: 3 });
  expect((await run(worker, "revokeAppointment", { id: made.id, expectedVersion: 3, reason: "再次" })).result.__typename).toBe(
    "AlreadyRevoked",
  );
  expect((await run(worker, "updateAppointment", { id: made.id, expectedVersion: 3, endsOn: null })).result.__typename).toBe(
    "AlreadyRevoked",
  );
});

test("an answer to who holds what on a day follows the terms, and the status is that of the rules", async () => {
  const at = { organisationId: centre };
  const terms = [
    { startsOn: "2016-04-22" },
    { startsOn: "2016", endsOn: "2019-06" },
    { attestedOn: "2018-05-05" },
    { startsOn: "2999" },
    { endsOn: "2020", attestedOn: "2018-01-01" },
  ];
  const made: { id: string }[] = [];
  for (const term of terms)
    made.push(await appoint(representative(), { role: "SUPERVISOR", at, startsOn: null, ...term, published: true }));
  const on = async (day: string) => {
    const { data } = await ask(
      story.endpoint,
      someone.public,
      `query ($id: ID!, $day: Date!) { organisation(id: $id) { appointments(filter: { roles: [SUPERVISOR], onDate: $day }) { nodes { id } } } }`,
      { id: centre, day },
    );
    const ids = data.organisation.appointments.nodes.map(({ id }: { id: string }) => id);
    return made.flatMap(({ id }, index) => (ids.includes(id) ? [index] : []));
  };
  expect(await on("2016-01-01")).toEqual([1]);
  expect(await on("2018-05-05")).toEqual([0, 1, 2, 4]);
  expect(await on("2018-05-06")).toEqual([0, 1, 4]);
  expect(await on("2019-07-01")).toEqual([0, 4]);
  expect(await on("2021-01-01")).toEqual([0]);
  const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  const rows = await story.test.sql<any>(
    `SELECT id, starts_first::text AS "startsFirst", starts_last::text AS "startsLast", ends_first::text AS "endsFirst", ends_last::text AS "endsLast",
      attested_on::text AS "attestedOn", revoked_on::text AS "revokedOn" FROM communities.appointment`,
  );
  const { data } = await ask(story.endpoint, someone.admin, "{ appointments(first: 100) { nodes { id status } } }");
  const statuses = new Map(data.appointments.nodes.map(({ id, status }: any) => [id, status]));
  expect(new Set(statuses.values()).size).toBe(5);
  for (const row of rows) expect([row.id, statuses.get(row.id)]).toEqual([row.id, statusOn(row, today)]);
});

test("terms that end soon, and people who hold two appointments at once, as far as the viewer may see both", async () => {
  const day = (days: number) => new Date(Date.now() + 8 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10);
  const at = { organisationId: centre };
  const make = (more: object) => appoint(representative(), { role: "LEGAL_COUNSEL", at, published: true, ...more });
  const soon = await make({ startsOn: "2020-01-01", endsOn: day(20) });
  const later = await make({ startsOn: "2020-01-01", endsOn: day(40), personId: soon.person.id, role: "MEDIATOR" });
  const over = await make({ startsOn: "2020-01-01", endsOn: day(-1) });
  await make({ startsOn: "2020-01-01" });
  const before = await make({ startsOn: "2015-01-01", endsOn: "2019-12-31", personId: soon.person.id, role: "MEDIATOR" });
  const hidden = await make({ startsOn: "2020-01-01", published: false, personId: over.person.id, role: "ADVISER" });
  const list = async (who: Viewer, filter: string) => {
    const text = `query ($id: ID!) { organisation(id: $id) { appointments(first: 100, filter: { ${filter}, roles: [LEGAL_COUNSEL, MEDIATOR, ADVISER] }) { totalCount nodes { id } } } }`;
    const { data, errors } = await ask(story.endpoint, who, text, { id: centre });
    expect(errors).toEqual([]);
    const { totalCount, nodes } = data.organisation.appointments;
    expect(totalCount).toBe(nodes.length);
    return nodes.map(({ id }: { id: string }) => id).sort();
  };
  expect(await list(someone.public, `expiringBefore: "${day(30)}"`)).toEqual([soon.id]);
  expect(await list(someone.public, `expiringBefore: "${day(20)}"`)).toEqual([]);
  expect(await list(someone.public, `expiringBefore: "${day(41)}"`)).toEqual([soon.id, later.id].sort());
  expect(await list(someone.public, "overlapping: true")).toEqual([soon.id, later.id].sort());
  expect(await list(representative(), "overlapping: true")).toEqual([soon.id, later.id, over.id, hidden.id].sort());
  expect(await list(someone.public, "overlapping: false")).toEqual(expect.arrayContaining([over.id, before.id]));
  expect(await list(representative(), "overlapping: false")).not.toContain(over.id);
});

test("a think tank: its experts and the fields that they were appointed for", async () => {
  const at = { organisationId: centre };
  const expert = { role: "EXPERT", at, startsOn: "2024-04-02", published: true };
  await appoint(representative(), { ...expert, expertise: ["社会工作", "项目开发"], capacity: "教授" });
  await appoint(representative(), { ...expert, expertise: ["社会工作"] });
  await appoint(representative(), { ...expert, expertise: ["社会工作", "法律"], published: false });
  const { data } = await ask(
    story.endpoint,
    someone.public,
    `query ($id: ID!) { organisation(id: $id) { expertise { field people } appointments(filter: { roles: [EXPERT], expertise: "项目开发" }) { totalCount nodes { capacity } } } }`,
    { id: centre },
  );
  expect(data.organisation).toEqual({
    expertise: [
      { field: "社会工作", people: 2 },
      { field: "项目开发", people: 1 },
    ],
    appointments: { totalCount: 1, nodes: [{ capacity: "教授" }] },
  });
});

describe("whoever writes, the database keeps", () => {
  const refusal = async (sql: string): Promise<string | null | undefined> => {
    try {
      await story.database.dataSource.query(sql);
    } catch (error) {
      return constraintOf(error)?.constraint;
    }
    return undefined;
  };

  test("dates to be days, months or years, places to be whole, and what neighbours do from being published", async () => {
    const { id } = await appoint(worker, { role: "MEDIATOR", startsOn: "2016-02" });
    const set = (changes: string) => refusal(`UPDATE communities.appointment SET ${changes} WHERE id = '${id}'`);
    expect(await set("starts_last = '2016-02-28'")).toBe("appointment_partial_dates");
    expect(await set("starts_first = '2016-01-01', starts_last = '2016-12-31'")).toBeUndefined();
    expect(await set("starts_first = '2016-01-02', starts_last = '2017-01-01'")).toBe("appointment_partial_dates");
    expect(await set("ends_first = '2015-01-01', ends_last = '2015-12-31'")).toBe("appointment_period");
    expect(await set("starts_first = NULL, starts_last = NULL")).toBe("appointment_in_time");
    expect(await set("place = 'region:5101'")).toBe("appointment_place_whole");
    expect(await set("role = 'TEAM_LEADER', published = true")).toBe("appointment_private_role");
    expect(await set("revoked_on = '2020-01-01'")).toBe("appointment_revocation_whole");
  });
});

describe("lists", () => {
  const OUTCOME = "... on BulkOutcome { written created updated unchanged refused rows { status problems { field code } } }";
  const load = async (who: Viewer, what: "People" | "Appointments", rows: object[], more: object = {}) => {
    const answer = await ask(
      story.endpoint,
      who,
      `mutation ($input: Import${what}Input!) { import${what}(input: $input) { ${OUTCOME} } }`,
      { input: { rows, ...more } },
    );
    expect(answer.errors).toEqual([]);
    return answer.data[`import${what}`];
  };
  const row = (key: string, more: object = {}) => ({
    key,
    personKey: "li-1",
    role: "ADVISER",
    at: { communityId: xianghe },
    startsOn: "2010",
    ...more,
  });
  const told = (outcome: any) => outcome.rows.map(({ problems: found }: any) => found.map((p: any) => `${p.field} ${p.code}`).join());

  test("come in, change nothing the second time, and carry changes", async () => {
    const people = [1, 2].map((n) => ({ key: `li-${n}`, name: `里长${n}`, source: "report-002" }));
    expect(await load(officer, "People", people, { dryRun: true })).toMatchObject({ written: false, created: 2 });
    expect(await load(officer, "People", people)).toMatchObject({ written: true, created: 2 });
    const rows = [row("a1"), row("a2", { personKey: "li-2", role: "HONORARY_DIRECTOR", startsOn: "2016-04-22" })];
    expect(await load(officer, "Appointments", rows)).toMatchObject({ written: true, created: 2 });
    expect(await load(officer, "Appointments", rows)).toMatchObject({ written: false, unchanged: 2 });
    expect(await load(officer, "Appointments", [row("a1", { endsOn: "2012" })])).toMatchObject({ written: true, updated: 1 });
    // a list says that what is public is public unless it says otherwise
    const { data } = await ask(
      story.endpoint,
      someone.public,
      `{ people(filter: { search: "里长" }) { nodes { key appointments { nodes { key endsOn } } } } }`,
    );
    expect(data.people.nodes.map(({ key }: any) => key)).toEqual(["li-1", "li-2"]);
    expect(await load(officer, "People", people)).toMatchObject({ written: false, unchanged: 2 });
  });

  test("tell row by row what is wrong, overlaps within the list among it", async () => {
    const chief = { role: "LI_CHIEF", at: { communityId: weijia } };
    const zone = { ...someone.admin };
    const outcome = await load(zone, "Appointments", [
      row("b1", { personKey: "nobody" }),
      row("b2", { ...chief, startsOn: "2012" }),
      row("b3", { ...chief, personKey: "li-2", startsOn: "2014" }),
      row("b4", { ...chief, startsOn: "2016" }),
      row("b5", { at: {} }),
    ]);
    expect(outcome).toMatchObject({ written: false, refused: 4 });
    expect(told(outcome)).toEqual(["personKey UNKNOWN_REFERENCE", "", "role OFFICE_HELD", "startsOn ALREADY_EXISTS", "at EXACTLY_ONE"]);
    expect(told(await load(officer, "Appointments", [row("c1", { at: { communityId: weijia }, startsOn: "2001" })]))).toEqual([
      "key FORBIDDEN",
    ]);
  });

  test("do not rename somebody whose place is another's, nor bring back what was revoked", async () => {
    const outcome = await load(someone.officer("510112"), "People", [{ key: "li-1", name: "改名" }]);
    expect(told(outcome)).toEqual(["key FORBIDDEN"]);
    const { data } = await ask(
      story.endpoint,
      officer,
      `{ people(filter: { search: "里长" }) { nodes { appointments { nodes { id key version } } } } }`,
    );
    const a2 = data.people.nodes.flatMap(({ appointments }: any) => appointments.nodes).find(({ key }: any) => key === "a2");
    await run(officer, "revokeAppointment", { id: a2.id, expectedVersion: a2.version, reason: "有误" });
    const again = row("a2", { personKey: "li-2", role: "HONORARY_DIRECTOR", startsOn: "2016-04-22" });
    expect(await load(officer, "Appointments", [again])).toMatchObject({ written: false, unchanged: 1 });
    expect(told(await load(officer, "Appointments", [{ ...again, endsOn: "2030" }]))).toEqual(["key REVOKED"]);
  });
});

test("a person is renamed by those whose all their places are", async () => {
  const made = await appoint(worker, { published: true, personName: "错名", startsOn: "1999" });
  const rename = (who: Viewer, expectedVersion = 1) =>
    ask(
      story.endpoint,
      who,
      `mutation ($input: UpdatePersonInput!) { updatePerson(input: $input) { __typename ... on Person { name version } ... on VersionConflict { currentVersion } } }`,
      { input: { id: made.person.id, expectedVersion, name: "正名" } },
    );
  expect(code(await rename(worker))).toBe("FORBIDDEN");
  expect(code(await rename(someone.officer("510112")))).toBe("FORBIDDEN");
  expect((await rename(officer)).data.updatePerson).toEqual({ __typename: "Person", name: "正名", version: 2 });
  expect((await rename(officer)).data.updatePerson).toEqual({ __typename: "VersionConflict", currentVersion: 2 });
  const elsewhere = await appoint(someone.admin, {
    personId: made.person.id,
    at: { communityId: weijia },
    published: true,
    startsOn: "1999",
  });
  expect(elsewhere.__typename).toBe("Appointment");
  expect(code(await rename(officer, 2))).toBe("FORBIDDEN");
});

test("a page costs the same number of statements whatever its length", async () => {
  const query = `query ($first: Int!) { appointments(first: $first) { totalCount nodes { ${FIELDS} at { ... on Community { appointments { nodes { id } } } ... on Organisation { expertise { field } } } person { appointments { totalCount nodes { role } } } } } }`;
  const counter = countStatements(story.database);
  const cost = async (first: number) => {
    counter.reset();
    const { errors } = await ask(story.endpoint, officer, query, { first });
    expect(errors).toEqual([]);
    return counter.count();
  };
  const short = await cost(10);
  expect(await cost(30)).toBeLessThanOrEqual(short);
});
