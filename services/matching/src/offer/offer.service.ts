import { OfferEntity } from "@gongjian/entities-matching";
import { isUuid, type BulkOutcome, type IdempotencyConflict, type Page, parentOf, type NamedOrganisation } from "@gongjian/subgraph";
import type { Context } from "../context";
import { keeping, type EntryChanged, type EntryCreated, type EntryValues } from "../round/entry-kind";
import { EntryWriter } from "../round/entry-writer";
import { trimmed } from "../text";
import { coverageProblems } from "./offer.coverage";
import type { CreateOfferInput, ImportOffersInput, OfferContent, OffersArgs, UpdateOfferInput, WithdrawOfferInput } from "./offer.inputs";
import { OFFER_COLUMNS, offerById, offerList, offersOfOrganisation, offersOfRound } from "./offer.lists";
import { canWriteOffer, OFFER_WRITERS, scopesOfOffer } from "./offer.policy";
import { checkOffer } from "./offer.rules";
import type { Offer } from "./offer.type";

/** What an offer says of itself. */
type Content = Omit<Offer, "id" | "version" | keyof EntryValues<"organisationId", unknown>>;

function merged(given: OfferContent, before: Content | null): Content {
  const keep = keeping<Content>(given, before);
  return {
    kinds: [...new Set(given.kinds ?? before?.kinds ?? [])],
    title: (given.title ?? before?.title ?? "").trim(),
    description: keep("description", null),
    capabilities: trimmed(keep("capabilities", [])),
    price: keep("price", null),
    currency: keep("currency", "CNY"),
    capacity: keep("capacity", 1),
    coverage: trimmed(keep("coverage", [])),
    availableFrom: keep("availableFrom", null),
    availableTo: keep("availableTo", null),
    qualifications: trimmed(keep("qualifications", [])),
    cases: trimmed(keep("cases", [])),
  };
}

const writer = new EntryWriter({
  type: "Offer",
  entity: OfferEntity,
  columns: OFFER_COLUMNS,
  alias: "o",
  owner: { field: "organisationId", type: "Organisation" },
  units: "capacity",
  writers: OFFER_WRITERS,
  mayWrite: canWriteOffer,
  scopesOf: scopesOfOffer,
  check: checkOffer,
  unknown: coverageProblems,
  merged,
  seen: (context, id) => context.load(offerById, id),
});

/** Reads and writes offers. */
export class OfferService {
  constructor(private readonly context: Context) {}

  async byId(id: string): Promise<Offer | null> {
    return isUuid(id) ? this.context.load(offerById, id.toLowerCase()) : null;
  }

  async list(args: OffersArgs): Promise<Page<Offer>> {
    await this.context.sameOrganisations.learn(args.filter?.organisationId);
    return offerList(this.context, args);
  }

  async ofRound(roundId: string, args: OffersArgs): Promise<Page<Offer>> {
    await this.context.sameOrganisations.learn(args.filter?.organisationId);
    return this.context.load(offersOfRound, { parent: roundId, args });
  }

  async ofOrganisation(organisation: NamedOrganisation, args: OffersArgs): Promise<Page<Offer> | null> {
    await this.context.sameOrganisations.learn(args.filter?.organisationId);
    const parent = parentOf(organisation);
    return parent === null ? null : this.context.load(offersOfOrganisation, { parent, args });
  }

  create(input: CreateOfferInput): Promise<EntryCreated<Offer>> {
    return writer.create(this.context, input);
  }

  update(input: UpdateOfferInput): Promise<EntryChanged<Offer>> {
    return writer.update(this.context, input);
  }

  withdraw(input: WithdrawOfferInput): Promise<EntryChanged<Offer>> {
    return writer.withdraw(this.context, input);
  }

  import(input: ImportOffersInput): Promise<BulkOutcome | IdempotencyConflict> {
    return writer.import(this.context, input);
  }
}
