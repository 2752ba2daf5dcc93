import { statement, type CommandTransaction } from "@gongjian/database";
import { PracticeEntity, type PracticePartValue } from "@gongjian/entities-communities";
import { fold, indexTokens } from "@gongjian/hantext";
import type { FoundPlace, Place } from "../place/place";
import type { PracticeRow, UpdatePracticeInput } from "./practice.inputs";
import { PRACTICE_COLUMNS } from "./practice.lists";
import { partsFrom } from "./practice.rules";
import type { Practice } from "./practice.type";

export const PRACTICES_BY_ID = statement("practices_by_id", `SELECT ${PRACTICE_COLUMNS} FROM practice p WHERE p.id = ANY($1::uuid[])`);
export const PRACTICES_BY_KEY = statement("practices_by_key", `SELECT ${PRACTICE_COLUMNS} FROM practice p WHERE p.key = ANY($1::text[])`);
const LOCKED = statement("practice_locked", `SELECT ${PRACTICE_COLUMNS} FROM practice p WHERE p.id = $1::uuid FOR NO KEY UPDATE`);
const LOCKED_BY_KEY = statement(
  "practices_locked",
  `SELECT ${PRACTICE_COLUMNS} FROM practice p WHERE p.key = ANY($1::text[]) ORDER BY p.id FOR NO KEY UPDATE`,
);
const NAMED = statement(
  "practices_named",
  `SELECT p.place, p.name_key AS "nameKey", p.key FROM practice p JOIN unnest($1::text[], $2::text[]) AS k(place, name_key)
   ON p.place = k.place AND p.name_key = k.name_key`,
);

/** What a practice says, as it is stored and audited. */
export type Values = Omit<Practice, "id" | "version">;

export function valuesOf({ id: _id, version: _version, ...values }: Practice): Values {
  return values;
}

/** The holder as one text, as the constraints compare it. */
export const placeText = ({ regionCode, communityId, organisationId }: Place): string =>
  communityId ? `community:${communityId}` : organisationId ? `organisation:${organisationId}` : `region:${regionCode}`;

/** By what a name is the same with its holder: in either script, without blanks. */
export const nameKeyOf = (name: string): string => fold(name).replaceAll(/\s/gu, "");

export const toValues = (row: PracticeRow, holder: FoundPlace): Values => ({
  key: row.key ?? null,
  name: row.name.trim(),
  kind: row.kind,
  summary: row.summary?.trim() || null,
  parts: partsFrom(row.parts ?? []),
  eventIds: idsFrom(row.eventIds),
  illustrative: row.illustrative ?? false,
  source: row.source ?? null,
  regionCode: holder.communityId === null && holder.organisationId === null ? holder.regionCode : null,
  communityId: holder.communityId,
  organisationId: holder.organisationId,
});

const idsFrom = (ids: readonly string[] | null | undefined): string[] => [...new Set((ids ?? []).map((id) => id.toLowerCase()))];

/** What a practice says after the change. */
export const changed = (before: Values, input: UpdatePracticeInput): Values => ({
  ...before,
  name: input.name?.trim() ?? before.name,
  kind: input.kind ?? before.kind,
  summary: input.summary === undefined ? before.summary : input.summary?.trim() || null,
  parts: input.parts === undefined ? before.parts : partsFrom(input.parts ?? []),
  eventIds: input.eventIds === undefined ? before.eventIds : idsFrom(input.eventIds),
});

/** What its parts say, from above. */
export const labelsOf = (parts: readonly PracticePartValue[]): string[] => parts.flatMap(({ label, items }) => [label, ...labelsOf(items)]);

/** New records are inserted, never saved: of two writers of one name the second must fail. */
export async function writePractices(
  tx: CommandTransaction,
  records: { id: string; values: Values; existing: Practice | null }[],
): Promise<void> {
  const entityOf = (id: string, values: Values) => ({
    ...values,
    id,
    place: placeText(values),
    nameKey: nameKeyOf(values.name),
    searchTokens: indexTokens([values.name, ...labelsOf(values.parts)].join(" ")),
  });
  for (const { id, values, existing } of records)
    if (existing !== null) await tx.manager.update(PracticeEntity, { id }, entityOf(id, values));
  const created = records.filter(({ existing }) => existing === null).map(({ id, values }) => entityOf(id, values));
  if (created.length > 0) await tx.manager.insert(PracticeEntity, created);
}

export async function lockPractice(tx: CommandTransaction, id: string): Promise<Practice> {
  const [row] = await tx.rows<Practice>(LOCKED, [id]);
  return row!;
}

export const lockByKey = (tx: CommandTransaction, keys: readonly string[]): Promise<Practice[]> => tx.rows<Practice>(LOCKED_BY_KEY, [keys]);

/** Who has these names with these holders: `place name` and the external key. */
export async function namesTaken(
  tx: CommandTransaction,
  wanted: readonly { place: string; nameKey: string }[],
): Promise<Map<string, string | null>> {
  const rows = await tx.rows<{ place: string; nameKey: string; key: string | null }>(NAMED, [
    wanted.map(({ place }) => place),
    wanted.map(({ nameKey }) => nameKey),
  ]);
  return new Map(rows.map(({ place, nameKey, key }) => [`${place} ${nameKey}`, key]));
}

export async function readBack(tx: CommandTransaction, id: string): Promise<Practice> {
  const [row] = await tx.rows<Practice>(PRACTICES_BY_ID, [[id]]);
  return { __typename: "Practice", ...row! } as Practice;
}
