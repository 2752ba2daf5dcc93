import type { RowValues } from "@gongjian/importer";
import type { Ask } from "./ask";
import type { ImportTable, Reference, Settled } from "./tables";

/** Something that a person has to mend in a row before it can be sent. */
export interface RowMessage {
  /** The row's number as the spreadsheet shows it. */
  row: number;
  column: string;
  code: string;
  message: string;
}

interface Resolution {
  id: string | null;
  candidates: { name: string; place?: { code: string; name: string } | null }[];
}

const RESOLVE = `query ($references: [NameReference!]!) { resolveNames(references: $references) { id candidates {
  ... on Region { name place: parent { code name } } ... on Community { name place: region { code name } } ... on Organisation { name place: region { code name } } } } }`;
const EVENT = `query ($key: String!) { eventByKey(key: $key) { id } }`;
const AT_ONCE = 500;

const idOf = ({ kind, text, within }: Reference): string => JSON.stringify([kind, text, within ?? null]);

/** Finds what every name of the rows stands for: one query for 500 different names. */
export async function settle(
  ask: Ask,
  table: ImportTable,
  rows: readonly { row: number; values: RowValues }[],
): Promise<{ settled: Map<number, Settled>; messages: RowMessage[] }> {
  const wanted = new Map<string, Reference>();
  for (const { values } of rows) for (const reference of table.references(values)) wanted.set(idOf(reference), reference);
  const found = new Map<string, Resolution>();
  const names = [...wanted].filter(([, reference]) => reference.kind !== "EVENT");
  for (let start = 0; start < names.length; start += AT_ONCE) {
    const part = names.slice(start, start + AT_ONCE);
    const references = part.map(([, { kind, text, within }]) => ({ kind, text, within: within ?? null }));
    const { resolveNames } = await ask<{ resolveNames: Resolution[] }>(RESOLVE, { references });
    part.forEach(([id], index) => found.set(id, resolveNames[index]!));
  }
  for (const [id, reference] of wanted) {
    if (reference.kind !== "EVENT") continue;
    const { eventByKey } = await ask<{ eventByKey: { id: string } | null }>(EVENT, { key: reference.text });
    found.set(id, { id: eventByKey?.id ?? null, candidates: [] });
  }
  const settled = new Map<number, Settled>();
  const messages: RowMessage[] = [];
  for (const { row, values } of rows) {
    const ids = new Map<string, string | null>();
    for (const reference of table.references(values)) {
      const resolution = found.get(idOf(reference))!;
      ids.set(reference.column, resolution.id);
      if (resolution.id === null) messages.push({ row, column: reference.column.split(":")[0]!, ...unsettled(reference, resolution) });
    }
    settled.set(row, (column) => ids.get(column) ?? null);
  }
  return { settled, messages };
}

function unsettled({ text, within }: Reference, { candidates }: Resolution): { code: string; message: string } {
  const where = within ? `（${within}）` : "";
  if (candidates.length === 0) return { code: "UNKNOWN_NAME", message: `找不到“${text}”${where} / "${text}" is not known` };
  const places = candidates.map(({ name, place }) => (place ? `${name}（${place.name} ${place.code}）` : name)).join("、");
  return { code: "AMBIGUOUS_NAME", message: `“${text}”有多个：${places} / "${text}" is ambiguous, say where it lies` };
}
