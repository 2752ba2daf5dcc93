import { stableId, statement } from "@gongjian/database";
import { ServiceRequestEntity } from "@gongjian/entities-communities";
import {
  actingRole,
  badInput,
  command,
  ensure,
  fetchEntities,
  isUuid,
  PublicError,
  versionConflict,
  type IdempotencyConflict,
  type Role,
  type VersionConflict,
} from "@gongjian/subgraph";
import type { Context } from "../context";
import type { PassOnServiceRequestInput } from "./service-request.inputs";
import { canPassOnRequest, REQUEST_PASSERS } from "./service-request.policy";
import { stepNotAllowed, takesNoEntries, type RoundTakesNoEntries, type ServiceRequestStepNotAllowed } from "./service-request.results";
import { entryKey, mayGo } from "./service-request.rules";
import { auditedValues, locked, readBack } from "./service-request.store";
import type { ServiceRequest } from "./service-request.type";

type PassedOn = ServiceRequest | RoundTakesNoEntries | ServiceRequestStepNotAllowed | VersionConflict | IdempotencyConflict;

/** What matching made of an entry: it is there, or it was refused for good. Anything else is not known. */
type Answer = { entryId: string } | { closed: string } | { refused: PublicError };

interface MatchingAnswer {
  __typename: string;
  id?: string;
  state?: string;
}

const REOPENED = statement(
  "service_request_reopened",
  "UPDATE service_request SET state = 'OPEN', round_id = NULL, version = version - 1 WHERE id = $1::uuid",
);
const RESULT = "__typename ... on RoundClosed { state } ... on AlreadyExists { field }";
const ENTER = {
  WISH: `mutation ($input: CreateNeedInput!) { entry: createNeed(input: $input) { ${RESULT} ... on Need { id } } }`,
  OFFER: `mutation ($input: CreateOfferInput!) { entry: createOffer(input: $input) { ${RESULT} ... on Offer { id } } }`,
} as const;
/** Refusals after which nothing was written, whoever asks again with the same. */
const FINAL = ["FORBIDDEN", "NOT_FOUND", "BAD_USER_INPUT", "UNAUTHENTICATED"] as const;

/**
 * Carries a request into a round of matching: marked as on its way here, entered there, marked as arrived here. The entry's key is made of the
 * request's id, so that a round holds it once however often it is tried; what broke off in between is finished by trying again.
 */
export class PassingOn {
  constructor(private readonly context: Context) {}

  /** @throws PublicError NOT_FOUND, FORBIDDEN, BAD_USER_INPUT; PEER_UNAVAILABLE when matching does not answer: the request then stays PASSING */
  async passOn(input: PassOnServiceRequestInput): Promise<PassedOn> {
    const { context } = this;
    const { viewer } = context;
    const { request, place } = await context.serviceRequests.found(input.id);
    ensure(viewer, canPassOnRequest(viewer, place, request.organisationId));
    if (!isUuid(input.roundId)) throw badInput([{ field: "roundId", code: "MALFORMED", message: "An id of this platform is a UUID." }]);
    const roundId = input.roundId.toLowerCase();
    const role = actingRole(viewer, REQUEST_PASSERS, [
      ...place,
      ...(request.organisationId ? [`organisation:${request.organisationId}`] : []),
    ]);
    const started = await command<PassedOn>(context, "startPassingOn", role, {}, async (tx) => {
      const before = await locked(tx, request.id);
      // on its way or there already: a try that broke off, or another's; it goes on from where it stands
      if (before.roundId === roundId) return tx.rollback({ ...before, __typename: "ServiceRequest" as const });
      if (before.state === "OPEN" && before.version !== input.expectedVersion) return tx.rollback(versionConflict(before.version));
      if (!mayGo(before.state, "PASSING")) return tx.rollback(stepNotAllowed(before.state));
      if (before.side === "OFFER" && before.organisationId === null)
        throw badInput([{ field: "organisationId", code: "REQUIRED", message: "An offer is carried by an organisation: name it first." }]);
      await tx.manager.update(ServiceRequestEntity, { id: before.id }, { state: "PASSING", roundId });
      return readBack(tx, before.id);
    });
    if (started.__typename !== "ServiceRequest") return started;
    const answer = started.state === "PASSED_ON" ? { entryId: started.entryId! } : await this.enter(started, roundId);
    return "entryId" in answer ? this.arrived(input, started, roundId, answer.entryId, role) : this.refused(started, roundId, answer, role);
  }

  /** Marks it as arrived, under the caller's idempotency key. */
  private arrived(
    input: PassOnServiceRequestInput,
    request: ServiceRequest,
    roundId: string,
    entryId: string,
    role: Role,
  ): Promise<PassedOn> {
    return command<PassedOn>(this.context, "passOnServiceRequest", role, input, async (tx) => {
      const before = await locked(tx, request.id);
      if (before.state === "PASSED_ON" && before.entryId === entryId) return { ...before, __typename: "ServiceRequest" };
      if (!mayGo(before.state, "PASSED_ON")) return tx.rollback(stepNotAllowed(before.state));
      await tx.manager.update(ServiceRequestEntity, { id: request.id }, { state: "PASSED_ON", roundId, entryId });
      const after = await readBack(tx, request.id);
      tx.audit({
        action: "passOn",
        concept: "serviceRequest",
        entityId: request.id,
        before: auditedValues(before),
        after: auditedValues(after),
      });
      return after;
    });
  }

  /** Opens it again: it can go into another round, be changed or be taken back. */
  private async refused(
    request: ServiceRequest,
    roundId: string,
    answer: Exclude<Answer, { entryId: string }>,
    role: Role,
  ): Promise<PassedOn> {
    await command<ServiceRequest>(this.context, "stopPassingOn", role, {}, async (tx) => {
      const before = await locked(tx, request.id);
      if (before.state !== "PASSING" || before.roundId !== roundId) return tx.rollback(before);
      // it stands as it stood: nothing has changed for whoever holds its version
      await tx.rows(REOPENED, [request.id]);
      return readBack(tx, request.id);
    });
    if ("refused" in answer) throw answer.refused;
    return takesNoEntries(answer.closed);
  }

  /** Enters it in matching as the viewer: the round's own rules decide. */
  private async enter(request: ServiceRequest, roundId: string): Promise<Answer> {
    const { context } = this;
    const endpoint = context.peers.matching;
    if (!endpoint) throw new PublicError("PEER_UNAVAILABLE", { peer: "matching" });
    const input = request.side === "WISH" ? needOf(request, roundId) : await this.offerOf(request, roundId);
    const call = { ...context.call, viewer: context.viewer, script: null };
    const { data, errors } = await endpoint.execute({ query: ENTER[request.side], variables: { input } }, call);
    const entry = data?.["entry"] as MatchingAnswer | null | undefined;
    if (entry?.id) return { entryId: entry.id };
    // refused, or there from an earlier try whose answer was lost: then it is this community's, or this organisation's
    const there = await this.entered(request, roundId);
    if (there !== null) return { entryId: there };
    if (entry?.__typename === "RoundClosed") return { closed: entry.state ?? "" };
    const code = errors?.[0]?.extensions?.["code"];
    const final = FINAL.find((known) => known === code);
    if (final) return { refused: new PublicError(final, { ...errors![0]!.extensions, peer: "matching" }) };
    if (entry?.__typename === "AlreadyExists")
      return {
        refused: badInput([{ field: "roundId", code: "KEY_TAKEN", message: "The round has another entry under the request's key." }]),
      };
    throw new PublicError("PEER_UNAVAILABLE", { peer: "matching" });
  }

  private async entered({ id, side, communityId, organisationId }: ServiceRequest, roundId: string): Promise<string | null> {
    const [type, owner] = side === "WISH" ? ["Need", "community"] : ["Offer", "organisation"];
    const entryId = stableId(type!.toLowerCase(), `${roundId}:${entryKey(id)}`);
    const found = await fetchEntities<Record<string, { id: string } | null>>(
      this.context,
      "matching",
      type!,
      "id",
      [entryId],
      `${owner} { id }`,
    );
    // the organisation may have been merged into another since: the entry has the id of then
    const owners = side === "WISH" ? [communityId] : await this.context.organisationMerges.idsOf(organisationId!);
    const entered = found.get(entryId)?.[owner!]?.id;
    return entered !== undefined && owners.includes(entered) ? entryId : null;
  }

  private async offerOf(request: ServiceRequest, roundId: string): Promise<object> {
    const community = await this.context.communities.byId(request.communityId);
    return {
      roundId,
      key: entryKey(request.id),
      organisationId: request.organisationId,
      kinds: ["SERVICE"],
      title: request.title,
      capabilities: request.tags,
      price: request.mode === "MARKET" ? request.price : 0,
      currency: request.currency,
      capacity: request.units,
      coverage: [community!.regionCode],
      availableFrom: request.startsOn,
      availableTo: request.endsOn,
    };
  }
}

const needOf = (request: ServiceRequest, roundId: string): object => ({
  roundId,
  key: entryKey(request.id),
  communityId: request.communityId,
  kind: "SERVICE",
  title: request.title,
  fundKind: "NONE",
  budgetMax: request.mode === "MARKET" ? request.price : 0,
  currency: request.currency,
  startsOn: request.startsOn,
  endsOn: request.endsOn,
  tags: request.tags,
  quantity: request.units,
});
