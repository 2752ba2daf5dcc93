import { runCommand, type CommandTransaction } from "@gongjian/database";
import { Field, InputType } from "type-graphql";
import type { SubgraphContext } from "../context/context";
import type { Role } from "../identity";
import { idempotencyConflict, type IdempotencyConflict } from "../results/results";
import { badInput } from "../errors";

/** What the input of every mutation has. */
@InputType()
export abstract class CommandInput {
  @Field(() => String, {
    nullable: true,
    description:
      "A key of the caller's choice, 1 to 200 characters. The same key with the same input returns the first result and writes nothing again; with another input it is refused.",
  })
  idempotencyKey?: string | null;
}

/**
 * Runs a use case as one transaction with its audit rows, once for each idempotency key of a viewer.
 * The result must be JSON: it is stored and returned to replays.
 */
export async function command<R extends object>(
  context: SubgraphContext,
  operation: string,
  role: Role,
  input: CommandInput,
  work: (tx: CommandTransaction) => Promise<R>,
): Promise<R | IdempotencyConflict> {
  const { idempotencyKey, ...body } = input;
  if (
    typeof idempotencyKey === "string" &&
    (idempotencyKey.length < 1 || idempotencyKey.length > 200 || !/^[^\p{Cc}\p{Cs}]*$/u.test(idempotencyKey))
  ) {
    throw badInput([{ field: "idempotencyKey", code: "OUT_OF_RANGE", message: "An idempotency key has 1 to 200 characters." }]);
  }
  const { issuer, subject } = context.viewer;
  const call = { issuer, subject, role, requestId: context.call.requestId, idempotencyKey: idempotencyKey ?? null };
  const outcome = await runCommand<R>(context.database, call, operation, body, work);
  context.forget();
  return outcome.kind === "conflict" ? idempotencyConflict() : outcome.result;
}
