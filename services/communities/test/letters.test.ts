import { constraintOf, schemaDrift, stableId } from "@gongjian/database";
import type { Viewer } from "@gongjian/subgraph";
import { ask, someone, type Answer } from "@gongjian/testing";
import { communitiesStory, type Story } from "./story";

const xianghe = stableId("community", "CN_STATS:510116001001");
const weijia = stableId("community", "CN_STATS:510112001001");
const worker = someone.worker(xianghe);
let story: Story;

beforeAll(async () => {
  story = await communitiesStory();
}, 60_000);
afterAll(() => story.test.close());

const code = ({ errors }: Answer) => errors[0]?.extensions.code;

async function did(who: Viewer, name: string, input: object, selection: string) {
  const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
  const answer = await ask(story.endpoint, who, `mutation ($input: ${type}!) { ${name}(input: $input) { __typename ${selection} } }`, {
    input,
  });
  return { ...answer, result: answer.data?.[name] };
}

let count = 0;
async function appointed(input: object = {}, who: Viewer = worker) {
  count += 1;
  const given = {
    personName: `林正達${count}`,
    role: "HONORARY_DIRECTOR",
    at: { communityId: xianghe },
    startsOn: "2016-04-22",
    conferredBy: { communityId: xianghe },
    capacity: "里長",
    published: true,
    ...input,
  };
  const { result, errors } = await did(who, "appoint", given, "... on Appointment { id person { id } }");
  expect(errors).toEqual([]);
  return result;
}
const issue = (appointmentId: string, who: Viewer = worker, idempotencyKey?: string) =>
  did(
    who,
    "issueLetter",
    { appointmentId, idempotencyKey },
    "... on AppointmentLetter { appointmentId number code issuedOn } ... on AlreadyExists { field }",
  );
async function verify(number: string, secret: string, who: Viewer = someone.public) {
  const { data, errors } = await ask(
    story.endpoint,
    who,
    `query ($number: String!, $code: String!) { verifyAppointment(number: $number, code: $code) {
      number issuedOn status person role place conferrer capacity expertise startsOn endsOn endsOnNow revokedOn revocationReason } }`,
    { number, code: secret },
  );
  expect(errors).toEqual([]);
  return data.verifyAppointment;
}
const today = () => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);

test("the migrated schema is what the entities say", async () => {
  expect(await schemaDrift(story.database.dataSource)).toEqual([]);
});

test("a letter is issued once, says what it said, and tells what became of the appointment", async () => {
  const { id, person } = await appointed({ expertise: ["社區營造"] });
  const { result: letter } = await issue(id, worker, "letter-1");
  expect(letter).toMatchObject({ __typename: "AppointmentLetter", appointmentId: id, issuedOn: today() });
  expect(letter.number).toMatch(new RegExp(`^[0-9A-Z]{8}-${today().slice(0, 4)}-\\d{4}$`, "u"));
  expect((await issue(id, worker, "letter-1")).result).toEqual(letter);
  expect((await issue(id)).result).toEqual({ __typename: "AlreadyExists", field: "appointmentId" });
  const said = await verify(letter.number, letter.code);
  expect(said).toEqual({
    number: letter.number,
    issuedOn: today(),
    status: "CURRENT",
    person: `林正達${count}`,
    role: "HONORARY_DIRECTOR",
    place: "祥鹤社区居委会",
    conferrer: "祥鹤社区居委会",
    capacity: "里長",
    expertise: ["社區營造"],
    startsOn: "2016-04-22",
    endsOn: null,
    endsOnNow: null,
    revokedOn: null,
    revocationReason: null,
  });
  // typed from paper: any case, with spaces and dashes
  expect(await verify(` ${letter.number.toLowerCase()}`, letter.code.toLowerCase().replace(/(.{4})/gu, "$1 "))).toEqual(said);
  expect(await verify(letter.number, `${letter.code.slice(0, 15)}${letter.code.endsWith("0") ? "1" : "0"}`)).toBeNull();
  expect(await verify(`${letter.number}0`, letter.code)).toBeNull();
  expect(await verify("\0", letter.code)).toBeNull();

  await did(someone.admin, "updatePerson", { id: person.id, expectedVersion: 1, name: "改名" }, "");
  await did(worker, "updateAppointment", { id, expectedVersion: 1, endsOn: "2018-06" }, "");
  expect(await verify(letter.number, letter.code)).toMatchObject({ ...said, status: "EXPIRED", endsOnNow: "2018-06" });
  await did(worker, "revokeAppointment", { id, expectedVersion: 2, reason: "登记有误", revokedOn: "2017-01-01" }, "");
  const revoked = { status: "REVOKED", revokedOn: "2017-01-01", revocationReason: "登记有误", person: said.person, endsOn: null };
  expect(await verify(letter.number, letter.code)).toMatchObject(revoked);
});

test("who may issue: those who act for the conferring body, and nobody without one", async () => {
  const { id } = await appointed();
  for (const who of [someone.worker(weijia), someone.officer("510112"), someone.resident(xianghe), someone.auditor])
    expect(code(await issue(id, who))).toBe("FORBIDDEN");
  expect(code(await issue(id, someone.public))).toBe("UNAUTHENTICATED");
  expect(code(await issue(stableId("nothing", "here")))).toBe("NOT_FOUND");
  const hidden = await appointed({ published: false });
  expect(code(await issue(hidden.id, someone.worker(weijia)))).toBe("NOT_FOUND");
  const nobody = await appointed({ conferredBy: null });
  expect((await issue(nobody.id, someone.admin)).errors[0]?.extensions.problems[0].code).toBe("NO_CONFERRER");
  await did(worker, "revokeAppointment", { id: nobody.id, expectedVersion: 1, reason: "有误" }, "");
  const gone = await appointed();
  await did(worker, "revokeAppointment", { id: gone.id, expectedVersion: 1, reason: "有误" }, "");
  expect((await issue(gone.id)).result.__typename).toBe("AlreadyRevoked");
  expect((await issue(id, someone.officer("510116"))).result.__typename).toBe("AppointmentLetter");
});

test("the code is told to those who may issue the letter, and stands in no audit entry", async () => {
  const { id } = await appointed();
  const { result } = await issue(id);
  const told = async (who: Viewer) => {
    const { data } = await ask(story.endpoint, who, `query ($id: ID!) { appointment(id: $id) { letter { number code } } }`, { id });
    return data.appointment.letter;
  };
  for (const who of [worker, someone.officer("510116"), someone.admin]) expect((await told(who)).code).toBe(result.code);
  for (const who of [someone.public, someone.worker(weijia), someone.auditor, someone.resident(xianghe)])
    expect(await told(who)).toEqual({ number: result.number, code: null });
  const trail = await story.test.sql<{ entry: string }>(
    "SELECT to_jsonb(a)::text AS entry FROM communities.audit_entry a WHERE a.action = 'issue'",
  );
  expect(trail.length).toBeGreaterThan(0);
  expect(trail.map(({ entry }) => entry).join()).not.toContain(result.code);
});

test("the numbers of a body run without a gap, however many issue at once and whatever fails among them", async () => {
  const conferredBy = { communityId: weijia };
  const at = { communityId: weijia };
  const [one, other] = [someone.worker(weijia), someone.officer("510112")];
  const made: { id: string }[] = [];
  for (let n = 0; n < 20; n += 1) made.push(await appointed({ conferredBy, at }, one));
  // each is asked for twice at once: every second try fails after it has taken its turn in the series
  const answers = await Promise.all(made.flatMap(({ id }) => [issue(id, one), issue(id, other)]));
  expect(answers.flatMap(({ errors }) => errors)).toEqual([]);
  const kinds = answers.map(({ result }) => result.__typename).sort();
  expect(kinds).toEqual([...Array<string>(20).fill("AlreadyExists"), ...Array<string>(20).fill("AppointmentLetter")]);
  const numbers = answers.flatMap(({ result }) => result.number ?? []).sort();
  const series = numbers[0].slice(0, 8);
  expect(numbers).toEqual(
    Array.from({ length: 20 }, (_, index) => `${series}-${today().slice(0, 4)}-${String(index + 1).padStart(4, "0")}`),
  );
});

describe("whoever writes, the database keeps", () => {
  const refusal = async (...sql: string[]): Promise<string | null | undefined> => {
    try {
      await story.database.dataSource.transaction(async (manager) => {
        for (const text of sql) await manager.query(text);
      });
    } catch (error) {
      return constraintOf(error)?.constraint;
    }
    return undefined;
  };

  test("letters as they were issued, and series without a gap", async () => {
    const { id } = await appointed();
    const letter = "communities.appointment_letter";
    const series = "communities.letter_series";
    const insert = (serial: number) =>
      `INSERT INTO ${letter} (appointment_id, series, year, serial, number, code, content, issued_on) SELECT '${id}', series, year, ${serial}, series || '-' || year || '-' || lpad('${serial}', 4, '0'), code, content, issued_on FROM ${letter} LIMIT 1`;
    expect(await refusal(`UPDATE ${letter} SET content = '{}'`)).toBe("appointment_letter_kept");
    expect(await refusal(`DELETE FROM ${letter}`)).toBe("appointment_letter_kept");
    expect(await refusal(`DELETE FROM ${series}`)).toBe("letter_series_order");
    expect(await refusal(`UPDATE ${series} SET last = last + 2`)).toBe("letter_series_order");
    expect(await refusal(`UPDATE ${series} SET last = last + 1`)).toBe("letter_series_whole");
    expect(await refusal(insert(9_000))).toBe("appointment_letter_in_series");
    expect(await refusal(`INSERT INTO ${series} VALUES ('AAAAAAAA', 2020, 'region:51', 2)`)).toBe("letter_series_order");
    expect(await refusal(`INSERT INTO ${series} VALUES ('AAAAAAAA', 2020, 'region:51', 1)`)).toBe("letter_series_whole");
  });
});
