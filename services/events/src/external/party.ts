import { enumType, missingEntities, type InputProblem, type SubgraphContext } from "@gongjian/subgraph";
import { createUnionType } from "type-graphql";
import { Community } from "./community.type";
import { Organisation } from "./organisation.type";

export type PartyKind = "COMMUNITY" | "ORGANISATION";
export const PartyKindEnum = enumType<PartyKind>("PartyKind", "Whether a party is a community or an organisation.", {
  COMMUNITY: "A community.",
  ORGANISATION: "An organisation.",
});

export const Party = createUnionType({
  name: "Party",
  description: "Who holds an event or takes part in it: a community or an organisation.",
  types: () => [Community, Organisation] as const,
});

/** A party as a row holds it: one of the two ids, never both. */
export interface PartyColumns {
  communityId: string | null;
  organisationId: string | null;
}

/** A party as an input names it. */
export interface PartyReference {
  partyKind: PartyKind;
  partyId: string;
}

export const partyOf = ({ communityId, organisationId }: PartyColumns): Community | Organisation | null =>
  communityId !== null
    ? { __typename: "Community", id: communityId }
    : organisationId !== null
      ? { __typename: "Organisation", id: organisationId }
      : null;

export const partyColumns = ({ partyKind, partyId }: PartyReference): PartyColumns => ({
  communityId: partyKind === "COMMUNITY" ? partyId.toLowerCase() : null,
  organisationId: partyKind === "ORGANISATION" ? partyId.toLowerCase() : null,
});

export const partyKey = (party: PartyReference): string => `${party.partyKind}:${party.partyId.toLowerCase()}`;

/** Asks communities which of the parties exist, and answers with what is wrong with each. @throws PublicError PEER_UNAVAILABLE */
export async function unknownParties(
  context: SubgraphContext,
  parties: readonly PartyReference[],
): Promise<(party: PartyReference, field: string) => InputProblem[]> {
  const ids = (kind: PartyKind) => new Set(parties.filter((party) => party.partyKind === kind).map((party) => party.partyId));
  const [communities, organisations] = await Promise.all([
    missingEntities(context, "communities", "Community", ids("COMMUNITY")),
    missingEntities(context, "communities", "Organisation", ids("ORGANISATION")),
  ]);
  return ({ partyKind, partyId }, field) => {
    const missing = partyKind === "COMMUNITY" ? communities : organisations;
    const concept = partyKind === "COMMUNITY" ? "community" : "organisation";
    return missing.has(partyId) ? [{ field, code: "UNKNOWN_REFERENCE", message: `There is no such ${concept}.` }] : [];
  };
}
