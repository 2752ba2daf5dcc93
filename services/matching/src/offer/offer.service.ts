import { constraintOf, stableId, statement, uuidv7, type CommandTransaction } from "@gongjian/database";
import { OfferEntity, type RoundState } from "@gongjian/entities-matching";
import {
  actingRole,
  alreadyExists,
  badInput,
  bulkUpsert,
  command,
  ensure,
  isUuid,
  missingEntities,
  notFound,
  versionConflict,
  type AlreadyExists,
  type BulkOutcome,
  type IdempotencyConflict,
  type Page,
  type Scopes,
  type VersionConflict,
} from "@gongjian/subgraph";
import type { Context } from "../context";
import { mayImport, roleAmong } from "../roles";
import { EntryList } from "../round/entry-list";
import { lockRounds, reviseRounds } from "../round/round.locks";
import { coverageProblems } from "./offer.coverage";
import { ENTRY_STATES } from "../round/round.rules";
import { roundClosed, type RoundClosed } from "../round/round.results";
import type {
  CreateOfferInput,
  ImportOffersInput,
  OfferContent,
  OfferRow,
  OffersArgs,
  UpdateOfferInput,
  WithdrawOfferInput,
} from "./offer.inputs";
import { OFFER_COLUMNS, offerById, offerList, offersOfOrganisation, offersOfRound } from "./offer.lists";
import { withGivenKeys } from "../text";
import { canWriteOffer, OFFER_WRITERS, scopesOfOffer } from "./offer.policy";
import { checkOffer } from "./offer.rules";
import type { Offer } from "./offer.type";

type StoredOffer = Offer & { roundState: RoundState; regionScopeCodes: string[] };

const STORED = `SELECT ${OFFER_COLUMNS}, r.state AS "roundState", r.region_scope_codes AS "regionScopeCodes" FROM offer o JOIN round r ON r.id = o.round_id`;
const STORED_BY_ID = statement("offer_stored", `${STORED} WHERE o.id = $1`);
const LOCKED = statement("offer_locked", `${STORED} WHERE o.id = $1 FOR UPDATE OF o`);
const LOCKED_BY_KEYS = statement(
  "offer_locked_by_keys",
  `${STORED} JOIN unnest($1::uuid[], $2::text[]) AS k(round_id, key) ON o.round_id = k.round_id AND o.key = k.key ORDER BY o.id FOR UPDATE OF o`,
);
const LIVE_UNITS = statement(
  "offer_live_units",
  `SELECT COALESCE(sum(units), 0)::integer AS units FROM match WHERE offer_id = $1 AND state NOT IN ('SUGGESTED', 'DECLINED')`,
);

type Values = Omit<Offer, "id" | "version">;
const valuesOf = (offer: Offer): Values => {
  const { id: _id, version: _version, ...values } = offer;
  for (const extra of ["roundState", "regionScopeCodes", "__typename"]) delete (values as Record<string, unknown>)[extra];
  return values;
};

const trimmed = (texts: readonly string[] | null | undefined): string[] => [...new Set((texts ?? []).map((text) => text.trim()))];

/** What an input says, over what stands already. */
function merged(
  content: OfferContent | OfferRow,
  before: Values | null,
  identity: Pick<Values, "key" | "roundId" | "organisationId" | "illustrative" | "source">,
): Values {
  const keep = <K extends keyof Values>(field: K, given: Values[K] | null | undefined, standard: Values[K]): Values[K] =>
    given === undefined ? (before?.[field] ?? standard) : (given ?? standard);
  const list = (field: "capabilities" | "coverage" | "qualifications" | "cases"): string[] =>
    content[field] === undefined && before ? before[field] : trimmed(content[field]);
  return {
    ...identity,
    kinds: [...new Set(content.kinds ?? before?.kinds ?? [])],
    title: (content.title ?? before?.title ?? "").trim(),
    description: keep("description", content.description, null),
    capabilities: list("capabilities"),
    price: keep("price", content.price, null),
    currency: keep("currency", content.currency, "CNY"),
    capacity: keep("capacity", content.capacity, 1),
    coverage: list("coverage"),
    availableFrom: keep("availableFrom", content.availableFrom, null),
    availableTo: keep("availableTo", content.availableTo, null),
    qualifications: list("qualifications"),
    cases: list("cases"),
    state: before?.state ?? "OPEN",
  };
}

/** Reads and writes offers. */
export class OfferService {
  constructor(private readonly context: Context) {}

  async byId(id: string): Promise<Offer | null> {
    return isUuid(id) ? this.context.load(offerById, id.toLowerCase()) : null;
  }

  list(args: OffersArgs): Promise<Page<Offer>> {
    return offerList(this.context, args);
  }

  ofRound(roundId: string, args: OffersArgs): Promise<Page<Offer>> {
    return this.context.load(offersOfRound, { parent: roundId, args });
  }

  async ofOrganisation(organisationId: string, args: OffersArgs): Promise<Page<Offer> | null> {
    return isUuid(organisationId) ? this.context.load(offersOfOrganisation, { parent: organisationId.toLowerCase(), args }) : null;
  }

  async create(input: CreateOfferInput): Promise<Offer | RoundClosed | AlreadyExists | IdempotencyConflict> {
    const { context } = this;
    const round = await context.rounds.byId(input.roundId);
    if (!round) throw notFound("Round");
    const scopes = scopesOfOffer(input.organisationId, round);
    ensure(context.viewer, canWriteOffer(context.viewer, scopes));
    const problems = checkOffer(input);
    if ((await missingEntities(context, "communities", "Organisation", [input.organisationId])).size > 0) {
      problems.push({ field: "organisationId", code: "UNKNOWN_REFERENCE", message: "There is no such organisation." });
    }
    problems.push(...(await coverageProblems(context, [input.coverage]))(input.coverage));
    if (problems.length > 0) throw badInput(problems);
    const id = input.key ? stableId("offer", `${round.id}:${input.key}`) : uuidv7();
    const values = merged(input, null, {
      key: input.key ?? null,
      roundId: round.id,
      organisationId: input.organisationId.toLowerCase(),
      illustrative: false,
      source: null,
    });
    try {
      return await command<Offer | RoundClosed>(
        context,
        "createOffer",
        actingRole(context.viewer, OFFER_WRITERS, scopes),
        input,
        async (tx) => {
          const state = (await lockRounds(tx, [round.id])).get(round.id)!;
          if (!ENTRY_STATES.includes(state)) return tx.rollback(roundClosed(state, ENTRY_STATES));
          await tx.manager.insert(OfferEntity, { id, ...values });
          await reviseRounds(tx, [round.id]);
          tx.audit({ action: "create", concept: "offer", entityId: id, before: null, after: values });
          return readBack(tx, id);
        },
      );
    } catch (error) {
      if (constraintOf(error)?.code === "23505") return alreadyExists("key");
      throw error;
    }
  }

  update(input: UpdateOfferInput): Promise<Offer | RoundClosed | VersionConflict | IdempotencyConflict> {
    return this.change("updateOffer", input, (before) => merged(input, before, before));
  }

  withdraw(input: WithdrawOfferInput): Promise<Offer | RoundClosed | VersionConflict | IdempotencyConflict> {
    return this.change("withdrawOffer", input, (before) => ({ ...before, state: "WITHDRAWN" }));
  }

  async import(input: ImportOffersInput): Promise<BulkOutcome | IdempotencyConflict> {
    const { context } = this;
    ensure(context.viewer, mayImport(context.viewer, OFFER_WRITERS));
    const list = await EntryList.of(context, input.rows);
    const missing = await missingEntities(context, "communities", "Organisation", new Set(input.rows.map((row) => row.organisationId)));
    const coverage = await coverageProblems(
      context,
      input.rows.map((row) => row.coverage),
    );
    const scopesOf = (row: OfferRow): Scopes => scopesOfOffer(row.organisationId, list.round(row) ?? { regionScopeCodes: [] });
    const outcome = await bulkUpsert<OfferRow, Values, StoredOffer>(context, input, {
      operation: "importOffers",
      concept: "offer",
      role: roleAmong(context.viewer, OFFER_WRITERS),
      rows: input.rows,
      keyOf: (row) => list.keyOf(row),
      check: (row) => {
        const problems = [...checkOffer(row), ...list.problems(row), ...coverage(row.coverage)];
        if (missing.has(row.organisationId))
          problems.push({ field: "organisationId", code: "UNKNOWN_REFERENCE", message: "There is no such organisation." });
        return problems;
      },
      existing: async (tx, keys) => {
        const rows = await tx.rows<StoredOffer>(LOCKED_BY_KEYS, await list.lock(tx, keys));
        return new Map(rows.map((row) => [`${row.roundId}:${row.key}`, row]));
      },
      idOf: (stored) => stored.id,
      newId: (row) => stableId("offer", list.keyOf(row)),
      toValues: (row, stored) =>
        merged(row, stored && valuesOf(stored), {
          key: row.key,
          roundId: list.round(row)!.id,
          organisationId: row.organisationId.toLowerCase(),
          illustrative: row.illustrative ?? stored?.illustrative ?? false,
          source: row.source ?? stored?.source ?? null,
        }),
      storedValues: valuesOf,
      frozen: (row) => list.frozen(row),
      permit: (row, stored) =>
        canWriteOffer(context.viewer, scopesOf(row)) &&
        (stored === null || canWriteOffer(context.viewer, scopesOfOffer(stored.organisationId, stored))),
      write: async (tx, records) => {
        const created = records.filter(({ existing }) => existing === null).map(({ id, values }) => ({ id, ...values }));
        if (created.length > 0) await tx.manager.insert(OfferEntity, created);
        for (const { id, values, existing } of records) if (existing !== null) await tx.manager.update(OfferEntity, { id }, values);
        await reviseRounds(
          tx,
          records.map((record) => record.values.roundId),
        );
      },
    });
    return withGivenKeys(outcome, input.rows);
  }

  private async change<I extends UpdateOfferInput | WithdrawOfferInput>(
    operation: string,
    input: I,
    to: (before: Values) => Values,
  ): Promise<Offer | RoundClosed | VersionConflict | IdempotencyConflict> {
    const { context } = this;
    const [offer] = isUuid(input.id) ? await context.rows<StoredOffer>(STORED_BY_ID, [input.id]) : [];
    const scopes = offer ? scopesOfOffer(offer.organisationId, offer) : [];
    if (!offer || (!canWriteOffer(context.viewer, scopes) && (await this.byId(input.id)) === null)) throw notFound("Offer");
    ensure(context.viewer, canWriteOffer(context.viewer, scopes));
    return command<Offer | RoundClosed | VersionConflict>(
      context,
      operation,
      actingRole(context.viewer, OFFER_WRITERS, scopes),
      input,
      async (tx) => {
        const state = (await lockRounds(tx, [offer.roundId])).get(offer.roundId)!;
        const [stored] = await tx.rows<StoredOffer>(LOCKED, [offer.id]);
        if (stored!.version !== input.expectedVersion) return tx.rollback(versionConflict(stored!.version));
        if (!ENTRY_STATES.includes(state)) return tx.rollback(roundClosed(state, ENTRY_STATES));
        const before = valuesOf(stored!);
        const after = to(before);
        const problems = checkOffer(after);
        const [{ units }] = (await tx.rows<{ units: number }>(LIVE_UNITS, [offer.id])) as [{ units: number }];
        if (after.capacity < units || (after.state === "WITHDRAWN" && units > 0)) {
          problems.push({
            field: "capacity",
            code: "UNITS_PROMISED",
            message: `${units} units are promised in matches that are under way.`,
          });
        }
        if (problems.length > 0) throw badInput(problems);
        await tx.manager.update(OfferEntity, { id: offer.id }, after);
        await reviseRounds(tx, [offer.roundId]);
        tx.audit({ action: after.state === "WITHDRAWN" ? "withdraw" : "update", concept: "offer", entityId: offer.id, before, after });
        return readBack(tx, offer.id);
      },
    );
  }
}

async function readBack(tx: CommandTransaction, id: string): Promise<Offer> {
  const [row] = await tx.rows<StoredOffer>(STORED_BY_ID, [id]);
  return { __typename: "Offer", id, version: row!.version, ...valuesOf(row!) } as unknown as Offer;
}
