import { uuidv7, type CommandTransaction } from "@gongjian/database";
import {
  actingRole,
  badInput,
  checkText,
  command,
  ensure,
  isUuid,
  missingEntities,
  notFound,
  readPage,
  versionConflict,
  type BulkOutcome,
  type IdempotencyConflict,
  type InputProblem,
  type Page,
  type Scopes,
  type VersionConflict,
} from "@gongjian/subgraph";
import type { Context } from "../context";
import { ofShownEvent } from "../external/event.lists";
import { checkPlace } from "../place/place";
import { updatePairing } from "./pairing.correction";
import { importPairings } from "./pairing.import";
import type {
  ConsentToPairingInput,
  ImportPairingsInput,
  MovePairingInput,
  OwedVisitsArgs,
  PairingsArgs,
  ProposePairingInput,
  RenewPairingInput,
  SignPairingInput,
  UpdatePairingInput,
  WithdrawConsentInput,
} from "./pairing.inputs";
import { ofCommunity, ofEvent, ofOrganisation, pairingList } from "./pairing.lists";
import { byId, byKey, partiesOf, renewalOf } from "./pairing.loaders";
import { owedIn, owedList } from "./pairing.owed";
import { canKeepPairing, PAIRING_ACTORS } from "./pairing.policy";
import { renewPairing } from "./pairing.renewal";
import { stepRefused, type ConsentMissing, type PairingStepRefused, type RenewalExists } from "./pairing.results";
import { checkPairing, checkParties, checkTerm, nextStates } from "./pairing.rules";
import { consentToPairing, signPairing, withdrawConsent } from "./pairing.signing";
import {
  findMember,
  insertPairing,
  lockPairing,
  placeText,
  readBack,
  readNew,
  readParties,
  scopesOfParties,
  takeStep,
} from "./pairing.store";
import type { OwedVisit, Pairing, PairingParty } from "./pairing.type";

/** Reads pairings, and takes them through their life. */
export class PairingService {
  constructor(private readonly context: Context) {}

  async byId(id: string): Promise<Pairing | null> {
    return isUuid(id) ? this.context.load(byId, id.toLowerCase()) : null;
  }

  byKey(key: string): Promise<Pairing | null> {
    return this.context.load(byKey, key);
  }

  renewalOf(id: string): Promise<Pairing | null> {
    return this.context.load(renewalOf, id);
  }

  partiesOf(id: string): Promise<PairingParty[]> {
    return this.context.load(partiesOf, id);
  }

  owedIn(id: string): Promise<OwedVisit[]> {
    return this.context.load(owedIn, id);
  }

  owed(args: OwedVisitsArgs): Promise<Page<OwedVisit>> {
    return readPage<OwedVisit>(this.context, owedList(this.context, args), args);
  }

  list(args: PairingsArgs): Promise<Page<Pairing>> {
    return ofShownEvent(this.context, args, (shown) => readPage<Pairing>(this.context, pairingList(this.context, shown), shown));
  }

  ofCommunity(parent: string, args: PairingsArgs): Promise<Page<Pairing>> {
    return ofShownEvent(this.context, args, (shown) => this.context.load(ofCommunity, { parent, args: shown }));
  }

  ofOrganisation(parent: string, args: PairingsArgs): Promise<Page<Pairing>> {
    return ofShownEvent(this.context, args, (shown) => this.context.load(ofOrganisation, { parent, args: shown }));
  }

  async ofEvent(id: string, args: PairingsArgs): Promise<Page<Pairing> | null> {
    return isUuid(id)
      ? ofShownEvent(this.context, args, (shown) => this.context.load(ofEvent, { parent: id.toLowerCase(), args: shown }))
      : null;
  }

  async propose(input: ProposePairingInput): Promise<Pairing | IdempotencyConflict> {
    const { context } = this;
    const { viewer } = context;
    ensure(viewer, viewer.subject !== "anonymous");
    const found = await Promise.all(input.parties.slice(0, 101).map((party) => findMember(context, party)));
    const scopes = found.flatMap((place) => place?.scopes ?? []);
    ensure(viewer, canKeepPairing(viewer, scopes));
    const members = found.flatMap((place) => (place ? [place] : []));
    const problems = [
      ...checkPairing(input),
      ...checkTerm(input.endsOn, { today: await context.calendars.today() }),
      ...input.parties.slice(0, 101).flatMap((party, index) => checkPlace(`parties.${index}`, party, found[index] ?? null)),
      ...checkParties(
        members.map(placeText),
        input.parties.map(({ side }) => side),
      ),
    ];
    if (problems.length > 0) throw badInput(problems);
    const id = uuidv7();
    const parties = members.map(({ communityId, organisationId }, index) => ({
      communityId,
      organisationId,
      side: input.parties[index]!.side ?? 1,
      consentedOn: null,
    }));
    const values = {
      key: null,
      kind: input.kind,
      name: input.name.trim(),
      fields: (input.fields ?? []).map((field) => field.trim()),
      signedOn: null,
      endsOn: input.endsOn ?? null,
      eventId: null,
      renewsId: null,
      illustrative: false,
      source: null,
    };
    return command(context, "proposePairing", actingRole(viewer, PAIRING_ACTORS, scopes), input, async (tx) => {
      await insertPairing(tx, id, values, parties);
      return readNew(tx, id);
    });
  }

  consent(input: ConsentToPairingInput): ReturnType<typeof consentToPairing> {
    return consentToPairing(this.context, input);
  }

  withdrawConsent(input: WithdrawConsentInput): ReturnType<typeof withdrawConsent> {
    return withdrawConsent(this.context, input);
  }

  update(input: UpdatePairingInput): ReturnType<typeof updatePairing> {
    return updatePairing(this.context, input);
  }

  sign(input: SignPairingInput): Promise<Pairing | ConsentMissing | PairingStepRefused | VersionConflict | IdempotencyConflict> {
    return signPairing(this.context, input);
  }

  renew(input: RenewPairingInput): Promise<Pairing | PairingStepRefused | RenewalExists | IdempotencyConflict> {
    return renewPairing(this.context, input);
  }

  async move(input: MovePairingInput): Promise<Pairing | PairingStepRefused | VersionConflict | IdempotencyConflict> {
    const { context } = this;
    const { pairing, scopes } = await this.mine(input.id);
    const ends = input.to === "ENDED";
    const problems = checkText("reason", input.reason, { least: ends ? 1 : 0, most: 500 });
    if (!["ACTIVE", "DORMANT", "ENDED"].includes(input.to))
      problems.push({ field: "to", code: "NOT_ALLOWED", message: "Signing and renewing have mutations of their own." });
    if (problems.length > 0) throw badInput(problems);
    const today = await context.calendars.today();
    return command<Pairing | PairingStepRefused | VersionConflict>(
      context,
      "movePairing",
      actingRole(context.viewer, PAIRING_ACTORS, scopes),
      input,
      async (tx) => {
        const stored = await lockPairing(tx, pairing.id);
        if (stored.version !== input.expectedVersion) return tx.rollback(versionConflict(stored.version));
        if (!nextStates(stored.state).includes(input.to)) return tx.rollback(stepRefused(stored.state));
        const end = ends ? { endedOn: today, endReason: input.reason!.trim() } : {};
        await takeStep(tx, stored, await readParties(tx, [stored.id]), "move", { state: input.to, ...end });
        return readBack(tx, stored.id);
      },
    );
  }

  import(input: ImportPairingsInput): Promise<BulkOutcome | IdempotencyConflict> {
    return importPairings(this.context, input);
  }

  /** A pairing that the viewer may keep, with the scopes of all its parties. @throws NOT_FOUND, FORBIDDEN, UNAUTHENTICATED */
  async mine(id: string): Promise<{ pairing: Pairing; parties: PairingParty[]; scopes: Scopes }> {
    const { context } = this;
    ensure(context.viewer, context.viewer.subject !== "anonymous");
    const pairing = await this.byId(id);
    if (!pairing) throw notFound("Pairing");
    const parties = await this.partiesOf(pairing.id);
    const scopes = (await scopesOfParties(context, parties)).flat();
    ensure(context.viewer, canKeepPairing(context.viewer, scopes));
    return { pairing, parties, scopes };
  }

  async checkEvent(id: string | null | undefined): Promise<InputProblem[]> {
    if (!id) return [];
    const malformed = checkText("eventId", id, { most: 100 });
    if (malformed.length > 0) return malformed;
    const missing = await missingEntities(this.context, "events", "Event", [id], this.context.viewer);
    return missing.size > 0 ? [{ field: "eventId", code: "UNKNOWN_REFERENCE", message: "There is no such event." }] : [];
  }

  /** What something that happened does to the pairing: from signed, if it was not before that, or asleep it comes to life. */
  async wake(tx: CommandTransaction, stored: Pairing, onDate: string): Promise<void> {
    if ((stored.state === "SIGNED" && onDate >= stored.signedOn!) || stored.state === "DORMANT")
      await takeStep(tx, stored, await readParties(tx, [stored.id]), "move", { state: "ACTIVE" });
  }
}
