import { stableId } from "@gongjian/database";
import { OPERATOR } from "../src/import/ask";
import { testPlatform, type TestPlatform } from "./platform";

const community = stableId("community", "CN_STATS:110108021014");
let story: TestPlatform;
let base: string;

async function did(query: string, variables: object) {
  const { data, errors } = await story.platform.gateway.executeOperation({ query, variables: { ...variables } }, { viewer: OPERATOR });
  if (errors) throw new Error(JSON.stringify(errors));
  return (data as Record<string, any>)["answer"];
}
const get = (path: string) => fetch(`${base}${path}`);

let letter: { number: string; code: string };
let appointment: { id: string };

beforeAll(async () => {
  story = await testPlatform();
  const imported = (what: string, rows: object[]) =>
    did(`mutation ($input: Import${what}Input!) { answer: import${what}(input: $input) { ... on BulkOutcome { written } } }`, {
      input: { rows },
    });
  await imported("Regions", [{ code: "110108021", name: "田村路街道", level: "STREET", scheme: "CN_STATS" }]);
  await imported("Communities", [
    { scheme: "CN_STATS", identifier: "110108021014", name: "阜石路第四社区居委会", kind: "URBAN", regionCode: "110108021" },
  ]);
  const at = { communityId: community };
  appointment = await did(`mutation ($input: AppointInput!) { answer: appoint(input: $input) { ... on Appointment { id } } }`, {
    input: { personName: "黃國輝", role: "HONORARY_DIRECTOR", at, conferredBy: at, startsOn: "2016-04-22", published: true },
  });
  letter = await did(
    `mutation ($input: IssueLetterInput!) { answer: issueLetter(input: $input) { ... on AppointmentLetter { number code } } }`,
    {
      input: { appointmentId: appointment.id },
    },
  );
  base = await story.platform.gateway.listen(0);
}, 60_000);
afterAll(() => story.close());

test("whoever has number and code gets the letter and the page that says that it holds", async () => {
  const pdf = await get(`/appointments/${letter.number}.pdf?code=${letter.code}`);
  expect(pdf.status).toBe(200);
  expect(Object.fromEntries(pdf.headers)).toMatchObject({
    "content-type": "application/pdf",
    "content-disposition": `inline; filename="${letter.number}.pdf"`,
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
  });
  const bytes = Buffer.from(await pdf.arrayBuffer());
  expect(bytes.subarray(0, 5).toString()).toBe("%PDF-");
  expect(bytes.toString("latin1")).toContain(`(${base}/appointments/${letter.number}?code=${letter.code})`);
  const page = await get(`/appointments/${letter.number.toLowerCase()}?code=${letter.code.replace(/(.{4})/gu, "$1%20").toLowerCase()}`);
  expect(page.status).toBe(200);
  expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
  const text = await page.text();
  for (const part of ["有效", "黃國輝", "阜石路第四社区居委会荣誉主任", "自2016年4月22日起", `${letter.number}.pdf`])
    expect(text).toContain(part);
});

test.each([
  ["another code", () => `/appointments/${letter.number}.pdf?code=0000000000000000`, 404],
  ["no code", () => `/appointments/${letter.number}.pdf`, 404],
  ["another number", () => `/appointments/AAAAAAAA-2016-0001?code=${letter.code}`, 404],
  ["a path that cannot be decoded", () => `/appointments/%E0%A4%A?code=${letter.code}`, 404],
  ["NUL", () => `/appointments/%00?code=${letter.code}`, 404],
  ["something below", () => `/appointments/${letter.number}/x?code=${letter.code}`, 404],
])("with %s there is nothing", async (_what, path, status) => {
  const answer = await get(path());
  expect(answer.status).toBe(status);
  expect(await answer.text()).not.toContain("黃國輝");
});

test("only GET, and a host that no browser would send is printed on nothing", async () => {
  const path = `/appointments/${letter.number}.pdf?code=${letter.code}`;
  expect((await fetch(`${base}${path}`, { method: "POST" })).status).toBe(405);
  const { request } = await import("undici");
  const strange = await request(`${base}${path}`, { headers: { host: "evil.example/x?" } });
  expect(strange.statusCode).toBeGreaterThanOrEqual(400);
  await strange.body.dump();
});

test("a revoked letter is gone, and its page says since when and why", async () => {
  await did(`mutation ($input: RevokeAppointmentInput!) { answer: revokeAppointment(input: $input) { __typename } }`, {
    input: { id: appointment.id, expectedVersion: 1, reason: "登记有误", revokedOn: "2017-01-01" },
  });
  expect((await get(`/appointments/${letter.number}.pdf?code=${letter.code}`)).status).toBe(410);
  const text = await (await get(`/appointments/${letter.number}?code=${letter.code}`)).text();
  for (const part of ["已撤销", "2017年1月1日起：登记有误"]) expect(text).toContain(part);
  expect(text).not.toContain(".pdf");
});
