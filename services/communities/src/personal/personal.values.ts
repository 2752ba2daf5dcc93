import { type Cell, type KeyRing, type SealedTable, statement } from "@gongjian/database";
import { defineLoader, inOrder } from "@gongjian/subgraph";
import { mask, normalise } from "../contact/contact.rules";
import type { Context } from "../context";
import { idNumber, maskIdNumber, maskName } from "./personal.rules";

/** The sealed columns of a record. */
export interface SealedRecord {
  id: string;
  name: string;
  idNumber: string;
  mobile: string | null;
}
export type PrivateField = "name" | "idNumber" | "mobile";

const SEALED = statement(
  "personal_sealed",
  `SELECT id, name, id_number AS "idNumber", mobile FROM personal_record WHERE id = ANY($1::uuid[])`,
);
const COLUMN: Record<PrivateField, string> = { name: "name", idNumber: "id_number", mobile: "mobile" };
const ID_NUMBER = "id-number";
const MOBILE = "mobile";

/** What has to be sealed anew when the data keys change. */
export const PERSONAL_SEALED: SealedTable = {
  schema: "communities",
  table: "personal_record",
  columns: [
    { name: "name" },
    { name: "id_number", index: { name: "id_number_index", purpose: ID_NUMBER } },
    { name: "mobile", index: { name: "mobile_index", purpose: MOBILE } },
  ],
};

const cellOf = (row: string, field: PrivateField): Cell => ({
  schema: "communities",
  table: "personal_record",
  column: COLUMN[field],
  row,
});

/** The columns of a record that has been checked. */
export function sealedRecord(keys: KeyRing, id: string, given: { name: string; idNumber: string; mobile?: string | null }) {
  const number = idNumber(given.idNumber) as string;
  const mobile = given.mobile == null ? null : normalise("MOBILE", given.mobile);
  return {
    name: keys.seal(given.name.trim(), cellOf(id, "name")),
    idNumber: keys.seal(number, cellOf(id, "idNumber")),
    idNumberIndex: keys.index(ID_NUMBER, number),
    mobile: mobile && keys.seal(mobile, cellOf(id, "mobile")),
    mobileIndex: mobile && keys.index(MOBILE, mobile),
    keyId: keys.current,
  };
}

/** The blind indexes of an ID number under every key. */
export const idNumberIndexes = (keys: KeyRing, value: string): string[] => {
  const number = idNumber(value);
  return number === null ? [] : keys.indexes(ID_NUMBER, number);
};

/** The blind index of an ID number under the current key; null for what is none. */
export const idNumberIndex = (keys: KeyRing, value: string): string | null => {
  const number = idNumber(value);
  return number === null ? null : keys.index(ID_NUMBER, number);
};

const sealed = defineLoader<Context, string, SealedRecord | null>(async (context, ids) =>
  inOrder(ids, await context.rows<SealedRecord>(SEALED, [ids]), (row) => row.id),
);

/** A value in full: its callers decide who may. */
export async function privateValue(context: Context, id: string, field: PrivateField): Promise<string | null> {
  const stored = (await context.load(sealed, id))?.[field] ?? null;
  return stored && context.database.keys.open(stored, cellOf(id, field));
}

const MASKS: Record<PrivateField, (value: string) => string> = {
  name: maskName,
  idNumber: maskIdNumber,
  mobile: (value) => mask("MOBILE", value),
};

export const maskedField = async (context: Context, id: string, field: PrivateField): Promise<string | null> => {
  const value = await privateValue(context, id, field);
  return value && MASKS[field](value);
};
