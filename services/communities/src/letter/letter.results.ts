import { AlreadyExists, IdempotencyConflict } from "@gongjian/subgraph";
import { createUnionType } from "type-graphql";
import { AlreadyRevoked } from "../appointment/appointment.results";
import { AppointmentLetter } from "./letter.type";

export const IssueLetterResult = createUnionType({
  name: "IssueLetterResult",
  description: "The answer of `issueLetter`.",
  types: () => [AppointmentLetter, AlreadyExists, AlreadyRevoked, IdempotencyConflict] as const,
});
