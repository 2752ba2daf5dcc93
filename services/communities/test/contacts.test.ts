import { countStatements, schemaDrift, stableId } from "@gongjian/database";
import type { Viewer } from "@gongjian/subgraph";
import { ask, someone, type Answer } from "@gongjian/testing";
import { communitiesStory, type Story } from "./story";

const xianghe = stableId("community", "CN_STATS:510116001001");
const weijia = stableId("community", "CN_STATS:510112001001");
const worker = someone.worker(xianghe);
const service = (scope: string): Viewer => ({ subject: "service-1", memberships: [{ role: "SERVICE", scope }] });
let story: Story;
beforeAll(async () => {
  story = await communitiesStory();
}, 60_000);
afterAll(() => story.test.close());

const ADD = `mutation ($input: AddContactInput!) { r: addContact(input: $input) { __typename ... on Contact { id kind maskedValue value published version } ... on AlreadyExists { field } } }`;
const UPDATE = `mutation ($input: UpdateContactInput!) { r: updateContact(input: $input) { __typename ... on Contact { maskedValue version } ... on VersionConflict { currentVersion } ... on AlreadyExists { field } } }`;
const REMOVE = `mutation ($input: RemoveContactInput!) { r: removeContact(input: $input) { __typename ... on ContactRemoved { id } } }`;
const LIST = `query ($id: ID!) { community(id: $id) { contacts { totalCount nodes { id kind purpose maskedValue value } } } }`;
const READINGS = `query ($contact: ID) { contactReadings(contactId: $contact) { nodes { contactId subject role requestId } } }`;

let last = 13_800_130_000;
const number = (): string => String(++last);
const add = (who: Viewer, input: object): Promise<Answer> =>
  ask(story.endpoint, who, ADD, { input: { communityId: xianghe, kind: "MOBILE", purpose: "值班", value: number(), ...input } });
const code = ({ errors }: Answer) => errors[0]?.extensions.code;
const listed = async (who: Viewer, id: string) =>
  (await ask(story.endpoint, who, LIST, { id: xianghe })).data.community.contacts.nodes.find((node: { id: string }) => node.id === id);

test("the migrated schema is what the entities say", async () => expect(await schemaDrift(story.database.dataSource)).toEqual([]));

test("a worker enters a mobile number, which is stored sealed and nowhere else", async () => {
  const value = number();
  const { data, errors } = await add(worker, { value, idempotencyKey: "sealed" });
  expect(errors).toEqual([]);
  expect(data.r).toMatchObject({ __typename: "Contact", value: `+86${value}`, maskedValue: `${value.slice(0, 3)}****${value.slice(7)}` });
  const dumped = await story.test.sql<{ text: string }>(
    `SELECT t::text AS text FROM communities.contact t UNION ALL SELECT t::text FROM communities.audit_entry t
     UNION ALL SELECT t::text FROM communities.idempotency_record t UNION ALL SELECT t::text FROM communities.contact_reading t`,
  );
  expect(dumped.length).toBeGreaterThan(3);
  expect(JSON.stringify(dumped)).not.toContain(value);
});

const WHO: [string, Viewer, "full" | "masked" | "hidden"][] = [
  ["the community's worker", worker, "full"],
  ["an officer of its region", someone.officer("510116"), "full"],
  ["an officer of the managing zone", someone.officer("zone-tianfu"), "full"],
  ["an administrator", someone.admin, "full"],
  ["a service given this community", service(`community:${xianghe}`), "full"],
  ["a service everywhere", service("*"), "hidden"],
  ["an auditor", someone.auditor, "masked"],
  ["a resident", someone.resident(xianghe), "masked"],
  ["another community's worker", someone.worker(weijia), "hidden"],
  ["an officer elsewhere", someone.officer("510112"), "hidden"],
  ["the public", someone.public, "hidden"],
];
test.each(WHO)("%s", async (_name, who, expected) => {
  const value = number();
  const { id } = (await add(worker, { value })).data.r;
  const seen = await listed(who, id);
  const readings = () => ask(story.endpoint, someone.auditor, READINGS, { contact: id });
  if (expected === "hidden") expect(seen).toBeUndefined();
  else expect(seen).toMatchObject({ maskedValue: expect.stringContaining("****"), value: expected === "full" ? `+86${value}` : null });
  const mine = (await readings()).data.contactReadings.nodes.filter(({ requestId }: { requestId: string }) => requestId === "test-request");
  // the worker's own answer to addContact was a reading too
  expect(mine).toHaveLength(expected === "full" ? 2 : 1);
  expect(mine[0].subject).toBe(expected === "full" ? who.subject : worker.subject);
});

test("a published line is read by everybody, and no reading is logged", async () => {
  const { id } = (await add(worker, { kind: "PHONE", value: "028-85550100", published: true, purpose: "服务热线" })).data.r;
  expect(await listed(someone.public, id)).toMatchObject({ value: "+862885550100", purpose: "服务热线" });
  expect((await ask(story.endpoint, someone.auditor, READINGS, { contact: id })).data.contactReadings.nodes).toEqual([]);
});

test.each<[string, Viewer, string]>([
  ["the public", someone.public, "UNAUTHENTICATED"],
  ["a resident", someone.resident(xianghe), "FORBIDDEN"],
  ["an auditor", someone.auditor, "FORBIDDEN"],
  ["a service", service(`community:${xianghe}`), "FORBIDDEN"],
  ["another worker", someone.worker(weijia), "FORBIDDEN"],
])("%s enters none", async (_name, who, expected) => expect(code(await add(who, {}))).toBe(expected));

test("bad input is named and not repeated", async () => {
  const answer = await add(worker, { value: "1380013800012345" });
  expect(answer.errors[0]?.extensions.problems).toMatchObject([{ field: "value", code: "MALFORMED" }]);
  expect(JSON.stringify(answer)).not.toContain("13800138000");
  expect(code(await add(worker, { communityId: null }))).toBe("FORBIDDEN");
  expect(code(await add(someone.admin, { communityId: null }))).toBe("BAD_USER_INPUT");
  expect(code(await add(someone.admin, { communityId: stableId("community", "none") }))).toBe("BAD_USER_INPUT");
});

test("one of twenty who enter the same number at once does, in whatever way it is written", async () => {
  const value = number();
  const forms = [value, `+86 ${value}`, `${value.slice(0, 3)}-${value.slice(3, 7)}-${value.slice(7)}`];
  const answers = await Promise.all(Array.from({ length: 20 }, (_, index) => add(worker, { value: forms[index % 3] })));
  const kinds = answers.map(({ data }) => data.r.__typename);
  expect(kinds.filter((kind) => kind === "Contact")).toHaveLength(1);
  expect(kinds.filter((kind) => kind === "AlreadyExists")).toHaveLength(19);
});

test("a replay gets the first answer; the same key with another number is refused", async () => {
  const value = number();
  const input = { value, idempotencyKey: "replayed" };
  const first = await add(worker, input);
  expect((await add(worker, input)).data.r.id).toBe(first.data.r.id);
  expect((await add(worker, { ...input, value: number() })).data.r.__typename).toBe("IdempotencyConflict");
});

test("changed against its version, audited without values, and gone when removed", async () => {
  const [one, two] = [number(), number()];
  const { id } = (await add(worker, { value: one })).data.r;
  const update = (who: Viewer, input: object) => ask(story.endpoint, who, UPDATE, { input: { id, ...input } });
  expect((await update(worker, { expectedVersion: 1, value: two })).data.r).toMatchObject({
    version: 2,
    maskedValue: expect.stringContaining(two.slice(7)),
  });
  expect((await update(worker, { expectedVersion: 1, purpose: "x" })).data.r).toMatchObject({
    __typename: "VersionConflict",
    currentVersion: 2,
  });
  expect(code(await update(someone.worker(weijia), { expectedVersion: 2, purpose: "x" }))).toBe("NOT_FOUND");
  expect(code(await update(someone.auditor, { expectedVersion: 2, purpose: "x" }))).toBe("FORBIDDEN");
  const remove = { input: { id, expectedVersion: 2, idempotencyKey: "removed" } };
  expect((await ask(story.endpoint, worker, REMOVE, remove)).data.r).toEqual({ __typename: "ContactRemoved", id });
  expect((await ask(story.endpoint, worker, REMOVE, remove)).data.r).toEqual({ __typename: "ContactRemoved", id });
  expect(await story.test.sql("SELECT 1 FROM communities.contact WHERE id = $1", [id])).toEqual([]);
  const trail = await story.test.sql<{ action: string }>(
    "SELECT action, before, after FROM communities.audit_entry WHERE concept = 'contact' AND entity_id = $1 ORDER BY id",
    [id],
  );
  expect(trail.map(({ action }) => action)).toEqual(["create", "update", "remove"]);
  for (const value of [one, two]) expect(JSON.stringify(trail)).not.toContain(value);
});

describe("of whoever holds an appointment", () => {
  const APPOINT = `mutation ($input: AppointInput!) { r: appoint(input: $input) { __typename ... on Appointment { id } } }`;
  const OF = `query ($id: ID!) { appointment(id: $id) { contacts { totalCount nodes { id purpose maskedValue value } } } }`;
  const appointed = async (published: boolean): Promise<string> => {
    const input = { personName: "示例顾问", role: "ADVISER", at: { communityId: xianghe }, startsOn: "2024-01-01", published };
    const { data, errors } = await ask(story.endpoint, worker, APPOINT, { input });
    expect(errors).toEqual([]);
    return data.r.id;
  };
  const enter = (who: Viewer, appointmentId: string, more: object = {}) =>
    add(who, { communityId: null, appointmentId, purpose: "工作联系", ...more });

  test.each(WHO)("%s", async (_name, who, expected) => {
    const appointmentId = await appointed(true);
    const value = number();
    const { id } = (await enter(worker, appointmentId, { value })).data.r;
    const { contacts } = (await ask(story.endpoint, who, OF, { id: appointmentId })).data.appointment;
    if (expected === "hidden") expect(contacts).toEqual({ totalCount: 0, nodes: [] });
    else expect(contacts).toMatchObject({ totalCount: 1, nodes: [{ id, value: expected === "full" ? `+86${value}` : null }] });
    const keeps = expected === "full" && !who.memberships.some(({ role }) => role === "SERVICE");
    const change = await ask(story.endpoint, who, UPDATE, { input: { id, expectedVersion: 1, purpose: "另用" } });
    expect(change.data?.r?.version ?? code(change)).toBe(
      keeps ? 2 : who === someone.public ? "UNAUTHENTICATED" : expected === "hidden" ? "NOT_FOUND" : "FORBIDDEN",
    );
  });

  test("each value once in an appointment, and in another again; one owner, and one that is there", async () => {
    const [one, other] = [await appointed(true), await appointed(true)];
    const value = number();
    const answers = await Promise.all(Array.from({ length: 5 }, () => enter(worker, one, { value })));
    expect(answers.map(({ data }) => data.r.__typename).sort()).toEqual([...Array(4).fill("AlreadyExists"), "Contact"]);
    expect((await enter(worker, other, { value })).data.r.__typename).toBe("Contact");
    expect(code(await enter(someone.admin, one, { communityId: xianghe }))).toBe("BAD_USER_INPUT");
    expect(code(await enter(someone.admin, stableId("appointment", "none")))).toBe("BAD_USER_INPUT");
  });

  test("whoever does not see the appointment enters none, learns of none, and cannot tell that it is there", async () => {
    const hidden = await appointed(false);
    const { id } = (await enter(worker, hidden)).data.r;
    const stranger = someone.worker(weijia);
    expect((await ask(story.endpoint, stranger, OF, { id: hidden })).data.appointment).toBeNull();
    const none = stableId("appointment", "none");
    const told = ({ errors }: Answer) => errors.map(({ message, extensions }) => ({ message, extensions }));
    expect(told(await enter(stranger, hidden))).toEqual(told(await enter(stranger, none)));
    expect(code(await ask(story.endpoint, stranger, UPDATE, { input: { id, expectedVersion: 1, purpose: "x" } }))).toBe("NOT_FOUND");
  });

  test("to appoint somebody elsewhere opens no contact of theirs", async () => {
    const appointmentId = await appointed(true);
    await enter(worker, appointmentId);
    const { data } = await ask(story.endpoint, worker, `query ($id: ID!) { appointment(id: $id) { person { id } } }`, {
      id: appointmentId,
    });
    const stranger = someone.worker(weijia);
    const input = {
      personId: data.appointment.person.id,
      role: "ADVISER",
      at: { communityId: weijia },
      startsOn: "2024-01-01",
      published: true,
    };
    expect((await ask(story.endpoint, stranger, APPOINT, { input })).data.r.__typename).toBe("Appointment");
    expect((await ask(story.endpoint, stranger, OF, { id: appointmentId })).data.appointment.contacts.totalCount).toBe(0);
  });

  test("the number of statements does not grow with the appointments", async () => {
    const ids = [await appointed(true), await appointed(true), await appointed(true)];
    for (const id of ids) await enter(worker, id);
    const query = (some: string[]) =>
      `{ ${some.map((id, at) => `a${at}: appointment(id: "${id}") { contacts { nodes { value maskedValue } } }`).join(" ")} }`;
    const counter = countStatements(story.database);
    const counted = async (some: string[]) => {
      counter.reset();
      expect((await ask(story.endpoint, worker, query(some))).errors).toEqual([]);
      return counter.count();
    };
    const one = await counted(ids.slice(0, 1));
    expect(one).toBeGreaterThan(1);
    expect(await counted(ids)).toBe(one);
  });
});

test("a value moved to another row does not open, and the answer does not say why", async () => {
  const [a, b] = [(await add(worker, {})).data.r.id, (await add(worker, {})).data.r.id];
  await story.test.sql("UPDATE communities.contact SET value = (SELECT value FROM communities.contact WHERE id = $1) WHERE id = $2", [
    a,
    b,
  ]);
  const { errors } = await ask(
    story.endpoint,
    worker,
    `query ($id: ID!) { community(id: $id) { contacts(first: 100) { nodes { value } } } }`,
    { id: xianghe },
  );
  expect(errors[0]?.message).toBe("Something went wrong on our side.");
  await story.test.sql("DELETE FROM communities.contact WHERE id = $1", [b]);
});

test("only auditors and administrators read who read", async () => {
  for (const who of [worker, someone.officer("510116"), someone.resident(xianghe)])
    expect(code(await ask(story.endpoint, who, READINGS))).toBe("FORBIDDEN");
});

test("the number of statements does not grow with the contacts", async () => {
  const counter = countStatements(story.database);
  const counts: number[] = [];
  for (const rows of [1, 10]) {
    while ((await listedAll()) < rows) await add(worker, {});
    counter.reset();
    await ask(
      story.endpoint,
      worker,
      `query ($id: ID!) { community(id: $id) { contacts(first: ${rows}) { nodes { maskedValue value } } } }`,
      { id: xianghe },
    );
    counts.push(counter.count());
  }
  expect(counts[1]).toBe(counts[0]);
});

const listedAll = async (): Promise<number> =>
  (await ask(story.endpoint, worker, LIST, { id: xianghe })).data.community.contacts.totalCount;

describe("a list of contacts", () => {
  const IMPORT = `mutation ($input: ImportContactsInput!) { r: importContacts(input: $input) { __typename ... on IdempotencyConflict { message }
    ... on BulkOutcome { written created updated unchanged rows { key status id problems { field code message } } } } }`;
  const imports = async (who: Viewer, rows: object[], more: object = {}) => {
    const answer = await ask(story.endpoint, who, IMPORT, { input: { rows, ...more } });
    return answer.data?.r ?? code(answer);
  };
  const row = (more: object = {}) => ({ communityId: xianghe, kind: "MOBILE", purpose: "值班", value: number(), ...more });

  test("is checked, entered and corrected row by row; a contact is found again by its value, however it is written", async () => {
    const first = row();
    expect(await imports(worker, [first], { dryRun: true })).toMatchObject({ written: false, created: 1 });
    expect(await imports(worker, [first])).toMatchObject({ written: true, created: 1, rows: [{ key: null, status: "CREATED" }] });
    expect(await imports(worker, [{ ...first, value: `+86 ${first.value}` }])).toMatchObject({ written: false, unchanged: 1 });
    const changed = await imports(worker, [{ ...first, label: "夜间" }, row()]);
    expect(changed).toMatchObject({ written: true, created: 1, updated: 1 });
    expect(await listed(worker, changed.rows[0].id)).toMatchObject({ purpose: "值班", value: `+86${first.value}` });
  });

  test("is refused row by row: other people's, nobody's, malformed and doubled ones, and nothing is written", async () => {
    const twice = row();
    const rows = [
      row({ communityId: weijia }),
      row({ communityId: stableId("community", "none") }),
      row({ organisationId: xianghe }),
      row({ value: "12" }),
      row({ published: true }),
      twice,
      twice,
    ];
    const { written, rows: answers } = await imports(worker, rows);
    expect(written).toBe(false);
    expect(
      answers.map(({ problems }: { problems: { field: string; code: string }[] }) => problems.map((each) => `${each.field} ${each.code}`)),
    ).toEqual([
      ["key FORBIDDEN"],
      ["communityId UNKNOWN_REFERENCE"],
      ["communityId EXACTLY_ONE"],
      ["value MALFORMED"],
      ["published NOT_PUBLISHABLE"],
      [],
      ["key DUPLICATE_KEY"],
    ]);
    expect(await imports(someone.resident(xianghe), [row()])).toBe("FORBIDDEN");
    expect(await imports(someone.public, [row()])).toBe("UNAUTHENTICATED");
  });

  test("leaves no value in what is stored, and a replay gets the first answer", async () => {
    const rows = [row(), row()];
    const [first, second] = [
      await imports(worker, rows, { idempotencyKey: "list" }),
      await imports(worker, rows, { idempotencyKey: "list" }),
    ];
    expect(second).toEqual(first);
    expect((await imports(worker, [row()], { idempotencyKey: "list" })).__typename).toBe("IdempotencyConflict");
    const stored = await story.test.sql<{ text: string }>(
      `SELECT t::text AS text FROM communities.contact t UNION ALL SELECT t::text FROM communities.audit_entry t UNION ALL SELECT t::text FROM communities.idempotency_record t`,
    );
    for (const { value } of rows) expect(JSON.stringify(stored)).not.toContain(value);
  });

  test("of two who enter the same at once leaves each contact once", async () => {
    const rows = Array.from({ length: 20 }, () => row());
    const both = await Promise.all([
      imports(worker, rows),
      imports(someone.officer("510116"), [...rows].reverse()),
      imports(someone.admin, rows),
    ]);
    expect(both.map(({ created }) => created).sort()).toEqual([0, 0, 20]);
  });
});
