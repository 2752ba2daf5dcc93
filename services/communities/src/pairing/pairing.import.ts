import { stableId, statement } from "@gongjian/database";
import { PairingEntity } from "@gongjian/entities-communities";
import {
  asGiven,
  bulkUpsert,
  checkText,
  ensureAmong,
  missingEntities,
  roleAmong,
  type BulkOutcome,
  type IdempotencyConflict,
  type InputProblem,
} from "@gongjian/subgraph";
import type { Context } from "../context";
import { checkPlace, type FoundPlace } from "../place/place";
import { lapseConsents } from "./pairing.correction";
import type { ImportPairingsInput, PairingRow } from "./pairing.inputs";
import { PAIRING_COLUMNS } from "./pairing.lists";
import { canImportPairing, PAIRING_IMPORTERS } from "./pairing.policy";
import { checkPairing, checkParties, checkTerm, termsChanged } from "./pairing.rules";
import { findMember, insertPairing, placeText, readParties, valuesOf, type NewParty, type Values } from "./pairing.store";
import type { Pairing, PairingParty } from "./pairing.type";

const LOCKED = statement(
  "pairings_by_key_locked",
  `SELECT ${PAIRING_COLUMNS} FROM pairing p WHERE p.key = ANY($1::text[]) ORDER BY p.id FOR NO KEY UPDATE`,
);

interface Existing extends Pairing {
  parties: PairingParty[];
}

/** The ids of events that lists name and that the viewer does not see. */
export async function unseenEvents(context: Context, ids: readonly (string | null | undefined)[]): Promise<Set<string>> {
  const given = [...new Set(ids.flatMap((id) => (id && checkText("eventId", id, { most: 100 }).length === 0 ? [id] : [])))];
  return given.length === 0 ? new Set() : missingEntities(context, "events", "Event", given, context.viewer);
}

export const checkEventOf = (id: string | null | undefined, unseen: ReadonlySet<string>): InputProblem[] =>
  id && (unseen.has(id) || checkText("eventId", id, { most: 100 }).length > 0)
    ? [{ field: "eventId", code: "UNKNOWN_REFERENCE", message: "There is no such event." }]
    : [];

const SETTLED: InputProblem = {
  field: "key",
  code: "SETTLED",
  message: "The kind, the parties and the signing of a pairing on record stay as they are, and all of one that is over.",
};

/** Imports pairings of lists and reports; a second import of the same list changes nothing. */
export async function importPairings(context: Context, input: ImportPairingsInput): Promise<BulkOutcome | IdempotencyConflict> {
  const { viewer } = context;
  ensureAmong(viewer, PAIRING_IMPORTERS);
  const today = await context.calendars.today();
  const found = new Map<PairingRow, (FoundPlace | null)[]>();
  await Promise.all(
    input.rows.map(async (row) => found.set(row, await Promise.all(row.parties.slice(0, 101).map((party) => findMember(context, party))))),
  );
  const unseen = await unseenEvents(
    context,
    input.rows.map(({ eventId }) => eventId),
  );
  const membersOf = (row: PairingRow): NewParty[] =>
    found.get(asGiven(row))!.map((place, index) => ({
      id: stableId("pairing-party", `${row.key} ${placeText(place!)}`),
      communityId: place!.communityId,
      organisationId: place!.organisationId,
      side: row.parties[index]!.side ?? 1,
      consentedOn: row.signedOn ?? null,
    }));
  const rowOf = new Map(input.rows.map((row) => [row.key, row]));
  const toValues = (row: PairingRow, existing: Existing | null): Values => ({
    key: row.key,
    kind: row.kind,
    name: row.name.trim(),
    fields: (row.fields ?? []).map((field) => field.trim()),
    signedOn: row.signedOn ?? null,
    endsOn: row.endsOn ?? null,
    eventId: row.eventId?.toLowerCase() ?? null,
    renewsId: existing?.renewsId ?? null,
    illustrative: row.illustrative ?? false,
    source: row.source ?? null,
    parties: membersOf(row)
      .map((party) => ({ place: placeText(party), side: party.side }))
      .sort((a, b) => a.side - b.side || (a.place < b.place ? -1 : 1)),
  });
  const settled = ({ kind, signedOn, parties }: Values) => JSON.stringify([kind, signedOn, parties]);
  return bulkUpsert<PairingRow, Values, Existing>(context, input, {
    operation: "importPairings",
    concept: "pairing",
    role: roleAmong(viewer, PAIRING_IMPORTERS),
    rows: input.rows,
    keyOf: ({ key }) => key,
    check: (row) => {
      const places = found.get(asGiven(row))!;
      const members = places.flatMap((place) => (place ? [placeText(place)] : []));
      const future = row.signedOn && row.signedOn > today;
      return [
        ...checkText("key", row.key, { least: 1, most: 100 }),
        ...checkPairing(row),
        ...places.flatMap((place, index) => checkPlace(`parties.${index}`, row.parties[index]!, place)),
        ...(members.length === places.length
          ? checkParties(
              members,
              row.parties.map(({ side }) => side),
            )
          : []),
        ...(future ? [{ field: "signedOn", code: "IN_FUTURE", message: "The day has not come yet." }] : []),
        ...checkEventOf(row.eventId, unseen),
      ];
    },
    existing: async (tx, keys) => {
      const rows = await tx.rows<Pairing>(LOCKED, [keys]);
      const parties = await readParties(
        tx,
        rows.map(({ id }) => id),
      );
      return new Map(rows.map((row) => [row.key!, { ...row, parties: parties.filter(({ pairingId }) => pairingId === row.id) }]));
    },
    idOf: ({ id }) => id,
    newId: ({ key }) => stableId("pairing", key),
    toValues,
    storedValues: (existing) => valuesOf(existing, existing.parties),
    permit: (row) =>
      canImportPairing(
        viewer,
        found.get(asGiven(row))!.map((place) => place!.scopes),
      ),
    frozen: (row, existing) =>
      existing === null && !row.signedOn && checkTerm(row.endsOn, { today }).length > 0
        ? checkTerm(row.endsOn, { today })
        : existing !== null &&
            (["RENEWED", "ENDED"].includes(existing.state) ||
              settled(toValues(row, existing)) !== settled(valuesOf(existing, existing.parties)))
          ? [SETTLED]
          : [],
    write: async (tx, records) => {
      for (const { id, values, existing } of records) {
        const { parties: _parties, ...own } = values;
        if (existing === null) await insertPairing(tx, id, own, membersOf(rowOf.get(values.key!)!));
        else {
          if (existing.state === "PROPOSED" && termsChanged(existing, own)) await lapseConsents(tx, existing, existing.parties);
          await tx.manager.update(PairingEntity, { id }, own);
        }
      }
    },
  });
}
