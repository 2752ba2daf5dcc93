import { statement, type SubgraphName } from "@gongjian/database";
import { Arg, Ctx, Directive, Field, Mutation, ObjectType, Query, Resolver } from "type-graphql";
import type { SubgraphContext } from "../context/context";
import { ownOr, type ConceptPermissions } from "../policy/permissions";
import { Access, ensure } from "../policy/policy";
import { DateTimeScalar } from "../schema/scalars";
import { eraseOwnData, EraseOwnDataInput, EraseOwnDataResult, mayEraseOthers } from "./erase-own-data";

@ObjectType({ description: "What a part of the platform stores about the one who asks, as JSON." })
@Directive("@shareable")
export class OwnData {
  @Field(() => DateTimeScalar, { description: "When it was collected." })
  at: string;

  @Field({ description: "A JSON object with a list for each kind of record, at most the newest 5,000 of each." })
  json: string;
}

/** Indexes audit_entry_subject_idx and the key of idempotency_record. */
const ACTIONS = statement(
  "own_actions",
  `SELECT at, role, action, concept, entity_id AS "entityId", before, after, request_id AS "requestId" FROM audit_entry
   WHERE issuer = $1 AND subject = $2 ORDER BY id DESC LIMIT 5000`,
);
const ANSWERS = statement(
  "own_answers",
  `SELECT key, operation, created_at AS "createdAt", result FROM idempotency_record WHERE viewer = $1 AND result IS NOT NULL
   ORDER BY created_at DESC LIMIT 5000`,
);

/** The name of the root field: `exportMyEventsData`. */
const fieldOf = (subgraph: SubgraphName): string => `exportMy${subgraph[0]!.toUpperCase()}${subgraph.slice(1)}Data`;
/** The name of the root mutation: `eraseEventsData`. */
const erasureOf = (subgraph: SubgraphName): string => `erase${subgraph[0]!.toUpperCase()}${subgraph.slice(1)}Data`;

const made = new Map<SubgraphName, Function>();

/** How people get what a subgraph stores about them, and have it erased: what they did there, and the answers kept for their replays. */
export function ownDataResolver(subgraph: SubgraphName): Function {
  const known = made.get(subgraph);
  if (known) return known;
  const field = fieldOf(subgraph);
  const erasure = erasureOf(subgraph);

  @Resolver()
  class OwnDataQueries {
    @Query(() => OwnData, { description: `What ${subgraph} stores about the one who asks; \`exportMyData\` has the rest.` })
    @Access("whoever is signed in, their own")
    async [field](@Ctx() context: SubgraphContext): Promise<OwnData> {
      const { viewer } = context;
      ensure(viewer, viewer.subject !== "anonymous" && viewer.issuer !== undefined);
      const actions = await context.rows(ACTIONS, [viewer.issuer, viewer.subject]);
      const answers = await context.rows(ANSWERS, [`${viewer.issuer}\n${viewer.subject}`]);
      return { at: new Date().toISOString(), json: JSON.stringify({ issuer: viewer.issuer, subject: viewer.subject, actions, answers }) };
    }

    @Mutation(() => EraseOwnDataResult, {
      description: `Erases what ${subgraph} stores about somebody beside its audit trail: the answers kept for replays. \`erasePersonalData\` erases the rest.`,
    })
    @Access("whoever is signed in, their own; ADMIN of the whole platform, with a reason")
    async [erasure](
      @Arg("input", () => EraseOwnDataInput, { description: "Whose, and why." }) input: EraseOwnDataInput,
      @Ctx() context: SubgraphContext,
    ): Promise<typeof EraseOwnDataResult> {
      return eraseOwnData(context, erasure, input);
    }
  }
  made.set(subgraph, OwnDataQueries);
  return OwnDataQueries;
}

/** Everybody reads and erases their own; administrators erase for others. */
export const ownDataPermissions = (subgraph: SubgraphName): ConceptPermissions => ({
  concept: "OwnData",
  published: false,
  hidden: {},
  parts: ["OwnDataErased"],
  operations: { [fieldOf(subgraph)]: ownOr("isOwn", () => false), [erasureOf(subgraph)]: ownOr("mayEraseOthers", mayEraseOthers) },
});
