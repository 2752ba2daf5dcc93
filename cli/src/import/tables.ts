import { serviceFields, TABLES, type RowValues, type TableDefinition, type TableName } from "@gongjian/importer";
import { Failure } from "../failure";

/** A name in a row that stands for a record: it is settled before the row is sent. */
export interface Reference {
  column: string;
  kind: "REGION" | "COMMUNITY" | "ORGANISATION" | "EVENT";
  text: string;
  within?: string | null;
}

/** Gives the id of a reference of the row; null where the column was empty. */
export type Settled = (column: string, text?: string) => string | null;

/** How the rows of a table become the input of a bulk mutation. */
export interface ImportTable {
  definition: TableDefinition;
  mutation: string;
  references: (row: RowValues) => Reference[];
  toInput: (row: RowValues, settled: Settled) => Record<string, unknown>;
  /** Rows with the same value of this input field belong together: they are sent, and replaced, as one. `*` keeps all rows together. */
  together?: string;
}

const text = (value: unknown): string | null => (typeof value === "string" && value.trim() !== "" ? value.trim() : null);
const texts = (value: unknown): string[] => (Array.isArray(value) ? (value as string[]) : []);

/** A region is written as a code, a name or a path of names; in a path the last name is the region and the rest narrows. */
function region(column: string, value: unknown): Reference[] {
  const path = text(value);
  if (path === null) return [];
  const cut = Math.max(path.lastIndexOf("/"), path.lastIndexOf("／"));
  return [{ column, kind: "REGION", text: path.slice(cut + 1), within: cut > 0 ? path.slice(0, cut) : null }];
}

function named(column: string, kind: Reference["kind"], value: unknown, within?: unknown): Reference[] {
  const name = text(value);
  return name === null ? [] : [{ column, kind, text: name, within: text(within) }];
}

/** A place of a kind that stands in another column. */
const place = (column: string, kind: unknown, value: unknown, within?: unknown): Reference[] =>
  kind === "REGION" ? region(column, value) : named(column, kind === "COMMUNITY" ? "COMMUNITY" : "ORGANISATION", value, within);

const PLACE_FIELDS: Record<string, string> = { REGION: "regionCode", COMMUNITY: "communityId" };
const placeInput = (kind: unknown, id: string | null): Record<string, string | null> => ({
  [PLACE_FIELDS[String(kind)] ?? "organisationId"]: id,
});

const party = (row: RowValues): Reference[] =>
  named("party", row["partyKind"] === "COMMUNITY" ? "COMMUNITY" : "ORGANISATION", row["party"], row["within"]);

/** The columns of a row that are sent as they are; empty cells are left out. */
const pick = (row: RowValues, ...columns: string[]): Record<string, unknown> =>
  Object.fromEntries(columns.filter((column) => row[column] !== null && row[column] !== undefined).map((column) => [column, row[column]]));

const scheme = (value: unknown): string | null => text(value)?.replace(/-/gu, "_") ?? null;

/** `汉`, `HA` or `藏:120`. */
function ethnicGroup(item: string): { group: string; count?: number } {
  const [group, count] = item.split(/[:：]/u);
  return count === undefined ? { group: group!.trim() } : { group: group!.trim(), count: Number(count) };
}

/** `医疗卫生:就医方便吗`, or `平安?:夜间出行放心吗` for yes or no; the field by its label or code. */
function question(item: string): { field: string; kind: string; text: string } {
  const [, label = "", asked, words = ""] = /^([^:：?？]*)([?？]?)[:：](.*)$/su.exec(item) ?? [];
  const wanted = label.trim();
  const [field] = Object.entries(serviceFields).find(([code, { zh, zhHant, en }]) => [code, zh, zhHant, en].includes(wanted)) ?? [];
  return { field: field ?? wanted, kind: asked ? "YES_NO" : "RATING", text: words.trim() };
}

/** `2021年上半年:2021-03-01:2021-03-31` */
function period(item: string): Record<string, string | undefined> {
  const [name, startsOn, endsOn] = item.split(/[:：]/u).map((part) => part.trim());
  return { name, startsOn, endsOn };
}

const definition = (name: TableName): TableDefinition => TABLES[name] as unknown as TableDefinition;

/** Every table, in the order in which they are imported: what a row points to comes before it. */
export const IMPORT_TABLES: Record<TableName, ImportTable> = {
  regions: {
    definition: definition("regions"),
    mutation: "importRegions",
    together: "*",
    references: () => [],
    toInput: (row) => ({
      ...pick(row, "code", "name", "level", "kind", "source"),
      scheme: scheme(row["scheme"]),
      parentCode: text(row["parent"]),
      manages: texts(row["manages"]),
    }),
  },
  communities: {
    definition: definition("communities"),
    mutation: "importCommunities",
    references: (row) => region("region", row["region"]),
    toInput: (row, settled) => ({
      ...pick(row, "identifier", "name", "kind", "traits", "description", "longitude", "latitude", "source"),
      scheme: scheme(row["scheme"]),
      regionCode: settled("region"),
    }),
  },
  organisations: {
    definition: definition("organisations"),
    mutation: "importOrganisations",
    references: (row) => region("region", row["region"]),
    toInput: (row, settled) => ({
      ...pick(row, "key", "name", "kind", "creditCode", "capabilities", "description", "illustrative", "source"),
      regionCode: settled("region"),
    }),
  },
  populations: {
    definition: definition("populations"),
    mutation: "importPopulations",
    references: (row) => named("community", "COMMUNITY", row["community"], row["within"]),
    toInput: (row, settled) => ({
      ...pick(row, "asOf", "residents", "residentsPrecision", "households", "compounds", "ethnicGroupCount", "source"),
      communityId: settled("community"),
      ethnicGroups: texts(row["ethnicGroups"]).map(ethnicGroup),
    }),
  },
  series: {
    definition: definition("series"),
    mutation: "importEventSeries",
    references: () => [],
    toInput: (row) => pick(row, "key", "name", "description", "source"),
  },
  events: {
    definition: definition("events"),
    mutation: "importEvents",
    references: (row) => region("region", row["region"]),
    toInput: (row, settled) => ({
      ...pick(row, "key", "edition", "name", "theme", "kind", "startsAt", "endsAt", "timeZone", "place", "source"),
      seriesKey: text(row["series"]),
      regionCode: settled("region"),
    }),
  },
  organisers: {
    definition: definition("organisers"),
    mutation: "importOrganisers",
    together: "eventKey",
    references: party,
    toInput: (row, settled) => ({
      ...pick(row, "role", "order", "partyKind", "source"),
      eventKey: text(row["event"]),
      partyId: settled("party"),
    }),
  },
  sessions: {
    definition: definition("sessions"),
    mutation: "importSessions",
    together: "eventKey",
    references: () => [],
    toInput: (row) => ({ ...pick(row, "key", "title", "kind", "startsAt", "endsAt", "topic", "source"), eventKey: text(row["event"]) }),
  },
  participants: {
    definition: definition("participants"),
    mutation: "importParticipants",
    together: "sessionKey",
    references: party,
    toInput: (row, settled) => ({
      ...pick(row, "role", "order", "partyKind", "topic", "source"),
      sessionKey: text(row["session"]),
      partyId: settled("party"),
    }),
  },
  people: {
    definition: definition("people"),
    mutation: "importPeople",
    references: () => [],
    toInput: (row) => pick(row, "key", "name", "illustrative", "source"),
  },
  appointments: {
    definition: definition("appointments"),
    mutation: "importAppointments",
    references: (row) => [
      ...place("place", row["placeKind"], row["place"], row["within"]),
      ...place("behalf", row["behalfKind"], row["behalf"]),
      ...place("conferrer", row["conferrerKind"], row["conferrer"], row["within"]),
      ...named("event", "EVENT", row["event"]),
    ],
    toInput: (row, settled) => ({
      ...pick(row, "key", "role", "startsOn", "endsOn", "attestedOn", "capacity", "expertise", "published", "source"),
      personKey: text(row["person"]),
      at: placeInput(row["placeKind"], settled("place")),
      eventId: settled("event"),
      ...(text(row["behalf"]) !== null && { onBehalfOf: placeInput(row["behalfKind"], settled("behalf")) }),
      ...(text(row["conferrer"]) !== null && { conferredBy: placeInput(row["conferrerKind"], settled("conferrer")) }),
    }),
  },
  calendar: {
    definition: definition("calendar"),
    mutation: "importCalendarDays",
    references: () => [],
    toInput: (row) => pick(row, "calendar", "day", "working", "name", "source"),
  },
  suggestions: {
    definition: definition("suggestions"),
    mutation: "importSuggestions",
    references: (row) => [
      ...named("community", "COMMUNITY", row["community"], row["within"]),
      ...region("region", row["region"]),
      ...named("event", "EVENT", row["event"]),
      ...named("raiser", row["raiserKind"] === "COMMUNITY" ? "COMMUNITY" : "ORGANISATION", row["raiser"], row["within"]),
      ...region("assignee", row["assignee"]),
    ],
    toInput: (row, settled) => ({
      ...pick(
        row,
        "key",
        "title",
        "body",
        "topic",
        "channel",
        "urgency",
        "raisedOn",
        "published",
        "decision",
        "answer",
        "answeredOn",
        "promisedOn",
        "outcome",
        "doneOn",
        "rating",
        "illustrative",
        "source",
      ),
      communityId: settled("community"),
      regionCode: settled("region"),
      eventId: settled("event"),
      ...(text(row["raiser"]) !== null && {
        inNameOf: row["raiserKind"] === "COMMUNITY" ? { communityId: settled("raiser") } : { organisationId: settled("raiser") },
      }),
      ...(text(row["assignee"]) !== null && { assignee: { regionCode: settled("assignee") } }),
    }),
  },
  surveys: {
    definition: definition("surveys"),
    mutation: "importSurveys",
    references: (row) => [...named("community", "COMMUNITY", row["community"], row["within"]), ...region("region", row["region"])],
    toInput: (row, settled) => ({
      ...pick(row, "key", "title", "illustrative", "source"),
      communityId: settled("community"),
      regionCode: settled("region"),
      questions: texts(row["questions"]).map(question),
      periods: texts(row["periods"]).map(period),
    }),
  },
  responses: {
    definition: definition("responses"),
    mutation: "importSurveyResponses",
    references: (row) => named("community", "COMMUNITY", row["community"], row["within"]),
    toInput: (row, settled) => ({
      ...pick(row, "key", "period"),
      surveyKey: row["survey"],
      communityId: settled("community"),
      answers: texts(row["answers"]).map((item) => {
        const [position, value] = item.split(/[:：]/u).map(Number);
        return { position, value };
      }),
    }),
  },
  cards: {
    definition: definition("cards"),
    mutation: "importServiceContacts",
    references: (row) => [
      ...named("community", "COMMUNITY", row["community"], row["within"]),
      ...named("organisation", "ORGANISATION", row["organisation"]),
    ],
    toInput: (row, settled) => ({
      ...pick(row, "key", "position", "field", "title", "line", "place", "hours", "illustrative", "source"),
      communityId: settled("community"),
      organisationId: settled("organisation"),
    }),
  },
  rounds: {
    definition: definition("rounds"),
    mutation: "importRounds",
    references: (row) => [...region("region", row["region"]), ...named("event", "EVENT", row["event"])],
    toInput: (row, settled) => ({
      ...pick(row, "key", "year", "title", "source"),
      regionCode: settled("region"),
      eventId: settled("event"),
    }),
  },
  needs: {
    definition: definition("needs"),
    mutation: "importNeeds",
    references: (row) => named("community", "COMMUNITY", row["community"], row["within"]),
    toInput: (row, settled) => ({
      ...pick(
        row,
        "key",
        "kind",
        "title",
        "description",
        "fundKind",
        "budgetMin",
        "budgetMax",
        "currency",
        "startsOn",
        "endsOn",
        "tags",
        "requiredQualifications",
        "beneficiaries",
        "quantity",
        "illustrative",
        "source",
      ),
      roundKey: text(row["round"]),
      communityId: settled("community"),
    }),
  },
  offers: {
    definition: definition("offers"),
    mutation: "importOffers",
    references: (row) => [
      ...named("organisation", "ORGANISATION", row["organisation"]),
      ...texts(row["coverage"]).flatMap((item) => region(`coverage:${item}`, item)),
    ],
    toInput: (row, settled) => ({
      ...pick(
        row,
        "key",
        "kinds",
        "title",
        "description",
        "capabilities",
        "price",
        "currency",
        "capacity",
        "availableFrom",
        "availableTo",
        "qualifications",
        "cases",
        "illustrative",
        "source",
      ),
      roundKey: text(row["round"]),
      organisationId: settled("organisation"),
      coverage: texts(row["coverage"]).map((item) => settled(`coverage:${item}`)),
    }),
  },
};

export const TABLE_NAMES = Object.keys(IMPORT_TABLES) as TableName[];

export function tableNamed(name: string): ImportTable & { name: TableName } {
  if (!TABLE_NAMES.includes(name as TableName)) throw new Failure(`There is no table ${name}. The tables are ${TABLE_NAMES.join(", ")}.`);
  return { name: name as TableName, ...IMPORT_TABLES[name as TableName] };
}
