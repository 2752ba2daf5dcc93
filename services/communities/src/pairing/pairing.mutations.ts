import { Access } from "@gongjian/subgraph";
import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { Context } from "../context";
import {
  ConsentToPairingInput,
  ImportPairingsInput,
  MovePairingInput,
  ProposePairingInput,
  RenewPairingInput,
  SignPairingInput,
  UpdatePairingInput,
  WithdrawConsentInput,
} from "./pairing.inputs";
import {
  ConsentToPairingResult,
  ImportPairingsResult,
  MovePairingResult,
  ProposePairingResult,
  RenewPairingResult,
  SignPairingResult,
  UpdatePairingResult,
  WithdrawConsentResult,
} from "./pairing.results";

const WHO = "workers or representatives of a party, officers of a party's region, administrators";

@Resolver()
export class PairingMutations {
  @Mutation(() => ProposePairingResult, { description: "Proposes a pairing between two or more communities and organisations." })
  @Access(WHO)
  proposePairing(
    @Arg("input", () => ProposePairingInput, { description: "Who with whom, about what." }) input: ProposePairingInput,
    @Ctx() context: Context,
  ): Promise<typeof ProposePairingResult> {
    return context.pairings.propose(input) as Promise<typeof ProposePairingResult>;
  }

  @Mutation(() => ConsentToPairingResult, {
    description:
      "Says that a party agrees to a proposed pairing, or agreed on an earlier day. Said again, it changes nothing but a day that is named.",
  })
  @Access("workers or representatives of the party itself, officers of its region, administrators")
  consentToPairing(
    @Arg("input", () => ConsentToPairingInput, { description: "Which party agrees to what." }) input: ConsentToPairingInput,
    @Ctx() context: Context,
  ): Promise<typeof ConsentToPairingResult> {
    return context.pairings.consent(input) as Promise<typeof ConsentToPairingResult>;
  }

  @Mutation(() => WithdrawConsentResult, {
    description: "Takes back that a party agrees to a proposed pairing. Once it is signed, nobody can.",
  })
  @Access("workers or representatives of the party itself, officers of its region, administrators")
  withdrawConsent(
    @Arg("input", () => WithdrawConsentInput, { description: "Which party, of what." }) input: WithdrawConsentInput,
    @Ctx() context: Context,
  ): Promise<typeof WithdrawConsentResult> {
    return context.pairings.withdrawConsent(input) as Promise<typeof WithdrawConsentResult>;
  }

  @Mutation(() => UpdatePairingResult, {
    description:
      "Corrects what a pairing says. While it is proposed, another kind, other fields or another term take back what parties agreed to: " +
      "they agree anew. Once it is signed, its name, fields, term and event can be corrected, with a reason.",
  })
  @Access(WHO)
  updatePairing(
    @Arg("input", () => UpdatePairingInput, { description: "Which, and what it should say." }) input: UpdatePairingInput,
    @Ctx() context: Context,
  ): Promise<typeof UpdatePairingResult> {
    return context.pairings.update(input) as Promise<typeof UpdatePairingResult>;
  }

  @Mutation(() => SignPairingResult, {
    description:
      "Signs a pairing that every party agreed to. From then on everybody sees it. A pairing that it renews is RENEWED, and its open tasks go on in it.",
  })
  @Access(WHO)
  signPairing(
    @Arg("input", () => SignPairingInput, { description: "What, when and at which event." }) input: SignPairingInput,
    @Ctx() context: Context,
  ): Promise<typeof SignPairingResult> {
    return context.pairings.sign(input) as Promise<typeof SignPairingResult>;
  }

  @Mutation(() => MovePairingResult, { description: "Says that a pairing is active, asleep, or over." })
  @Access(WHO)
  movePairing(
    @Arg("input", () => MovePairingInput, { description: "The step." }) input: MovePairingInput,
    @Ctx() context: Context,
  ): Promise<typeof MovePairingResult> {
    return context.pairings.move(input) as Promise<typeof MovePairingResult>;
  }

  @Mutation(() => RenewPairingResult, {
    description:
      "Proposes to carry a pairing on between the same parties, who agree and sign anew. A pairing is renewed once; a proposal that ended " +
      "unsigned does not count.",
  })
  @Access(WHO)
  renewPairing(
    @Arg("input", () => RenewPairingInput, { description: "Which, and until when." }) input: RenewPairingInput,
    @Ctx() context: Context,
  ): Promise<typeof RenewPairingResult> {
    return context.pairings.renew(input) as Promise<typeof RenewPairingResult>;
  }

  @Mutation(() => ImportPairingsResult, { description: "Creates or updates pairings by external key, row by row." })
  @Access("officers whose regions reach every party of each row, and administrators")
  importPairings(
    @Arg("input", () => ImportPairingsInput, { description: "The pairings." }) input: ImportPairingsInput,
    @Ctx() context: Context,
  ): Promise<typeof ImportPairingsResult> {
    return context.pairings.import(input) as Promise<typeof ImportPairingsResult>;
  }
}
