import { statement } from "@gongjian/database";
import { defineLoader, inOrder, scopesOf } from "@gongjian/subgraph";
import type { Context } from "../context";
import type { SuggestionFate } from "./suggestion.type";

/** As `isRaiser` has it: who raised the merged one themselves, or speaks now for the community or organisation that did. */
const FATES = statement(
  "suggestion_fates",
  `SELECT m.id AS "mergedId", s.id AS "suggestionId", s.version, s.state, s.decision, s.answer, s.answered_on AS "answeredOn", s.due_on AS "dueOn", s.outcome, s.done_on AS "doneOn"
   FROM suggestion m JOIN suggestion s ON s.id = m.merged_into
   WHERE m.id = ANY($1::uuid[]) AND (m.raised_by_subject = $2::text AND m.raised_by_issuer IS NOT DISTINCT FROM $3::text
     OR m.raiser_community_id = ANY($4::uuid[]) OR m.raiser_organisation_id = ANY($5::uuid[]))`,
);

/** What became of merged suggestions that the viewer raised, through those that carry them on; null for other people's. */
export const fateOfOwn = defineLoader<Context, string, SuggestionFate | null>(async (context, ids) => {
  const { viewer } = context;
  const subject = viewer.subject === "anonymous" ? null : viewer.subject;
  const communities = scopesOf(viewer, ["COMMUNITY_WORKER"], "community").ids;
  const organisations = scopesOf(viewer, ["ORGANISATION_REP"], "organisation").ids;
  const rows = await context.rows<SuggestionFate & { mergedId: string }>(FATES, [
    ids,
    subject,
    viewer.issuer ?? null,
    communities,
    organisations,
  ]);
  return inOrder(ids, rows, ({ mergedId }) => mergedId);
});
