import { BulkOutcome, IdempotencyConflict, VersionConflict } from "@gongjian/subgraph";
import { createUnionType } from "type-graphql";
import { Person } from "./person.type";

export const UpdatePersonResult = createUnionType({
  name: "UpdatePersonResult",
  description: "The answer of `updatePerson`.",
  types: () => [Person, VersionConflict, IdempotencyConflict] as const,
});
export const ImportPeopleResult = createUnionType({
  name: "ImportPeopleResult",
  description: "The answer of `importPeople`.",
  types: () => [BulkOutcome, IdempotencyConflict] as const,
});
