import type { InputProblem } from "@gongjian/subgraph";
import { MOST_PARTIES, REPEATED, repeatedParties, TOO_MANY, type PlaceRow } from "../places";

/** What is wrong with an event's whole list of organisers. */
export function checkOrganisers(organisers: readonly PlaceRow[]): InputProblem[] {
  if (organisers.length > MOST_PARTIES) return [TOO_MANY("organisers")];
  const repeated = repeatedParties(organisers, () => "");
  return organisers.flatMap((organiser, index) => (repeated.has(organiser) ? [REPEATED(`organisers.${index}.partyId`)] : []));
}
