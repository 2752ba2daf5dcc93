import { TABLES, type RowValues, type TableDefinition } from "@gongjian/importer";
import { Failure } from "../failure";
import type { Ask } from "./ask";

interface Page<T> {
  nodes: T[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

interface Place {
  officialName: string;
  region: { officialName: string; code: string } | null;
}

/** How a list becomes rows again, in the columns of its table. */
export interface Export {
  definition: TableDefinition;
  /** What its records belong to: a round by its key, or a region by its code. */
  of: "round" | "within";
  /** Its records as GeoJSON features, where they lie somewhere. */
  features?: (ask: Ask, of: string) => Promise<unknown[]>;
  rows: (ask: Ask, of: string) => Promise<RowValues[]>;
}

const PAGE = 100;

async function everyPage<T>(ask: Ask, round: string, field: string, selection: string): Promise<T[]> {
  const query = `query ($key: String!, $first: Int!, $after: String) { roundByKey(key: $key) { list: ${field}(first: $first, after: $after) { nodes { ${selection} } pageInfo { hasNextPage endCursor } } } }`;
  const rows: T[] = [];
  for (let after: string | null = null; ; ) {
    const { roundByKey }: { roundByKey: { list: Page<T> } | null } = await ask(query, { key: round, first: PAGE, after });
    if (!roundByKey) throw new Failure(`There is no round ${round}, or you may not see it.`);
    rows.push(...roundByKey.list.nodes);
    if (!roundByKey.list.pageInfo.hasNextPage) return rows;
    after = roundByKey.list.pageInfo.endCursor;
  }
}

const NEED = `key kind title description fundKind budgetMin budgetMax currency startsOn endsOn tags requiredQualifications beneficiaries quantity illustrative source community { officialName region { officialName code } }`;
const OFFER = `key kinds title description capabilities price currency capacity coverage availableFrom availableTo qualifications cases illustrative source organisation { officialName region { officialName code } }`;

const FACILITY = `key name category state shared wantsOperator formerly exhibitions openingHours address capacity asOf source location { longitude latitude }
  community { identifiers { value } } region { code } operator { key officialName }`;

interface FoundFacility {
  location: { longitude: number; latitude: number } | null;
  community: { identifiers: { value: string }[] } | null;
  region: { code: string } | null;
  operator: { key: string | null; officialName: string } | null;
}

/** The facilities of a region, at any depth or managed by it, by name. */
async function facilitiesWithin(ask: Ask, within: string): Promise<RowValues[]> {
  const found = await everyWithin<RowValues & FoundFacility>(ask, within, "facilities", FACILITY);
  return found.map(({ location, community, region, operator, ...row }) => ({
    ...row,
    region: region?.code ?? null,
    longitude: location?.longitude ?? null,
    latitude: location?.latitude ?? null,
    community: community?.identifiers[0]?.value ?? null,
    operator: operator?.key ?? operator?.officialName ?? null,
  }));
}

const everyWithin = <T>(ask: Ask, within: string, field: string, selection: string): Promise<T[]> =>
  everyItemWithin(ask, within, field, `nodes { ${selection} }`);

/** The facilities of a region as GeoJSON features, as the API has them. */
const featuresWithin = (ask: Ask, within: string): Promise<unknown[]> => everyItemWithin(ask, within, "facilities", "nodes: features");

/** A file of features (RFC 7946, section 3.3). */
export const featureCollection = (features: readonly unknown[]): Buffer =>
  Buffer.from(`${JSON.stringify({ type: "FeatureCollection", features }, null, 1)}\n`);

/** Every record of a list of the root field that takes a region, whole pages at a time: `items` selects them as `nodes`. */
async function everyItemWithin<T>(ask: Ask, within: string, field: string, items: string): Promise<T[]> {
  const query = `query ($within: ID!, $first: Int!, $after: String) { region(code: $within) { code } list: ${field}(filter: { within: $within }, first: $first, after: $after) { ${items} pageInfo { hasNextPage endCursor } } }`;
  const nodes: T[] = [];
  for (let after: string | null = null; ; ) {
    const { region, list }: { region: object | null; list: Page<T> } = await ask(query, { within, first: PAGE, after });
    if (!region) throw new Failure(`There is no region ${within}.`);
    nodes.push(...list.nodes);
    if (!list.pageInfo.hasNextPage) return nodes;
    after = list.pageInfo.endCursor;
  }
}

/** A region, community, organisation or practice as its tables name it: by its kind, and by a code or key that means only it. */
interface Named {
  __typename: "Region" | "Community" | "Organisation" | "Practice";
  code?: string;
  key?: string | null;
  officialName?: string;
  identifiers?: { value: string }[];
}
const PARTY = `__typename ... on Community { identifiers { value } } ... on Organisation { key officialName }`;
const kindOf = (party: Named | null): string | null => party && party.__typename.toUpperCase();
const nameOf = (party: Named | null): string | null =>
  party && (party.code ?? party.identifiers?.[0]?.value ?? party.key ?? party.officialName ?? null);

/** What was entered by hand has no key, and a row needs one: its id. Where the record is, the row is refused as its double. */
const keyOf = ({ key, id }: { key: string | null; id: string }): string => key ?? id;

interface Part {
  label: string;
  count: number | null;
  items: { label: string }[];
}
/** Two depths: a cell holds no more. */
const partText = ({ label, count, items }: Part): string =>
  `${label}${count === null ? "" : `*${count}`}${items.length === 0 ? "" : `:${items.map((item) => item.label).join("/")}`}`;

type Kept = RowValues & { id: string; key: string | null };

async function practicesWithin(ask: Ask, within: string): Promise<RowValues[]> {
  const selection = `id key name kind summary illustrative source parts { label count items { label } } presentedAt { key } holder { ${PARTY} ... on Region { code } }`;
  const found = await everyWithin<Kept & { holder: Named | null; parts: Part[]; presentedAt: { key: string | null }[] }>(
    ask,
    within,
    "practices",
    selection,
  );
  return found.map(({ id, key, holder, parts, presentedAt, ...row }) => ({
    ...row,
    key: keyOf({ id, key }),
    holderKind: kindOf(holder),
    holder: nameOf(holder),
    parts: parts.map(partText),
    events: presentedAt.flatMap((event) => event.key ?? []),
  }));
}

async function adoptionsWithin(ask: Ask, within: string): Promise<RowValues[]> {
  const selection = `id key since endedOn note illustrative source practice { id key } adopter { ${PARTY} }`;
  const found = await everyWithin<Kept & { adopter: Named | null; practice: { id: string; key: string | null }; note: string | null }>(
    ask,
    within,
    "practiceAdoptions",
    selection,
  );
  return found.map(({ id, key, adopter, practice, note, ...row }) => ({
    ...row,
    key: keyOf({ id, key }),
    practice: keyOf(practice),
    adopterKind: kindOf(adopter),
    adopter: nameOf(adopter),
    manner: note,
  }));
}

async function honoursWithin(ask: Ask, within: string): Promise<RowValues[]> {
  const selection = `id key title year level illustrative source awarderName awarder { officialName } holder { ${PARTY} ... on Practice { id key } }`;
  const found = await everyWithin<
    Kept & { holder: (Named & { id?: string }) | null; awarderName: string | null; awarder: { officialName: string } | null }
  >(ask, within, "honours", selection);
  return found.map(({ id, key, holder, awarder, awarderName, ...row }) => ({
    ...row,
    key: keyOf({ id, key }),
    holderKind: kindOf(holder),
    holder: nameOf(holder) ?? holder?.id ?? null,
    awarder: awarderName ?? awarder?.officialName ?? null,
  }));
}

/** Of the communities of a region those that have traits. */
async function traitsWithin(ask: Ask, within: string): Promise<RowValues[]> {
  type Found = { identifiers: { value: string }[]; traits: string[]; source: string | null };
  const found = await everyWithin<Found>(ask, within, "communities", "identifiers { value } traits source");
  return found.flatMap(({ identifiers, traits, source }) =>
    traits.length === 0 ? [] : [{ community: identifiers[0]?.value ?? null, traits, source }],
  );
}

export const EXPORTS: Record<string, Export> = {
  needs: {
    definition: TABLES.needs as unknown as TableDefinition,
    of: "round",
    rows: async (ask, round) =>
      (await everyPage<RowValues & { community: Place | null }>(ask, round, "needs", NEED)).map(({ community, ...row }) => ({
        ...row,
        round,
        community: community?.officialName ?? null,
        within: community?.region?.code ?? null,
      })),
  },
  offers: {
    definition: TABLES.offers as unknown as TableDefinition,
    of: "round",
    rows: async (ask, round) =>
      (await everyPage<RowValues & { organisation: Place | null }>(ask, round, "offers", OFFER)).map(({ organisation, ...row }) => ({
        ...row,
        round,
        organisation: organisation?.officialName ?? null,
      })),
  },
  facilities: {
    definition: TABLES.facilities as unknown as TableDefinition,
    of: "within",
    rows: facilitiesWithin,
    features: featuresWithin,
  },
  traits: { definition: TABLES.traits as unknown as TableDefinition, of: "within", rows: traitsWithin },
  practices: { definition: TABLES.practices as unknown as TableDefinition, of: "within", rows: practicesWithin },
  adoptions: { definition: TABLES.adoptions as unknown as TableDefinition, of: "within", rows: adoptionsWithin },
  honours: { definition: TABLES.honours as unknown as TableDefinition, of: "within", rows: honoursWithin },
};

export const EXPORT_NAMES = Object.keys(EXPORTS);
