import { AlreadyExists, BulkOutcome, IdempotencyConflict, VersionConflict } from "@gongjian/subgraph";
import { createUnionType } from "type-graphql";
import { Community } from "./community.type";

export const CreateCommunityResult = createUnionType({
  name: "CreateCommunityResult",
  description: "The answer of `createCommunity`.",
  types: () => [Community, AlreadyExists, IdempotencyConflict] as const,
});

export const UpdateCommunityResult = createUnionType({
  name: "UpdateCommunityResult",
  description: "The answer of `updateCommunity`.",
  types: () => [Community, VersionConflict, IdempotencyConflict] as const,
});

export const ImportCommunitiesResult = createUnionType({
  name: "ImportCommunitiesResult",
  description: "The answer of `importCommunities`.",
  types: () => [BulkOutcome, IdempotencyConflict] as const,
});
