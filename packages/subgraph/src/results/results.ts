import { Directive, Field, Int, ObjectType } from "type-graphql";

/** Typed user errors that many mutations share. Each is a member of the mutation's result union. */
@ObjectType({
  description: "The record has been changed since the version that the change was made against. Read it again and decide anew.",
})
@Directive("@shareable")
export class VersionConflict {
  readonly __typename = "VersionConflict" as const;

  @Field({ description: "A constant sentence for people." })
  message: string;

  @Field(() => Int, { description: "The version that the record has now." })
  currentVersion: number;
}

@ObjectType({ description: "The idempotency key was used before for another operation or another input. Nothing was done." })
@Directive("@shareable")
export class IdempotencyConflict {
  readonly __typename = "IdempotencyConflict" as const;

  @Field({ description: "A constant sentence for people." })
  message: string;
}

@ObjectType({ description: "Another record already has the value that must be unique." })
@Directive("@shareable")
export class AlreadyExists {
  readonly __typename = "AlreadyExists" as const;

  @Field({ description: "A constant sentence for people." })
  message: string;

  @Field({ description: "The input field whose value is taken." })
  field: string;
}

/** One thing wrong with one row of a bulk input. */
@ObjectType({ description: "One thing wrong with one field of one row." })
@Directive("@shareable")
export class RowProblem {
  @Field({ description: "The field of the row." })
  field: string;

  @Field({ description: "A constant code, e.g. `REQUIRED`, `OUT_OF_RANGE`, `PERIOD_REVERSED`, `UNKNOWN_REFERENCE`." })
  code: string;

  @Field({ description: "What is wrong, in words." })
  message: string;
}

@ObjectType({ description: "The answer for one row of a bulk mutation." })
@Directive("@shareable")
export class RowOutcome {
  @Field(() => Int, { description: "The index of the row in the input, from 0." })
  index: number;

  @Field(() => String, { nullable: true, description: "The external key of the row, as given." })
  key: string | null;

  @Field({
    description:
      "What happened: `CREATED`, `UPDATED`, `UNCHANGED`, `MERGED` or `REFUSED`. In a dry run: what would happen. `MERGED`: the key is that of a record that was merged into another; `id` is that one's, and the row has changed nothing of it: the list of its own key speaks for it.",
  })
  status: string;

  @Field(() => String, { nullable: true, description: "The id of the record, unless the row was refused." })
  id: string | null;

  @Field(() => [RowProblem], { description: "Why the row was refused; empty otherwise." })
  problems: RowProblem[];
}

@ObjectType({ description: "The answer of a bulk mutation, row by row." })
@Directive("@shareable")
export class BulkOutcome {
  readonly __typename = "BulkOutcome" as const;

  @Field({
    description: "Whether anything was written. False in a dry run, and when rows were refused and `skipBadRows` was not asked for.",
  })
  written: boolean;

  @Field(() => Int, { description: "Rows that were or would be created." })
  created: number;

  @Field(() => Int, { description: "Rows that were or would be updated." })
  updated: number;

  @Field(() => Int, { description: "Rows that already were as given." })
  unchanged: number;

  @Field(() => Int, { description: "Rows that were refused." })
  refused: number;

  @Field(() => [RowOutcome], { description: "The answer for each row, in the order of the input." })
  rows: RowOutcome[];
}

export const versionConflict = (currentVersion: number): VersionConflict => ({
  __typename: "VersionConflict",
  message: "The record has been changed meanwhile.",
  currentVersion,
});

export const idempotencyConflict = (): IdempotencyConflict => ({
  __typename: "IdempotencyConflict",
  message: "The idempotency key was used before with another input.",
});

export const alreadyExists = (field: string): AlreadyExists => ({
  __typename: "AlreadyExists",
  message: "Another record already has this value.",
  field,
});

export const bulkOutcome = (rows: RowOutcome[], written: boolean): BulkOutcome => {
  const count = (status: string) => rows.filter((row) => row.status === status).length;
  return {
    __typename: "BulkOutcome",
    written,
    created: count("CREATED"),
    updated: count("UPDATED"),
    unchanged: count("UNCHANGED") + count("MERGED"),
    refused: count("REFUSED"),
    rows,
  };
};
