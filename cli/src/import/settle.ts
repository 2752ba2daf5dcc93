import type { Bilingual, Reported, RowValues } from "@gongjian/importer";
import type { Ask } from "./ask";
import type { ImportTable, Reference, Settled } from "./rows";

interface Resolution {
  id: string | null;
  candidates: { name: string; place?: { code: string; name: string } | null }[];
}

const RESOLVE = `query ($references: [NameReference!]!) { resolveNames(references: $references) { id candidates {
  ... on Region { name place: parent { code name } } ... on Community { name place: region { code name } } ... on Organisation { name place: region { code name } } } } }`;
/** What is found by its external key, and by which query. */
const BY_KEY: Partial<Record<Reference["kind"], string>> = { EVENT: "eventByKey", SUGGESTION: "suggestionByKey" };
const AT_ONCE = 500;

const idOf = ({ kind, text, within }: Reference): string => JSON.stringify([kind, text, within ?? null]);

const ROUND_REGION = `query ($key: String!) { roundByKey(key: $key) { region { code } } }`;

/** The region of each round that rows go into: of namesakes, the one that lies there is meant. */
async function regionsOfRounds(ask: Ask, rows: readonly Row[]): Promise<Map<unknown, string>> {
  const regions = new Map<unknown, string>();
  for (const key of new Set(rows.map(({ values }) => values["round"]))) {
    if (typeof key !== "string") continue;
    const { roundByKey } = await ask<{ roundByKey: { region: { code: string } | null } | null }>(ROUND_REGION, { key });
    if (roundByKey?.region) regions.set(key, roundByKey.region.code);
  }
  return regions;
}

interface Row {
  row: number;
  values: RowValues;
}

async function resolve(ask: Ask, references: readonly Reference[], found: Map<string, Resolution>): Promise<void> {
  const names = [...new Map(references.map((reference) => [idOf(reference), reference]))].filter(([id]) => !found.has(id));
  const places = names.filter(([, { kind }]) => !(kind in BY_KEY));
  for (let start = 0; start < places.length; start += AT_ONCE) {
    const part = places.slice(start, start + AT_ONCE);
    const asked = part.map(([, { kind, text, within }]) => ({ kind, text, within: within ?? null }));
    const { resolveNames } = await ask<{ resolveNames: Resolution[] }>(RESOLVE, { references: asked });
    part.forEach(([id], index) => found.set(id, resolveNames[index]!));
  }
  for (const [id, reference] of names) {
    const field = BY_KEY[reference.kind];
    if (!field) continue;
    const { record } = await ask<{ record: { id: string } | null }>(`query ($key: String!) { record: ${field}(key: $key) { id } }`, {
      key: reference.text,
    });
    found.set(id, { id: record?.id ?? null, candidates: [] });
  }
}

/** Finds what every name of the rows stands for: one query for 500 different names. A name without a place is looked for in its round's region first. */
export async function settle(
  ask: Ask,
  table: ImportTable,
  rows: readonly Row[],
): Promise<{ settled: Map<number, Settled>; problems: Reported[] }> {
  const regions = await regionsOfRounds(ask, rows);
  const found = new Map<string, Resolution>();
  const near = (reference: Reference, values: RowValues): Reference => {
    const region = regions.get(values["round"]);
    return reference.within || region === undefined || reference.kind in BY_KEY ? reference : { ...reference, within: region };
  };
  await resolve(
    ask,
    rows.flatMap(({ values }) => table.references(values).map((reference) => near(reference, values))),
    found,
  );
  const isHere = (reference: Reference, values: RowValues): boolean =>
    (found.get(idOf(near(reference, values)))?.candidates.length ?? 0) > 0;
  await resolve(
    ask,
    rows.flatMap(({ values }) => table.references(values).filter((reference) => !isHere(reference, values))),
    found,
  );
  const settled = new Map<number, Settled>();
  const problems: Reported[] = [];
  for (const { row, values } of rows) {
    const ids = new Map<string, string | null>();
    for (const reference of table.references(values)) {
      const resolution = found.get(idOf(isHere(reference, values) ? near(reference, values) : reference))!;
      ids.set(reference.column, resolution.id);
      if (resolution.id === null)
        problems.push({ row, column: reference.column.split(":")[0]!, severity: "error", ...unsettled(reference, resolution) });
    }
    settled.set(row, (column) => ids.get(column) ?? null);
  }
  return { settled, problems };
}

function unsettled({ text, within }: Reference, { candidates }: Resolution): { code: string; message: Bilingual } {
  const where = within ? `（${within}）` : "";
  if (candidates.length === 0)
    return {
      code: "UNKNOWN_NAME",
      message: { zh: `找不到“${text}”${where}`, en: `"${text}" is not known${within ? ` in ${within}` : ""}` },
    };
  const places = candidates.map(({ name, place }) => (place ? `${name}（${place.name} ${place.code}）` : name)).join("、");
  return {
    code: "AMBIGUOUS_NAME",
    message: { zh: `“${text}”有多个：${places}，请写明所在区划`, en: `"${text}" is ambiguous, say where it lies: ${places}` },
  };
}
