import { GraphQLScalarType } from "graphql";
import { Directive, Field, ID, Int, ObjectType } from "type-graphql";
import { PageInfo, type Edge } from "../connection/connection";
import { DateTimeScalar } from "../schema/scalars";

/** Output only: no argument takes arbitrary JSON. */
export const JsonScalar = new GraphQLScalarType<unknown, unknown>({
  name: "JSON",
  description: "Any JSON value. Only in answers.",
  specifiedByURL: "https://www.rfc-editor.org/rfc/rfc8259",
  serialize: (value) => value,
  parseValue: () => {
    throw new TypeError("JSON is not taken as input");
  },
});

@ObjectType({
  description: "One entry of an audit trail: who did what to which record. Entries are only ever added, each chained to the one before it.",
})
@Directive("@shareable")
export class AuditEntry {
  @Field(() => ID, { description: "The place in the trail of its subgraph: 1, 2, 3 … without gaps, in the order of commits." })
  id: number;

  @Field(() => DateTimeScalar, { description: "When it was written." })
  at: string;

  @Field({ description: "Who did it: the subject of the token, or `operator` for the command line." })
  subject: string;

  @Field(() => String, {
    nullable: true,
    description:
      "Who answers for the subject: the `iss` of the token; null for the command line, and for what was written before it was noted.",
  })
  issuer: string | null;

  @Field({ description: "The role under which it was done." })
  role: string;

  @Field({ description: "What was done, e.g. `create`, `update`, `publish`." })
  action: string;

  @Field({ description: "The kind of record, e.g. `community`." })
  concept: string;

  @Field(() => ID, { description: "The id of the record." })
  entityId: string;

  @Field(() => JsonScalar, { nullable: true, description: "What the record said before; private values read `[private]`." })
  before: unknown;

  @Field(() => JsonScalar, { nullable: true, description: "What the record said after; private values read `[private]`." })
  after: unknown;

  @Field({ description: "The request in which it was done; the logs have it too." })
  requestId: string;

  @Field({ description: "SHA-256 of the entry before it, in hexadecimal." })
  previousHash: string;

  @Field({ description: "SHA-256 over `previousHash` and this entry, in hexadecimal." })
  hash: string;
}

@ObjectType({ description: "An entry of an audit trail in a list, with its place in it." })
@Directive("@shareable")
export class AuditEntryEdge implements Edge<AuditEntry> {
  @Field({ description: "The place in the list, for `after`." })
  cursor: string;

  @Field(() => AuditEntry, { description: "The entry at this place." })
  node: AuditEntry;
}

/** As connectionOf makes it, but shared by all subgraphs. */
@ObjectType({ description: "A page of an audit trail, the newest first." })
@Directive("@shareable")
export class AuditEntryConnection {
  @Field(() => [AuditEntryEdge], { description: "The entries of this page, with cursors." })
  edges: AuditEntryEdge[];

  @Field(() => [AuditEntry], { description: "The entries of this page, without cursors." })
  nodes(): AuditEntry[] {
    return this.edges.map((edge) => edge.node);
  }

  @Field(() => PageInfo, { description: "Where this page stands in the list." })
  pageInfo: PageInfo;

  @Field(() => Int, { description: "How many entries the whole list has. Counted only when asked for." })
  totalCount(): Promise<number> {
    return this.count();
  }

  count: () => Promise<number>;
}
