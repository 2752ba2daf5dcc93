import { Access } from "@gongjian/subgraph";
import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { Context } from "../context";
import { CreateNeedInput, ImportNeedsInput, UpdateNeedInput, WithdrawNeedInput } from "./need.inputs";
import { CreateNeedResult, ImportNeedsResult, UpdateNeedResult } from "./need.results";

const WRITERS = "workers of the community, officers of the round's region, and administrators";

@Resolver()
export class NeedMutations {
  @Mutation(() => CreateNeedResult, {
    description:
      "Enters a need into a round's list. The community lies in the round's region, or in one that it runs, or is among its guests; otherwise the problem is `OUTSIDE_ROUND`.",
  })
  @Access(WRITERS)
  createNeed(
    @Arg("input", () => CreateNeedInput, { description: "The new need." }) input: CreateNeedInput,
    @Ctx() context: Context,
  ): Promise<typeof CreateNeedResult> {
    return context.needs.create(input) as Promise<typeof CreateNeedResult>;
  }

  @Mutation(() => UpdateNeedResult, { description: "Changes a need while its round still takes entries." })
  @Access(WRITERS)
  updateNeed(
    @Arg("input", () => UpdateNeedInput, { description: "The change." }) input: UpdateNeedInput,
    @Ctx() context: Context,
  ): Promise<typeof UpdateNeedResult> {
    return context.needs.update(input) as Promise<typeof UpdateNeedResult>;
  }

  @Mutation(() => UpdateNeedResult, { description: "Withdraws a need; it stays on record, but is neither shown nor matched." })
  @Access(WRITERS)
  withdrawNeed(
    @Arg("input", () => WithdrawNeedInput, { description: "The need." }) input: WithdrawNeedInput,
    @Ctx() context: Context,
  ): Promise<typeof UpdateNeedResult> {
    return context.needs.withdraw(input) as Promise<typeof UpdateNeedResult>;
  }

  @Mutation(() => ImportNeedsResult, { description: "Creates or updates needs by round and external key, row by row." })
  @Access(WRITERS)
  importNeeds(
    @Arg("input", () => ImportNeedsInput, { description: "The needs." }) input: ImportNeedsInput,
    @Ctx() context: Context,
  ): Promise<typeof ImportNeedsResult> {
    return context.needs.import(input) as Promise<typeof ImportNeedsResult>;
  }
}
