import { ArgsType, Field, ID, InputType } from "type-graphql";
import { PageArgs } from "../connection/connection";
import type { InputProblem } from "../errors";
import { checkPeriod, checkText } from "../schema/checks";
import { DateTimeScalar } from "../schema/scalars";

@InputType({ description: "Which entries of an audit trail to list. All conditions must hold." })
export class AuditFilter {
  @Field(() => String, { nullable: true, description: "Only this kind of record, e.g. `community`." })
  concept?: string | null;

  @Field(() => ID, { nullable: true, description: "Only the record with this id." })
  entityId?: string | null;

  @Field(() => String, { nullable: true, description: "Only what this person or service did: the subject of the token." })
  subject?: string | null;

  @Field(() => String, { nullable: true, description: "Only this action, e.g. `update`." })
  action?: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "Only entries written at this instant or later." })
  from?: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "Only entries written before this instant." })
  to?: string | null;

  @Field(() => String, { nullable: true, description: "Only what was done in this request." })
  requestId?: string | null;
}

@ArgsType()
export class AuditTrailArgs extends PageArgs {
  @Field(() => AuditFilter, { nullable: true, description: "Which entries to list; all when left out." })
  filter?: AuditFilter | null;
}

/** No subject, id or name in the trail is longer. */
const MOST = 500;

/** What is wrong with a filter. Pure. */
export const checkAuditFilter = (filter: AuditFilter): InputProblem[] => [
  ...(["concept", "entityId", "subject", "action", "requestId"] as const).flatMap((field) =>
    checkText(`filter.${field}`, filter[field], { most: MOST }),
  ),
  ...checkPeriod("filter.to", filter.from, filter.to),
];
