import { statement, type CommandTransaction } from "@gongjian/database";
import { FacilityEntity } from "@gongjian/entities-communities";
import { fold, indexTokens } from "@gongjian/hantext";
import type { FacilityRow, UpdateFacilityInput } from "./facility.inputs";
import { COLUMNS } from "./facility.lists";
import type { Facility } from "./facility.type";
import { formatHours, parseHours } from "./opening-hours";

const READ_BACK = statement("facility_read_back", `SELECT ${COLUMNS} FROM facility f WHERE f.id = $1::uuid`);

/** What is stored of a facility, and compared. */
export type Values = Omit<Facility, "id" | "version">;
export function valuesOf({ id: _id, version: _version, ...values }: Facility): Values {
  return values;
}
/** A record that was merged stands for its survivor: `operatorId` is that of the organisation that was found. */
export const valuesFrom = (row: FacilityRow, operatorId: string | null): Values => ({
  key: row.key,
  name: row.name.trim(),
  category: row.category,
  state: row.state,
  communityId: row.communityId?.toLowerCase() ?? null,
  regionCode: row.regionCode ?? null,
  operatorId,
  longitude: row.longitude ?? null,
  latitude: row.latitude ?? null,
  address: row.address ?? null,
  capacity: row.capacity ?? null,
  shared: row.shared ?? false,
  wantsOperator: row.wantsOperator ?? false,
  formerly: row.formerly ?? null,
  exhibitions: row.exhibitions ?? [],
  openingHours: storedHours(row.openingHours ?? []),
  asOf: row.asOf,
  source: row.source ?? null,
});
/** As they are compared and shown. What is no time of the week is told of as it was written. */
const storedHours = (rules: readonly string[]): string[] =>
  rules.map((rule) => {
    const period = parseHours(rule);
    return period ? formatHours(period) : rule;
  });
/** What is given takes the place of what is stored; null empties. */
const given = <T>(value: T | undefined, stored: T): T => (value === undefined ? stored : value);

export function changed(before: Values, input: UpdateFacilityInput, operatorId: string | null): Values {
  return {
    ...before,
    name: input.name?.trim() ?? before.name,
    category: input.category ?? before.category,
    state: input.state ?? before.state,
    operatorId: input.operatorId === undefined ? before.operatorId : operatorId,
    longitude: given(input.longitude, before.longitude),
    latitude: given(input.latitude, before.latitude),
    address: given(input.address, before.address),
    capacity: given(input.capacity, before.capacity),
    shared: input.shared ?? before.shared,
    wantsOperator: input.wantsOperator ?? before.wantsOperator,
    formerly: given(input.formerly, before.formerly),
    exhibitions: input.exhibitions ?? before.exhibitions,
    openingHours: input.openingHours === undefined ? before.openingHours : storedHours(input.openingHours ?? []),
    asOf: input.asOf,
  };
}

/** New records are inserted, never saved: of two writers of one key the second must fail. */
export async function writeFacilities(
  tx: CommandTransaction,
  records: { id: string; values: Values; existing: Facility | null }[],
): Promise<void> {
  const entityOf = (id: string, values: Values) => ({
    ...values,
    id,
    nameKey: fold(values.name),
    searchTokens: indexTokens([values.name, values.formerly ?? ""].join(" ")),
  });
  const created = records.filter(({ existing }) => existing === null).map(({ id, values }) => entityOf(id, values));
  if (created.length > 0) await tx.manager.insert(FacilityEntity, created);
  for (const { id, values, existing } of records)
    if (existing !== null) await tx.manager.update(FacilityEntity, { id }, entityOf(id, values));
}

export async function readBack(tx: CommandTransaction, id: string): Promise<Facility> {
  const [row] = await tx.rows<Facility>(READ_BACK, [id]);
  return { __typename: "Facility", ...row! } as Facility;
}
