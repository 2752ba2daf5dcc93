import { statement, type CommandTransaction } from "@gongjian/database";
import { HonourEntity } from "@gongjian/entities-communities";
import type { Organisation } from "../organisation/organisation.type";
import type { HonourRow, UpdateHonourInput } from "./honour.inputs";
import { HONOUR_COLUMNS } from "./honour.lists";
import { titleKeyOf } from "./honour.rules";
import type { Honour } from "./honour.type";

export const HONOURS_BY_ID = statement("honours_by_id", `SELECT ${HONOUR_COLUMNS} FROM honour h WHERE h.id = ANY($1::uuid[])`);
const LOCKED = statement("honour_locked", `SELECT ${HONOUR_COLUMNS} FROM honour h WHERE h.id = $1::uuid FOR NO KEY UPDATE`);
const LOCKED_BY_KEY = statement(
  "honours_locked",
  `SELECT ${HONOUR_COLUMNS} FROM honour h WHERE h.key = ANY($1::text[]) ORDER BY h.id FOR NO KEY UPDATE`,
);
const TAKEN = statement(
  "honours_taken",
  `SELECT h.place, h.title_key AS "titleKey", h.year, h.key FROM honour h JOIN unnest($1::text[], $2::text[], $3::integer[]) AS k(place, title_key, year)
   ON (h.place, h.title_key, h.year) = (k.place, k.title_key, k.year)`,
);

/** What an honour says, as it is stored and audited. */
export type Values = Omit<Honour, "id" | "version">;
export type Holder = Pick<Honour, "communityId" | "organisationId" | "practiceId">;

export function valuesOf({ id: _id, version: _version, ...values }: Honour): Values {
  return values;
}

/** The holder as one text, as the constraints compare it. */
export const placeText = ({ communityId, organisationId, practiceId }: Holder): string =>
  communityId ? `community:${communityId}` : organisationId ? `organisation:${organisationId}` : `practice:${practiceId}`;

/** By what an honour is the same: its holder, its title and its year. */
export const sameKey = (values: Holder & { title: string; year: number }): string =>
  `${placeText(values)} ${titleKeyOf(values.title)} ${values.year}`;

export const toValues = (row: HonourRow, holder: Holder): Values => ({
  key: row.key ?? null,
  title: row.title.trim(),
  year: row.year,
  level: row.level,
  ...holder,
  awarderId: row.awarderId ?? null,
  awarderName: row.awarderName?.trim() ?? null,
  illustrative: row.illustrative ?? false,
  source: row.source ?? null,
});

/** What a stored honour keeps where a row leaves it out: of the two ways to say who awarded it, the one that is given takes the other's place. */
export function keptHonour(stored: Honour, given: HonourRow): object {
  const { awarderId, awarderName, ...kept } = valuesOf(stored);
  return given.awarderId == null && given.awarderName == null ? { ...kept, awarderId, awarderName } : kept;
}

/** What an honour says after the change: of the two ways to say who awarded it, the one that is given takes the other's place. */
export function changed(before: Values, input: UpdateHonourInput, awarder: Organisation | null): Values {
  const after = {
    ...before,
    title: input.title?.trim() ?? before.title,
    year: input.year ?? before.year,
    level: input.level ?? before.level,
  };
  if (input.awarderId || input.awarderName != null) {
    after.awarderId = awarder?.id ?? null;
    after.awarderName = input.awarderName?.trim() ?? null;
  }
  return after;
}

/** New records are inserted, never saved: of two writers of one honour the second must fail. */
export async function writeHonours(
  tx: CommandTransaction,
  records: { id: string; values: Values; existing: Honour | null }[],
): Promise<void> {
  const entityOf = (id: string, values: Values) => ({ ...values, id, place: placeText(values), titleKey: titleKeyOf(values.title) });
  for (const { id, values, existing } of records)
    if (existing !== null) await tx.manager.update(HonourEntity, { id }, entityOf(id, values));
  const created = records.filter(({ existing }) => existing === null).map(({ id, values }) => entityOf(id, values));
  if (created.length > 0) await tx.manager.insert(HonourEntity, created);
}

export async function lockHonour(tx: CommandTransaction, id: string): Promise<Honour> {
  const [row] = await tx.rows<Honour>(LOCKED, [id]);
  return row!;
}

export const lockByKey = (tx: CommandTransaction, keys: readonly string[]): Promise<Honour[]> => tx.rows<Honour>(LOCKED_BY_KEY, [keys]);

/** Which of these honours are on record, with their external keys. */
export async function honoursTaken(
  tx: CommandTransaction,
  wanted: readonly (Holder & { title: string; year: number })[],
): Promise<Map<string, string | null>> {
  const rows = await tx.rows<{ place: string; titleKey: string; year: number; key: string | null }>(TAKEN, [
    wanted.map(placeText),
    wanted.map(({ title }) => titleKeyOf(title)),
    wanted.map(({ year }) => year),
  ]);
  return new Map(rows.map(({ place, titleKey, year, key }) => [`${place} ${titleKey} ${year}`, key]));
}

export async function readBack(tx: CommandTransaction, id: string): Promise<Honour> {
  const [row] = await tx.rows<Honour>(HONOURS_BY_ID, [[id]]);
  return { __typename: "Honour", ...row! } as Honour;
}
