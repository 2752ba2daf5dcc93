import { AlreadyExists, BulkOutcome, IdempotencyConflict, VersionConflict } from "@gongjian/subgraph";
import { createUnionType } from "type-graphql";
import { Session } from "./session.type";

export const CreateSessionResult = createUnionType({
  name: "CreateSessionResult",
  description: "The answer of `createSession`.",
  types: () => [Session, AlreadyExists, IdempotencyConflict] as const,
});

export const UpdateSessionResult = createUnionType({
  name: "UpdateSessionResult",
  description: "The answer of `updateSession`.",
  types: () => [Session, VersionConflict, IdempotencyConflict] as const,
});

export const ImportSessionsResult = createUnionType({
  name: "ImportSessionsResult",
  description: "The answer of `importSessions`.",
  types: () => [BulkOutcome, IdempotencyConflict] as const,
});

export const ImportParticipantsResult = createUnionType({
  name: "ImportParticipantsResult",
  description: "The answer of `importParticipants`.",
  types: () => [BulkOutcome, IdempotencyConflict] as const,
});
