import { stableId, statement, type CommandTransaction } from "@gongjian/database";
import { PracticeAdoptionEntity } from "@gongjian/entities-communities";
import {
  asGiven,
  bulkUpsert,
  checkText,
  ensureAmong,
  isStorable,
  roleAmong,
  type BulkOutcome,
  type IdempotencyConflict,
  type InputProblem,
} from "@gongjian/subgraph";
import type { Context } from "../context";
import { checkPlace, findPlace, givenFields, type FoundPlace } from "../place/place";
import { canAdoptPractice, PRACTICE_KEEPERS } from "../practice/practice.policy";
import { placeText } from "../practice/practice.store";
import type { Practice } from "../practice/practice.type";
import type { ImportPracticeAdoptionsInput, PracticeAdoptionRow } from "./practice-adoption.inputs";
import { ADOPTION_COLUMNS, valuesOf, type Values } from "./practice-adoption.lists";
import { checkAdoption, checkEnd, overlap, type AdoptionTerm } from "./practice-adoption.rules";
import type { PracticeAdoption } from "./practice-adoption.type";

const LOCKED = statement(
  "practice_adoptions_by_key",
  `SELECT ${ADOPTION_COLUMNS} FROM practice_adoption d WHERE d.key = ANY($1::text[]) ORDER BY d.id FOR NO KEY UPDATE`,
);
const BESIDE = statement(
  "practice_adoptions_beside",
  `SELECT ${ADOPTION_COLUMNS} FROM practice_adoption d WHERE d.place = ANY($1::text[]) AND (d.key IS NULL OR d.key <> ALL($2::text[]))`,
);

/** An adoption that others may overlap with. */
interface Slot extends AdoptionTerm {
  practiceId: string;
  place: string;
}
const slotOf = (values: Values): Slot => ({
  practiceId: values.practiceId,
  place: placeText(values),
  since: values.since,
  endedOn: values.endedOn,
});

interface Found {
  practice: Practice | null;
  adopter: FoundPlace | null;
}

/** Imports who adopted which practices. What a row leaves out stays as it is: a list from before does not undo that a practice was given up. */
export async function importPracticeAdoptions(
  context: Context,
  input: ImportPracticeAdoptionsInput,
): Promise<BulkOutcome | IdempotencyConflict> {
  const { viewer } = context;
  ensureAmong(viewer, PRACTICE_KEEPERS);
  const found = new Map<PracticeAdoptionRow, Found>();
  await Promise.all(
    input.rows.map(async (row) => {
      const [practice, adopter] = await Promise.all([
        isStorable(row.practiceKey) ? context.practices.byKey(row.practiceKey) : null,
        givenFields(row.adopter).length === 1 ? findPlace(context, row.adopter) : null,
      ]);
      found.set(row, { practice, adopter });
    }),
  );
  const today = await context.calendars.today();
  let slots: Slot[] = [];
  const valuesFrom = (row: PracticeAdoptionRow): Values => {
    const { practice, adopter } = found.get(asGiven(row))!;
    return {
      key: row.key,
      practiceId: practice!.id,
      communityId: adopter!.communityId,
      organisationId: adopter!.organisationId,
      since: row.since,
      endedOn: row.endedOn ?? null,
      note: row.note?.trim() || null,
      illustrative: row.illustrative ?? false,
      source: row.source ?? null,
    };
  };
  const check = (row: PracticeAdoptionRow): InputProblem[] => {
    const { practice, adopter } = found.get(asGiven(row))!;
    const problems = [
      ...checkText("key", row.key, { least: 1, most: 100 }),
      ...checkText("note", row.note, { most: 500 }),
      ...checkText("source", row.source, { most: 200 }),
      ...(practice ? [] : [{ field: "practiceKey", code: "UNKNOWN_REFERENCE", message: "There is no such practice." }]),
      ...checkPlace("adopter", row.adopter, adopter),
    ];
    if (problems.length > 0) return problems;
    const values = valuesFrom(row);
    const wrong = [
      ...checkAdoption(practice!, adopter!, row.since, today).map((problem) =>
        problem.field === "practiceId" ? { ...problem, field: "practiceKey" } : problem,
      ),
      ...checkEnd(values, today),
    ];
    if (wrong.length > 0) return wrong;
    const slot = slotOf(values);
    const twice = slots.some((other) => other.practiceId === slot.practiceId && other.place === slot.place && overlap(slot, other));
    if (twice) return [{ field: "since", code: "ALREADY_EXISTS", message: "The adopter works by this practice at that time already." }];
    slots.push(slot);
    return [];
  };
  return bulkUpsert<PracticeAdoptionRow, Values, PracticeAdoption>(context, input, {
    operation: "importPracticeAdoptions",
    concept: "practice-adoption",
    role: roleAmong(viewer, PRACTICE_KEEPERS),
    rows: input.rows,
    keyOf: ({ key }) => key,
    check,
    existing: async (tx, keys) => {
      const rows = await tx.rows<PracticeAdoption>(LOCKED, [keys]);
      const places = input.rows
        .flatMap((row) => found.get(asGiven(row))!.adopter ?? [])
        .map(({ communityId, organisationId }) => placeText({ communityId, organisationId }));
      slots = (await tx.rows<PracticeAdoption>(BESIDE, [[...new Set(places)], keys])).map((row) => slotOf(valuesOf(row)));
      return new Map(rows.map((row) => [row.key!, row]));
    },
    idOf: ({ id }) => id,
    newId: ({ key }) => stableId("practice-adoption", key),
    toValues: valuesFrom,
    storedValues: valuesOf,
    permit: (row, existing) => {
      const adopter = found.get(asGiven(row))!.adopter!;
      const own = placeText({ communityId: adopter.communityId, organisationId: adopter.organisationId });
      return canAdoptPractice(viewer, adopter.scopes) && (existing === null || placeText(existing) === own || isAdmin(viewer));
    },
    write: writeAdoptions,
  });
}

/** Nobody else takes an adoption from its adopter. */
const isAdmin = ({ memberships }: Context["viewer"]): boolean => memberships.some(({ scope, role }) => scope === "*" && role === "ADMIN");

async function writeAdoptions(
  tx: CommandTransaction,
  records: { id: string; values: Values; existing: PracticeAdoption | null }[],
): Promise<void> {
  const entityOf = (id: string, values: Values) => ({ ...values, id, place: placeText(values) });
  for (const { id, values, existing } of records)
    if (existing !== null) await tx.manager.update(PracticeAdoptionEntity, { id }, entityOf(id, values));
  const created = records.filter(({ existing }) => existing === null).map(({ id, values }) => entityOf(id, values));
  if (created.length > 0) await tx.manager.insert(PracticeAdoptionEntity, created);
}
