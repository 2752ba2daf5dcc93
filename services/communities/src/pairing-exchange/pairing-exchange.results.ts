import { AlreadyExists, BulkOutcome, IdempotencyConflict } from "@gongjian/subgraph";
import { createUnionType } from "type-graphql";
import { PairingStepRefused } from "../pairing/pairing.results";
import { PairingExchange } from "./pairing-exchange.type";

export const RecordExchangeResult = createUnionType({
  name: "RecordExchangeResult",
  description: "The answer of `recordExchange`.",
  types: () => [PairingExchange, PairingStepRefused, IdempotencyConflict] as const,
});
export const CorrectExchangeResult = createUnionType({
  name: "CorrectExchangeResult",
  description: "The answer of `correctExchange`: the new entry of the log; AlreadyExists when the exchange was corrected before.",
  types: () => [PairingExchange, PairingStepRefused, AlreadyExists, IdempotencyConflict] as const,
});
export const ImportPairingExchangesResult = createUnionType({
  name: "ImportPairingExchangesResult",
  description: "The answer of `importPairingExchanges`.",
  types: () => [BulkOutcome, IdempotencyConflict] as const,
});
