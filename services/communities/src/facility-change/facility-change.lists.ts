import { statement } from "@gongjian/database";
import { defineLoader, inOrder, nestedList } from "@gongjian/subgraph";
import type { Context } from "../context";
import type { FacilityChangesArgs } from "./facility-change.inputs";
import type { FacilityChange } from "./facility-change.type";

const COLUMNS = `g.id, g.facility_id AS "facilityId", g.was, g.category, g.since, g.until, g.note, g.source, g.corrects_id AS "correctsId",
  g.superseded, g.withdrawn, g.correction_reason AS "correctionReason"`;
const COUNTS = "NOT g.superseded AND NOT g.withdrawn";
export const CHANGE_STORED = statement("facility_change_stored", `SELECT ${COLUMNS} FROM facility_change g WHERE g.id = $1::uuid`);
/** The earliest entry that counts and overlaps a period, but for one that is about to be corrected ($4, or null). */
export const OVERLAPPED = statement(
  "facility_change_overlapped",
  `SELECT ${COLUMNS} FROM facility_change g WHERE g.facility_id = $1::uuid AND ${COUNTS}
     AND daterange(g.since, g.until) && daterange($2::date, $3::date) AND g.id IS DISTINCT FROM $4::uuid ORDER BY g.until LIMIT 1`,
);
const BY_ID = statement("facility_changes_by_id", `SELECT ${COLUMNS} FROM facility_change g WHERE g.id = ANY($1::uuid[])`);

export const changeById = defineLoader<Context, string, FacilityChange | null>(async (context, ids) =>
  inOrder(ids, await context.rows<FacilityChange>(BY_ID, [ids]), ({ id }) => id),
);

export const changesOfFacility = nestedList<Context, FacilityChangesArgs, FacilityChange>({
  query: (_, { wholeLog }) => ({
    select: COLUMNS,
    from: "facility_change g",
    where: wholeLog ? [] : [{ sql: COUNTS, params: [] }],
    ordering: {
      tag: "facility-changes",
      keys: [
        { sql: "g.until", field: "until", type: "date" },
        { sql: "g.id", field: "id", type: "uuid" },
      ],
      direction: "ASC",
    },
  }),
  link: "g.facility_id = parent.id",
  parentType: "uuid",
});
