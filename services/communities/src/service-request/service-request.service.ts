import { stableId, uuidv7 } from "@gongjian/database";
import { ServiceRequestEntity, type ServiceRequestState } from "@gongjian/entities-communities";
import {
  actingRole,
  badInput,
  asGiven,
  bulkUpsert,
  checkText,
  command,
  ensure,
  ensureAmong,
  isUuid,
  notFound,
  organisationScope,
  readPage,
  roleAmong,
  versionConflict,
  type BulkOutcome,
  type IdempotencyConflict,
  type InputProblem,
  type Page,
  type Scopes,
  type VersionConflict,
} from "@gongjian/subgraph";
import { standIn } from "../contact/contact.values";
import type { Context } from "../context";
import { findPlace, type FoundPlace } from "../place/place";
import type {
  DeclineServiceRequestInput,
  ImportServiceRequestsInput,
  RaiseServiceRequestInput,
  ServiceRequestRow,
  ServiceRequestsArgs,
  UpdateServiceRequestInput,
  WithdrawServiceRequestInput,
} from "./service-request.inputs";
import {
  canImportRequests,
  canKeepRequest,
  canRaiseRequest,
  isOwnRequest,
  canReadNote,
  REQUEST_KEEPERS,
  REQUEST_PASSERS,
  REQUEST_RAISERS,
} from "./service-request.policy";
import { readNote } from "./service-request.note";
import { stepNotAllowed, type ServiceRequestStepNotAllowed } from "./service-request.results";
import { checkServiceRequest, mayGo } from "./service-request.rules";
import {
  auditedValues,
  locked,
  LOCKED_BY_KEYS,
  readBack,
  requestById,
  requestList,
  requestsOfCommunity,
  sealedNote,
} from "./service-request.store";
import type { ServiceRequest } from "./service-request.type";

type Changed = ServiceRequest | ServiceRequestStepNotAllowed | VersionConflict | IdempotencyConflict;
type Values = Omit<
  ServiceRequest,
  "id" | "version" | "state" | "reason" | "roundId" | "entryId" | "raisedAt" | "raisedByIssuer" | "raisedBySubject" | "contactNote"
>;

const UNKNOWN = (field: string): InputProblem => ({ field, code: "UNKNOWN_REFERENCE", message: "There is no such record." });

/** Reads requests, takes new ones and changes open ones. `PassingOn` carries them into matching. */
export class ServiceRequestService {
  constructor(private readonly context: Context) {}

  async byId(id: string): Promise<ServiceRequest | null> {
    return isUuid(id) ? this.context.load(requestById, id.toLowerCase()) : null;
  }

  list(args: ServiceRequestsArgs): Promise<Page<ServiceRequest>> {
    return readPage<ServiceRequest>(this.context, requestList(this.context, args), args);
  }

  ofCommunity(id: string, args: ServiceRequestsArgs): Promise<Page<ServiceRequest>> {
    return this.context.load(requestsOfCommunity, { parent: id, args });
  }

  /** The note, read anew: the answer that a replay gets is kept without it. Null for those who only oversee. */
  async note(id: string): Promise<string | null> {
    const { viewer } = this.context;
    const request = await this.byId(id);
    if (!request) return null;
    if (isOwnRequest(viewer, request)) return readNote(this.context, { request, role: null });
    const { scopes } = (await findPlace(this.context, { communityId: request.communityId }))!;
    if (!canReadNote(viewer, scopes, request.organisationId)) return null;
    const all = request.organisationId === null ? scopes : [...scopes, organisationScope(request.organisationId)];
    return readNote(this.context, { request, role: actingRole(viewer, REQUEST_PASSERS, all) });
  }

  /** The request, with the scopes of its community. @throws PublicError NOT_FOUND when there is none that the viewer may see */
  async found(id: string): Promise<{ request: ServiceRequest; place: Scopes }> {
    const request = await this.byId(id);
    if (!request) throw notFound("ServiceRequest");
    const place = await findPlace(this.context, { communityId: request.communityId });
    return { request, place: place?.scopes ?? [] };
  }

  /** @throws PublicError UNAUTHENTICATED, FORBIDDEN, BAD_USER_INPUT */
  async raise(input: RaiseServiceRequestInput): Promise<ServiceRequest | IdempotencyConflict> {
    const { context } = this;
    const { viewer } = context;
    ensure(viewer, viewer.subject !== "anonymous");
    const place = await findPlace(context, { communityId: input.communityId });
    if (!place) throw badInput([UNKNOWN("communityId"), ...checkServiceRequest(input)]);
    ensure(viewer, canRaiseRequest(viewer, place.scopes, input.side === "OFFER" ? input.organisationId : null));
    const problems = [...checkServiceRequest(input), ...(await this.unknownOrganisations([input]))(input)];
    if (problems.length > 0) throw badInput(problems);
    const id = uuidv7();
    const role = actingRole(viewer, REQUEST_RAISERS, [
      ...place.scopes,
      ...(input.organisationId ? [`organisation:${input.organisationId}`] : []),
    ]);
    return command(context, "raiseServiceRequest", role, this.remembered(input), async (tx) => {
      await tx.manager.insert(ServiceRequestEntity, {
        id,
        ...valuesOf(input, null),
        ...sealedNote(context.database.keys, id, input.contactNote?.trim() || null),
        raisedByIssuer: viewer.issuer ?? null,
        raisedBySubject: viewer.subject,
      });
      const raised = await readBack(tx, id);
      tx.audit({ action: "raise", concept: "serviceRequest", entityId: id, before: null, after: auditedValues(raised) });
      return raised;
    });
  }

  /** Whoever raised it and the community's keepers change what is open. */
  async update(input: UpdateServiceRequestInput): Promise<Changed> {
    const { keys } = this.context.database;
    const { request } = await this.found(input.id);
    const unknown = (await this.unknownOrganisations([input]))(input);
    if (unknown.length > 0) throw badInput(unknown);
    return this.change("update", input, "OPEN", (before) => {
      const after = valuesOf({ ...input, side: before.side, communityId: before.communityId }, before);
      const problems = checkServiceRequest({ ...after, contactNote: input.contactNote ?? null });
      if (problems.length > 0) throw badInput(problems);
      return { ...after, ...(input.contactNote === undefined ? {} : sealedNote(keys, request.id, input.contactNote?.trim() || null)) };
    });
  }

  withdraw(input: WithdrawServiceRequestInput): Promise<Changed> {
    return this.change("withdraw", input, "WITHDRAWN", () => ({}));
  }

  async decline(input: DeclineServiceRequestInput): Promise<Changed> {
    const problems = checkText("reason", input.reason, { least: 1, most: 500 });
    if (problems.length > 0) throw badInput(problems);
    return this.change("decline", input, "DECLINED", () => ({ reason: input.reason.trim() }));
  }

  /** @throws PublicError FORBIDDEN */
  async import(input: ImportServiceRequestsInput): Promise<BulkOutcome | IdempotencyConflict> {
    const { context } = this;
    const { viewer } = context;
    ensureAmong(viewer, REQUEST_KEEPERS);
    const unknown = await this.unknownOrganisations(input.rows);
    const places = new Map<string, FoundPlace | null>();
    await Promise.all(
      [...new Set(input.rows.map(({ communityId }) => communityId))].map(async (communityId) =>
        places.set(communityId, await findPlace(context, { communityId })),
      ),
    );
    return bulkUpsert<ServiceRequestRow, Values, ServiceRequest>(context, input, {
      operation: "importServiceRequests",
      concept: "serviceRequest",
      role: roleAmong(viewer, REQUEST_KEEPERS),
      rows: input.rows,
      keyOf: ({ key }) => key,
      check: (row) => [
        ...checkText("key", row.key, { least: 1, most: 100 }),
        ...(places.get(row.communityId) ? [] : [UNKNOWN("communityId")]),
        ...checkServiceRequest(row),
        ...unknown(asGiven(row)),
      ],
      existing: async (tx, keys) => new Map((await tx.rows<ServiceRequest>(LOCKED_BY_KEYS, [keys])).map((stored) => [stored.key!, stored])),
      idOf: ({ id }) => id,
      newId: ({ key }) => stableId("service-request", key),
      toValues: (row, stored) => valuesOf(row, stored),
      storedValues: (stored) => valuesOf(stored, stored),
      permit: (row) => canImportRequests(viewer, places.get(row.communityId)?.scopes ?? []),
      frozen: (row, stored) => [
        ...(stored && stored.state !== "OPEN" ? [{ field: "key", code: "NOT_OPEN", message: "The request is not open any more." }] : []),
        ...(stored && (stored.side !== row.side || stored.communityId !== row.communityId.toLowerCase())
          ? [{ field: "side", code: "NOT_ALLOWED", message: "A request stays a wish or an offer in its community." }]
          : []),
      ],
      write: async (tx, records) => {
        const created = records.filter(({ existing }) => existing === null).map(({ id, values }) => ({ ...values, id }));
        if (created.length > 0) await tx.manager.insert(ServiceRequestEntity, created);
        for (const { id, values, existing } of records)
          if (existing !== null) await tx.manager.update(ServiceRequestEntity, { id }, values);
      },
    });
  }

  private async change(
    verb: "update" | "withdraw" | "decline",
    input: WithdrawServiceRequestInput,
    to: ServiceRequestState,
    changes: (before: ServiceRequest) => Partial<ServiceRequestEntity>,
  ): Promise<Changed> {
    const { context } = this;
    const { viewer } = context;
    const { request, place } = await this.found(input.id);
    const keeps = canKeepRequest(viewer, place);
    ensure(viewer, keeps || (verb !== "decline" && isOwnRequest(viewer, request)));
    const role = keeps ? actingRole(viewer, REQUEST_KEEPERS, place) : actingRole(viewer, ["RESIDENT", "ORGANISATION_REP"], place);
    return command<Changed>(context, `${verb}ServiceRequest`, role, this.remembered(input), async (tx) => {
      const before = await locked(tx, request.id);
      if (before.version !== input.expectedVersion) return tx.rollback(versionConflict(before.version));
      if (verb === "update" ? before.state !== "OPEN" : !mayGo(before.state, to)) return tx.rollback(stepNotAllowed(before.state));
      await tx.manager.update(ServiceRequestEntity, { id: before.id }, { ...changes(before), state: to });
      const after = await readBack(tx, before.id);
      tx.audit({
        action: verb,
        concept: "serviceRequest",
        entityId: before.id,
        before: auditedValues(before),
        after: auditedValues(after),
      });
      return after;
    });
  }

  /** The input as its hash is kept for replays: a plain hash of a short note could be guessed. */
  private remembered<Input extends object>(input: Input): Input {
    const { contactNote } = input as { contactNote?: string | null };
    return typeof contactNote === "string" ? { ...input, contactNote: standIn(this.context.database.keys, contactNote) } : input;
  }

  private async unknownOrganisations(given: readonly { organisationId?: string | null }[]) {
    const ids = [...new Set(given.flatMap(({ organisationId }) => organisationId ?? []))];
    const found = new Map(await Promise.all(ids.map(async (id) => [id, await this.context.organisations.byId(id)] as const)));
    return ({ organisationId }: { organisationId?: string | null }): InputProblem[] =>
      organisationId && !found.get(organisationId) ? [UNKNOWN("organisationId")] : [];
  }
}

type Content = Omit<ServiceRequestRow, "communityId" | "side">;
type Given = { [Field in keyof Content]?: Content[Field] | null } & Pick<ServiceRequestRow, "communityId" | "side">;

/** What a request says of itself: what is given, over what stands already. */
function valuesOf(given: Given, before: ServiceRequest | null): Values {
  const or = <T>(value: T | null | undefined, stands: T | undefined, standard: T): T =>
    value === undefined ? (stands ?? standard) : (value ?? standard);
  return {
    key: given.key ?? before?.key ?? null,
    side: given.side,
    communityId: given.communityId.toLowerCase(),
    organisationId: or<string | null>(given.organisationId, before?.organisationId, null)?.toLowerCase() ?? null,
    topic: (given.topic ?? before?.topic)!,
    title: (given.title ?? before?.title ?? "").trim(),
    mode: or(given.mode, before?.mode, "PUBLIC_BENEFIT"),
    price: or<number | null>(given.price, before?.price, null),
    currency: or(given.currency, before?.currency, "CNY"),
    units: or(given.units, before?.units, 1),
    startsOn: or<string | null>(given.startsOn, before?.startsOn, null),
    endsOn: or<string | null>(given.endsOn, before?.endsOn, null),
    tags: or(given.tags, before?.tags, []).map((tag) => tag.trim()),
    illustrative: or(given.illustrative, before?.illustrative, false),
    source: or<string | null>(given.source, before?.source, null),
  };
}
