import { AssumedSize, type Page } from "@gongjian/subgraph";
import { Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { Community } from "../community/community.type";
import type { Context } from "../context";
import { visibleEvent } from "../external/event.lists";
import { Event } from "../external/event.type";
import { Organisation } from "../organisation/organisation.type";
import { PairingsArgs } from "./pairing.inputs";
import type { Member } from "./pairing.store";
import { OwedVisit, Pairing, PairingConnection, PairingMember, PairingParty } from "./pairing.type";

/** The community or organisation that a party is, through the loaders. */
async function memberOf(context: Context, { communityId, organisationId }: Member): Promise<typeof PairingMember | null> {
  const record = communityId === null ? await context.organisations.byId(organisationId!) : await context.communities.byId(communityId);
  return record && ({ ...record, __typename: communityId === null ? "Organisation" : "Community" } as unknown as typeof PairingMember);
}

@Resolver(() => Pairing)
export class PairingFields {
  @AssumedSize(5)
  @FieldResolver(() => [PairingParty], { description: "Its parties, by side. At most 100." })
  parties(@Root() { id }: Pairing, @Ctx() context: Context): Promise<PairingParty[]> {
    return context.pairings.partiesOf(id);
  }

  @FieldResolver(() => Event, { nullable: true, description: "The event at which it was signed; null also while you may not see it." })
  signedAt(@Root() { eventId }: Pairing, @Ctx() context: Context): Promise<Event | null> | null {
    return eventId === null ? null : context.load(visibleEvent, eventId);
  }

  @FieldResolver(() => Pairing, { nullable: true, description: "The pairing that it carries on; null also while you may not see it." })
  renews(@Root() { renewsId }: Pairing, @Ctx() context: Context): Promise<Pairing | null> | null {
    return renewsId === null ? null : context.pairings.byId(renewsId);
  }

  @FieldResolver(() => Pairing, {
    nullable: true,
    description: "The pairing that carries it on, proposed or signed; null also while you may not see it.",
  })
  renewedBy(@Root() { id }: Pairing, @Ctx() context: Context): Promise<Pairing | null> {
    return context.pairings.renewalOf(id);
  }

  @AssumedSize(5)
  @FieldResolver(() => [OwedVisit], {
    description:
      "Who owes whom a return visit, pair of parties by pair, the longest waiting first, counting the visits under what it renews too. " +
      "None when it was renewed: they go on in `renewedBy`.",
  })
  owedVisits(@Root() { id }: Pairing, @Ctx() context: Context): Promise<OwedVisit[]> {
    return context.pairings.owedIn(id);
  }
}

@Resolver(() => PairingParty)
export class PairingPartyFields {
  @FieldResolver(() => PairingMember, { nullable: true, description: "Who it is." })
  member(@Root() party: PairingParty, @Ctx() context: Context): Promise<typeof PairingMember | null> {
    return memberOf(context, party);
  }
}

@Resolver(() => OwedVisit)
export class OwedVisitFields {
  @FieldResolver(() => Pairing, { nullable: true, description: "In which pairing." })
  pairing(@Root() { pairingId }: OwedVisit, @Ctx() context: Context): Promise<Pairing | null> {
    return context.pairings.byId(pairingId);
  }

  @FieldResolver(() => PairingParty, { nullable: true, description: "Who came." })
  visitor(@Root() { visitorId }: OwedVisit, @Ctx() context: Context): Promise<PairingParty | null> {
    return context.pairingExchanges.partyById(visitorId);
  }

  @FieldResolver(() => PairingParty, { nullable: true, description: "Who was visited, and owes the return." })
  host(@Root() { hostId }: OwedVisit, @Ctx() context: Context): Promise<PairingParty | null> {
    return context.pairingExchanges.partyById(hostId);
  }
}

const LISTED = "as far as you may see";

@Resolver(() => Community)
export class CommunityPairings {
  @FieldResolver(() => PairingConnection, { description: `The pairings that the community is party to, ${LISTED}.` })
  pairings(@Root() { id }: Community, @Args(() => PairingsArgs) args: PairingsArgs, @Ctx() context: Context): Promise<Page<Pairing>> {
    return context.pairings.ofCommunity(id, args);
  }
}

@Resolver(() => Organisation)
export class OrganisationPairings {
  @FieldResolver(() => PairingConnection, { description: `The pairings that the organisation is party to, ${LISTED}.` })
  pairings(@Root() { id }: Organisation, @Args(() => PairingsArgs) args: PairingsArgs, @Ctx() context: Context): Promise<Page<Pairing>> {
    return context.pairings.ofOrganisation(id, args);
  }
}

@Resolver(() => Event)
export class EventPairings {
  @FieldResolver(() => PairingConnection, { nullable: true, description: `The pairings signed at the event, ${LISTED}.` })
  pairings(@Root() { id }: Event, @Args(() => PairingsArgs) args: PairingsArgs, @Ctx() context: Context): Promise<Page<Pairing> | null> {
    return context.pairings.ofEvent(id, args);
  }
}
