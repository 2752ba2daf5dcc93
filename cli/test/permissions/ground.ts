import { communitiesPermissions } from "@gongjian/communities";
import { stableId } from "@gongjian/database";
import { eventsPermissions } from "@gongjian/events";
import { matchingPermissions } from "@gongjian/matching";
import { columnsOf, type Column, type ConceptPermissions, type Ground } from "@gongjian/subgraph";

const OWNED: Readonly<Record<string, readonly ConceptPermissions[]>> = {
  communities: communitiesPermissions,
  events: eventsPermissions,
  matching: matchingPermissions,
};
export const CONCEPTS: readonly ConceptPermissions[] = Object.values(OWNED).flat();
/** Whether the subgraph owns a concept, so that it can tell what is missing; the others have a stub of it. */
export const owns = (subgraph: string, type: string): boolean => OWNED[subgraph]!.some(({ concept }) => concept === type);
export const conceptOf = (name: string): ConceptPermissions | undefined => CONCEPTS.find(({ concept }) => concept === name);

/** A district with a street below, a city above, a district beside and a zone that manages it. */
export const GROUND: Ground = {
  region: "510116",
  above: "5101",
  below: "510116003",
  beside: "510112",
  zone: "zone-tianfu",
  regionScopeCodes: ["51", "5101", "510116", "zone-tianfu"],
  communityId: stableId("community", "CN_STATS:510116003001"),
  otherCommunityId: stableId("community", "CN_STATS:510112001001"),
  organisationId: stableId("organisation", "own"),
  otherOrganisationId: stableId("organisation", "other"),
};
export const COLUMNS = columnsOf(GROUND);
export const nameOf = ({ role, where }: Column): string => `${role}, ${where}`;

// biome-ignore lint/suspicious/noExplicitAny: answers are looked into freely
export type Data = any;
export const ADMIN: Column = COLUMNS.find(({ role }) => role === "ADMIN")!;
export const PUBLIC: Column = COLUMNS[0]!;
