import { statement, uuidv7 } from "@gongjian/database";
import { createUnionType, Directive, Field, ID, InputType, Int, ObjectType } from "type-graphql";
import { command, CommandInput } from "../command/command";
import type { SubgraphContext } from "../context/context";
import { badInput } from "../errors";
import { PLATFORM_ISSUER, type Viewer } from "../identity";
import { ensure, holds } from "../policy/policy";
import { IdempotencyConflict } from "../results/results";
import { checkText } from "../schema/checks";

@InputType({ description: "Whose data to erase: one's own when nobody is named." })
export class EraseOwnDataInput extends CommandInput {
  @Field(() => String, { nullable: true, description: "The `iss` of the subject's tokens; one's own when left out." })
  issuer?: string | null;

  @Field(() => String, { nullable: true, description: "The `sub` of the subject's tokens; one's own when left out." })
  subject?: string | null;

  @Field(() => String, { nullable: true, description: "Why, at most 500 characters; required of administrators. Nothing private." })
  reason?: string | null;
}

@ObjectType({ description: "What a part of the platform stored about somebody was erased (个人信息删除)." })
@Directive("@shareable")
export class OwnDataErased {
  readonly __typename = "OwnDataErased" as const;

  @Field(() => ID, { description: "The id of the erasure in the audit trail." })
  id: string;

  @Field(() => Int, { description: "How many answers kept for replays are gone." })
  answers: number;
}

export const EraseOwnDataResult = createUnionType({
  name: "EraseOwnDataResult",
  description: "The answer of `eraseEventsData` and `eraseMatchingData`.",
  types: () => [OwnDataErased, IdempotencyConflict] as const,
});

/** First answers, as runCommand keeps them: by issuer and subject, of which neither has a control character. Answers with their number. */
const FORGET = statement(
  "own_answers_erase",
  `WITH gone AS (DELETE FROM idempotency_record WHERE viewer = $1 AND result IS NOT NULL RETURNING 1)
   SELECT count(*)::int AS answers FROM gone`,
);

/** Administrators of the whole platform erase for others. */
export const mayEraseOthers = (viewer: Viewer): boolean => holds(viewer, ["ADMIN"], []);

/** Erases what a subgraph keeps about a subject beside its audit trail. Done twice, it finds nothing the second time. */
export function eraseOwnData(
  context: SubgraphContext,
  operation: string,
  input: EraseOwnDataInput,
): Promise<OwnDataErased | IdempotencyConflict> {
  const { viewer } = context;
  const signedIn = viewer.issuer !== undefined && viewer.issuer !== PLATFORM_ISSUER;
  ensure(viewer, signedIn || (input.issuer != null && input.subject != null));
  const whose = { issuer: input.issuer ?? (viewer.issuer as string), subject: input.subject ?? viewer.subject };
  const self = signedIn && whose.issuer === viewer.issuer && whose.subject === viewer.subject;
  ensure(viewer, self || mayEraseOthers(viewer));
  const problems = checkText("reason", input.reason, { least: self ? 0 : 1, most: 500 });
  for (const field of ["issuer", "subject"] as const) problems.push(...checkText(field, whose[field], { least: 1, most: 500 }));
  if (problems.length > 0) throw badInput(problems);
  return command<OwnDataErased>(context, operation, self ? "PUBLIC" : "ADMIN", input, async (tx) => {
    const [{ answers }] = (await tx.rows<{ answers: number }>(FORGET, [`${whose.issuer}\n${whose.subject}`])) as [{ answers: number }];
    const id = uuidv7();
    tx.audit({ action: "erase", concept: "personal-data", entityId: id, after: { by: self ? "SELF" : "ADMIN", answers } });
    return { __typename: "OwnDataErased" as const, id, answers };
  });
}
