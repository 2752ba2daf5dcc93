import { stableId } from "@gongjian/database";
import { LOCAL_ISSUER, type Column, type Verdict } from "@gongjian/subgraph";
import { GROUND } from "./ground";
import { APPOINTMENT } from "./people";
import type { Answer, Town } from "./town";

const { communityId, organisationId } = GROUND;
const expectedVersion = 999;
const REFUSALS = ["FORBIDDEN", "UNAUTHENTICATED", "NOT_FOUND"];
const TOO_LONG = "由".repeat(501);
const SOMEBODY = { issuer: "https://somebody.example", subject: "somebody" };

/** The story's contacts: published lines, and what is not published, of the community, of the organisation, and of an adviser to the community. */
export const CONTACT = {
  community: "",
  organisation: "",
  appointment: "",
  hiddenOfCommunity: "",
  hiddenOfOrganisation: "",
  hiddenOfAppointment: "",
};

const line = (when: string | undefined): string =>
  when === "an organisation's" ? CONTACT.organisation : when === "an appointment's" ? CONTACT.appointment : CONTACT.community;
const ownerOf = (when: string | undefined): object =>
  when === "an organisation's" ? { organisationId } : when === "an appointment's" ? { appointmentId: APPOINTMENT.open } : { communityId };

/** How contacts are entered and changed by each column. */
export const CONTACT_MUTATIONS = {
  addContact: (tag: number, when?: string) => ({
    ...ownerOf(when),
    kind: "PHONE",
    purpose: "办公室",
    value: `028-8${String(6_000_000 + tag)}`,
  }),
  updateContact: (_tag: number, when?: string) => ({ id: line(when), expectedVersion, purpose: "另用" }),
  importContacts: (_tag: number, when?: string) => ({
    rows: [{ ...ownerOf(when), kind: "PHONE", purpose: "办公室", value: "028-86000001" }],
    dryRun: true,
  }),
  removeContact: (_tag: number, when?: string) => ({ id: line(when), expectedVersion }),
};

/** A citizen identification number (GB 11643) with its check character. */
function idNumber(order: number): string {
  const first = `11010519491231${String(order).padStart(3, "0")}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  return first + "10X98765432"[weights.reduce((sum, weight, at) => sum + weight * Number(first[at]), 0) % 11];
}

/** The record of each column's person, by subject; and that of a resident whom no column stands for. */
const RECORDS = new Map<string, string>();
export const RESIDENT = { record: "" };
const NEIGHBOUR = idNumber(999);

type OwnWrite = (column: Column) => { own: object; others?: object };

/**
 * How writes about one person are tried: on one's own data, and on another's. What is let in is malformed or too old, so that nothing is
 * erased or changed; who may is decided before.
 */
export const OWN_WRITES: Readonly<Record<string, OwnWrite>> = {
  savePersonalRecord: () => ({ own: { name: "某人", idNumber: NEIGHBOUR, expectedVersion } }),
  verifyIdNumber: ({ viewer }) => ({
    own: { recordId: RECORDS.get(viewer.subject) ?? stableId("personal-record", "none"), idNumber: NEIGHBOUR },
    others: { recordId: RESIDENT.record, idNumber: NEIGHBOUR },
  }),
  ...Object.fromEntries(
    ["erasePersonalData", "eraseEventsData", "eraseMatchingData"].map((name) => [
      name,
      () => ({ own: { reason: TOO_LONG }, others: { ...SOMEBODY, reason: TOO_LONG } }),
    ]),
  ),
};

const codesOf = ({ errors }: Answer): string[] => errors.map(({ extensions }) => extensions?.code ?? "");

function letIn(answer: Answer): boolean {
  const codes = codesOf(answer);
  if (codes.some((code) => REFUSALS.includes(code))) return false;
  if (codes.some((code) => code !== "BAD_USER_INPUT")) throw new Error(answer.text);
  return true;
}

/** What came of a try to write about another person, and then about oneself. */
export async function triedOwn(town: Town, operation: string, document: string, column: Column): Promise<Verdict> {
  const { own, others } = OWN_WRITES[operation]!(column);
  if (others && letIn(await town.ask(column, document, { input: others }))) return "ALLOW";
  return letIn(await town.ask(column, document, { input: own })) ? "OWN" : "DENY";
}

type Reading = (town: Town, column: Column) => Promise<Verdict>;

const refused = (answer: Answer): boolean => {
  const codes = codesOf(answer);
  if (codes.some((code) => !REFUSALS.includes(code))) throw new Error(answer.text);
  return codes.length > 0;
};

/** How readings about people are tried. */
export const PERSONAL_READINGS: Readonly<Record<string, Reading>> = {
  ...Object.fromEntries(
    ["exportMyData", "exportMyEventsData", "exportMyMatchingData"].map((name): [string, Reading] => [
      name,
      async (town, column) => {
        const answer = await town.ask(column, `{ ${name} { json } }`);
        if (refused(answer)) return "DENY";
        const { issuer, subject } = JSON.parse(answer.data[name].json);
        return issuer === LOCAL_ISSUER && subject === column.viewer.subject ? "OWN" : "ALLOW";
      },
    ]),
  ),
  async personalRecords(town, column) {
    const query = `{ personalRecords(communityId: "${communityId}") { nodes { id name mobile maskedName maskedIdNumber } } }`;
    const answer = await town.ask(column, query);
    if (refused(answer)) return "DENY";
    const found = answer.data.personalRecords.nodes.find(({ id }: { id: string }) => id === RESIDENT.record);
    expect(found).toMatchObject({ name: null, mobile: null, maskedName: "某**", maskedIdNumber: expect.stringMatching(/^1\*{16}.$/u) });
    return "ALLOW";
  },
  async contactReadings(town, column) {
    const answer = await town.ask(column, "{ contactReadings(first: 1) { nodes { contactId subject } } }");
    return refused(answer) ? "DENY" : "ALLOW";
  },
};

/** Gives a resident of the community a record, which its workers see, and each column's person one of their own. */
export async function tellRecords(town: Town, columns: readonly Column[], document: string): Promise<void> {
  const saved = async (column: Column, order: number, community: string | null): Promise<string> => {
    const input = { name: "某某人", idNumber: order === columns.length ? NEIGHBOUR : idNumber(order), communityId: community };
    const { data, text } = await town.ask(column, document, { input });
    if (data?.answer?.__typename !== "PersonalRecord") throw new Error(text);
    const [row] = await town.database.sql<{ id: string }>("SELECT id FROM communities.personal_record WHERE issuer = $1 AND subject = $2", [
      LOCAL_ISSUER,
      column.viewer.subject,
    ]);
    return row!.id;
  };
  RESIDENT.record = await saved(columns[0]!, columns.length, communityId);
  // whom it is about is changed: the table has no column for somebody else
  await town.database.sql("UPDATE communities.personal_record SET issuer = $2, subject = $3 WHERE id = $1", [
    RESIDENT.record,
    SOMEBODY.issuer,
    SOMEBODY.subject,
  ]);
  for (const [order, column] of columns.entries()) RECORDS.set(column.viewer.subject, await saved(column, order, null));
}
