import type { Page } from "@gongjian/subgraph";
import { Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Context } from "../context";
import { visibleEvent } from "../external/event.lists";
import { Event } from "../external/event.type";
import { Pairing, PairingParty } from "../pairing/pairing.type";
import { PairingExchangesArgs } from "./pairing-exchange.inputs";
import { PairingExchange, PairingExchangeConnection } from "./pairing-exchange.type";

@Resolver(() => Pairing)
export class PairingExchanges {
  @FieldResolver(() => PairingExchangeConnection, { description: "What went to and fro, the latest first." })
  exchanges(
    @Root() { id }: Pairing,
    @Args(() => PairingExchangesArgs) args: PairingExchangesArgs,
    @Ctx() context: Context,
  ): Promise<Page<PairingExchange>> {
    return context.pairingExchanges.ofPairing(id, args);
  }
}

@Resolver(() => Event)
export class EventExchanges {
  @FieldResolver(() => PairingExchangeConnection, {
    nullable: true,
    description: "What went to and fro between parties of pairings at the event, the latest first.",
  })
  exchanges(
    @Root() { id }: Event,
    @Args(() => PairingExchangesArgs) args: PairingExchangesArgs,
    @Ctx() context: Context,
  ): Promise<Page<PairingExchange> | null> {
    return context.pairingExchanges.ofEvent(id, args);
  }
}

@Resolver(() => PairingExchange)
export class PairingExchangeFields {
  @FieldResolver(() => Pairing, { nullable: true, description: "The pairing in whose log it stands." })
  pairing(@Root() { pairingId }: PairingExchange, @Ctx() context: Context): Promise<Pairing | null> {
    return context.pairings.byId(pairingId);
  }

  @FieldResolver(() => PairingExchange, { nullable: true, description: "The entry of the log that it corrects." })
  corrects(@Root() { correctsId }: PairingExchange, @Ctx() context: Context): Promise<PairingExchange | null> | null {
    return correctsId === null ? null : context.pairingExchanges.byId(correctsId);
  }

  @FieldResolver(() => PairingExchange, { nullable: true, description: "The entry that corrects it; null while it counts." })
  correctedBy(@Root() { id }: PairingExchange, @Ctx() context: Context): Promise<PairingExchange | null> {
    return context.pairingExchanges.correctionOf(id);
  }

  @FieldResolver(() => PairingParty, { nullable: true, description: "From which party." })
  from(@Root() { fromId }: PairingExchange, @Ctx() context: Context): Promise<PairingParty | null> {
    return context.pairingExchanges.partyById(fromId);
  }

  @FieldResolver(() => PairingParty, { nullable: true, description: "To which party." })
  to(@Root() { toId }: PairingExchange, @Ctx() context: Context): Promise<PairingParty | null> {
    return context.pairingExchanges.partyById(toId);
  }

  @FieldResolver(() => Event, { nullable: true, description: "The event that it was; null also while you may not see it." })
  event(@Root() { eventId }: PairingExchange, @Ctx() context: Context): Promise<Event | null> | null {
    return eventId === null ? null : context.load(visibleEvent, eventId);
  }
}
