import type { PairingState } from "@gongjian/entities-communities";
import { BulkOutcome, IdempotencyConflict, VersionConflict } from "@gongjian/subgraph";
import { createUnionType, Field, ID, Int, ObjectType } from "type-graphql";
import { Pairing, PairingStateEnum } from "./pairing.type";
import { nextStates } from "./pairing.rules";

@ObjectType({ description: "The pairing is not where this step begins. Nothing was done." })
export class PairingStepRefused {
  readonly __typename = "PairingStepRefused" as const;
  @Field({ description: "A constant sentence for people." })
  message: string;
  @Field(() => PairingStateEnum, { description: "Where it is." })
  state: PairingState;
  @Field(() => [PairingStateEnum], { description: "Where it can go." })
  next: PairingState[];
}

@ObjectType({ description: "Not all parties had agreed by the day of the signing. Nothing was done." })
export class ConsentMissing {
  readonly __typename = "ConsentMissing" as const;
  @Field({ description: "A constant sentence for people." })
  message: string;
  @Field(() => Int, { description: "How many parties had not agreed by the day of the signing." })
  missing: number;
  @Field(() => Int, {
    description: "How many of them agreed after that day. Who agreed earlier than recorded says so with `consentToPairing(on:)`.",
  })
  agreedLater: number;
}

@ObjectType({ description: "The pairing is being renewed, or was. Nothing was done." })
export class RenewalExists {
  readonly __typename = "RenewalExists" as const;
  @Field({ description: "A constant sentence for people." })
  message: string;
  @Field(() => ID, { description: "The pairing that renews it. End it, if it was never signed, to propose another." })
  renewalId: string;
  @Field(() => PairingStateEnum, { description: "How far that one has come." })
  state: PairingState;
}

export const stepRefused = (state: PairingState): PairingStepRefused => ({
  __typename: "PairingStepRefused",
  message: "The pairing cannot take this step from where it is.",
  state,
  next: [...nextStates(state)],
});
/** `never` parties have not agreed, and `later` have, after the day of the signing. */
export const consentMissing = (never: number, later: number): ConsentMissing => ({
  __typename: "ConsentMissing",
  message: never > 0 ? "Not all parties have agreed." : "All parties have agreed, and not all of them by the day of the signing.",
  missing: never + later,
  agreedLater: later,
});

export const renewalExists = (renewalId: string, state: PairingState): RenewalExists => ({
  __typename: "RenewalExists",
  message: state === "PROPOSED" ? "A renewal of this pairing is proposed already." : "This pairing was renewed already.",
  renewalId,
  state,
});

export const ProposePairingResult = createUnionType({
  name: "ProposePairingResult",
  description: "The answer of `proposePairing`.",
  types: () => [Pairing, IdempotencyConflict] as const,
});
export const ConsentToPairingResult = createUnionType({
  name: "ConsentToPairingResult",
  description: "The answer of `consentToPairing`.",
  types: () => [Pairing, PairingStepRefused, VersionConflict, IdempotencyConflict] as const,
});
export const WithdrawConsentResult = createUnionType({
  name: "WithdrawConsentResult",
  description: "The answer of `withdrawConsent`.",
  types: () => [Pairing, PairingStepRefused, IdempotencyConflict] as const,
});
export const UpdatePairingResult = createUnionType({
  name: "UpdatePairingResult",
  description: "The answer of `updatePairing`.",
  types: () => [Pairing, PairingStepRefused, VersionConflict, IdempotencyConflict] as const,
});
export const SignPairingResult = createUnionType({
  name: "SignPairingResult",
  description: "The answer of `signPairing`.",
  types: () => [Pairing, ConsentMissing, PairingStepRefused, VersionConflict, IdempotencyConflict] as const,
});
export const MovePairingResult = createUnionType({
  name: "MovePairingResult",
  description: "The answer of `movePairing`.",
  types: () => [Pairing, PairingStepRefused, VersionConflict, IdempotencyConflict] as const,
});
export const RenewPairingResult = createUnionType({
  name: "RenewPairingResult",
  description: "The answer of `renewPairing`: the new pairing, proposed.",
  types: () => [Pairing, PairingStepRefused, RenewalExists, IdempotencyConflict] as const,
});
export const ImportPairingsResult = createUnionType({
  name: "ImportPairingsResult",
  description: "The answer of `importPairings`.",
  types: () => [BulkOutcome, IdempotencyConflict] as const,
});
