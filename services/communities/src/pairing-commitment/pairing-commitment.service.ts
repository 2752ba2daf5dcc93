import { stableId, uuidv7 } from "@gongjian/database";
import { PairingCommitmentEntity } from "@gongjian/entities-communities";
import {
  actingRole,
  badInput,
  bulkUpsert,
  checkText,
  command,
  ensureAmong,
  readPage,
  roleAmong,
  type BulkOutcome,
  type IdempotencyConflict,
  type Page,
} from "@gongjian/subgraph";
import type { Context } from "../context";
import { canImportPairingWork, PAIRING_ACTORS, PAIRING_IMPORTERS } from "../pairing/pairing.policy";
import { stepRefused, type PairingStepRefused } from "../pairing/pairing.results";
import { isHeld } from "../pairing/pairing.rules";
import { lockPairing, lockPairings, placeText, readParties } from "../pairing/pairing.store";
import type { Pairing, PairingParty } from "../pairing/pairing.type";
import { keptPairings, namedParty, UNKNOWN_PAIRING } from "../pairing-exchange/kept-pairings";
import type {
  AddCommitmentInput,
  CommitmentsArgs,
  CompleteCommitmentInput,
  DropCommitmentInput,
  UpdateCommitmentInput,
  ImportPairingCommitmentsInput,
  PairingCommitmentRow,
  PairingCommitmentsArgs,
} from "./pairing-commitment.inputs";
import { completeCommitment, dropCommitment, updateCommitment } from "./commitment-changes";
import { checkDone, checkDue, UNKNOWN_OWNER } from "./pairing-commitment.rules";
import { commitmentsOfPairing, regionCommitments } from "./pairing-commitment.lists";
import {
  LISTED_ON,
  COMMITMENTS_BY_KEY,
  commitmentValues,
  relationsSince,
  readCommitment,
  type CommitmentValues,
} from "./pairing-commitment.store";
import type { PairingCommitment } from "./pairing-commitment.type";

/** The lists of tasks of pairings. */
export class PairingCommitmentService {
  constructor(private readonly context: Context) {}

  ofPairing(parent: string, args: PairingCommitmentsArgs): Promise<Page<PairingCommitment>> {
    return this.context.load(commitmentsOfPairing, { parent, args });
  }

  list(args: CommitmentsArgs): Promise<Page<PairingCommitment>> {
    return readPage<PairingCommitment>(this.context, regionCommitments(this.context, args), args);
  }

  async add(input: AddCommitmentInput): Promise<PairingCommitment | PairingStepRefused | IdempotencyConflict> {
    const { context } = this;
    const { pairing, parties, scopes } = await context.pairings.mine(input.pairingId);
    const owner = namedParty(parties, input.owner);
    const problems = [...checkText("title", input.title, { least: 1, most: 500 }), ...(owner ? [] : [UNKNOWN_OWNER])];
    if (problems.length > 0) throw badInput(problems);
    const role = actingRole(context.viewer, PAIRING_ACTORS, scopes);
    return command<PairingCommitment | PairingStepRefused>(context, "addCommitment", role, input, async (tx) => {
      const { state } = await lockPairing(tx, pairing.id);
      if (!isHeld(state)) return tx.rollback(stepRefused(state));
      const id = uuidv7();
      const { title, dueOn } = input;
      const early = checkDue(dueOn, (await relationsSince(tx, [pairing.id])).get(pairing.id)!);
      if (early.length > 0) throw badInput(early);
      const blank = { key: null, doneOn: null, evidence: null, droppedOn: null, dropReason: null, illustrative: false, source: null };
      const values: CommitmentValues = { ...blank, title: title.trim(), dueOn, pairingId: pairing.id, ownerId: owner!.id };
      await tx.manager.insert(PairingCommitmentEntity, { ...values, id });
      tx.audit({ action: "create", concept: "pairingCommitment", entityId: id, before: null, after: values });
      return readCommitment(tx, id);
    });
  }

  complete(input: CompleteCommitmentInput): ReturnType<typeof completeCommitment> {
    return completeCommitment(this.context, input);
  }

  update(input: UpdateCommitmentInput): ReturnType<typeof updateCommitment> {
    return updateCommitment(this.context, input);
  }

  drop(input: DropCommitmentInput): ReturnType<typeof dropCommitment> {
    return dropCommitment(this.context, input);
  }

  /** Imports lists of tasks; a second import of the same list changes nothing. */
  async import(input: ImportPairingCommitmentsInput): Promise<BulkOutcome | IdempotencyConflict> {
    const { context } = this;
    const { viewer } = context;
    ensureAmong(viewer, PAIRING_IMPORTERS);
    const today = await context.calendars.today();
    const kept = await keptPairings(
      context,
      input.rows.map(({ pairingKey }) => pairingKey),
    );
    const ownerOf = (row: PairingCommitmentRow) => namedParty(kept.get(row.pairingKey)?.parties ?? [], row.owner);
    let locked = new Map<string, Pairing>();
    let parties: PairingParty[] = [];
    let since = new Map<string, string>();
    /** Where a row's task stands: on the list of the pairing that the row names, or of the one that carries it on. */
    const homeOf = (row: PairingCommitmentRow, existing: PairingCommitment | null) => {
      const named = kept.get(row.pairingKey)!.pairing;
      const owner = ownerOf(row)!;
      if (existing === null || existing.pairingId === named.id || locked.get(existing.pairingId)?.relationId !== named.relationId)
        return { pairing: named, ownerId: owner.id };
      const carried = parties.find(
        ({ pairingId, ...member }) => pairingId === existing.pairingId && placeText(member) === placeText(owner),
      )!;
      return { pairing: locked.get(existing.pairingId)!, ownerId: carried.id };
    };
    return bulkUpsert<PairingCommitmentRow, CommitmentValues, PairingCommitment>(context, input, {
      operation: "importPairingCommitments",
      concept: "pairingCommitment",
      role: roleAmong(viewer, PAIRING_IMPORTERS),
      rows: input.rows,
      keyOf: ({ key }) => key,
      check: (row) => [
        ...checkText("key", row.key, { least: 1, most: 100 }),
        ...checkText("title", row.title, { least: 1, most: 500 }),
        ...checkText("source", row.source, { most: 100 }),
        ...checkDone(row, { today }),
        ...(kept.has(row.pairingKey) ? (ownerOf(row) ? [] : [UNKNOWN_OWNER]) : [UNKNOWN_PAIRING]),
      ],
      existing: async (tx, keys) => {
        // pairings before their tasks, as everybody locks them
        const named = [...kept.values()].map(({ pairing }) => pairing.id);
        const listed = await tx.rows<{ pairingId: string }>(LISTED_ON, [keys]);
        const ids = [...new Set([...named, ...listed.map(({ pairingId }) => pairingId)])];
        locked = new Map((await lockPairings(tx, ids)).map((row) => [row.id, row]));
        parties = await readParties(tx, ids);
        since = await relationsSince(tx, ids);
        return new Map((await tx.rows<PairingCommitment>(COMMITMENTS_BY_KEY, [keys])).map((row) => [row.key!, row]));
      },
      idOf: ({ id }) => id,
      newId: ({ key }) => stableId("pairing-commitment", key),
      toValues: (row, existing) => ({
        key: row.key,
        title: row.title.trim(),
        dueOn: row.dueOn,
        doneOn: row.doneOn ?? null,
        evidence: row.evidence?.trim() || null,
        illustrative: row.illustrative ?? false,
        source: row.source ?? null,
        droppedOn: existing?.droppedOn ?? null,
        dropReason: existing?.dropReason ?? null,
        pairingId: homeOf(row, existing).pairing.id,
        ownerId: homeOf(row, existing).ownerId,
      }),
      storedValues: commitmentValues,
      permit: (row, existing) => {
        const { scopes } = kept.get(row.pairingKey)!;
        return canImportPairingWork(viewer, scopes) && (existing === null || existing.pairingId === homeOf(row, existing).pairing.id);
      },
      frozen: (row, existing) => {
        const { id, state } = locked.get(homeOf(row, existing).pairing.id)!;
        if (!isHeld(state)) return [{ field: "pairingKey", code: "NOT_HELD", message: "The pairing is not signed, or it is over." }];
        if (existing?.status === "DROPPED" || (existing?.status === "DONE" && !row.doneOn))
          return [{ field: "key", code: "SETTLED", message: "A commitment that is done or dropped stays so." }];
        const signed = since.get(id)!;
        return [
          ...(existing?.dueOn === row.dueOn ? [] : checkDue(row.dueOn, signed)),
          ...(existing?.doneOn === (row.doneOn ?? null) ? [] : checkDone(row, { today, since: signed })),
        ];
      },
      write: async (tx, records) => {
        for (const { id, values, existing } of records) {
          if (existing === null) await tx.manager.insert(PairingCommitmentEntity, { ...values, id });
          else await tx.manager.update(PairingCommitmentEntity, { id }, values);
        }
      },
    });
  }
}
