import { stableId } from "@gongjian/database";
import type { Membership, Role } from "@gongjian/subgraph";

/** A person of the demo, named by their role. */
export interface DemoPerson {
  subject: string;
  membership: Membership;
  /** What the command line needs beside the role. */
  scope: string;
}

const person = (role: Role, scope: string): DemoPerson => ({
  subject: `demo-${role.toLowerCase().replace(/_/gu, "-")}`,
  membership: { role, scope },
  scope,
});

// a community and an organisation of data/demo
const COMMUNITY = `community:${stableId("community", "CN_STATS:510116004004")}`;
const ORGANISATION = `organisation:${stableId("organisation", "demo-huayang-org-01")}`;

/** One for each role that somebody can hold, over places that the demo has. */
export const DEMO_PEOPLE: readonly DemoPerson[] = [
  person("RESIDENT", COMMUNITY),
  person("COMMUNITY_WORKER", COMMUNITY),
  person("ORGANISATION_REP", ORGANISATION),
  person("OFFICER", "region:510116003"),
  person("AUDITOR", "*"),
  person("ADMIN", "*"),
  { ...person("SERVICE", "*"), scope: "events:read-drafts" },
];

/** How to get a token of a person. */
export const commandFor = ({ membership, scope }: DemoPerson): string =>
  `npx gongjian token --role ${membership.role.toLowerCase()}${scope === "*" ? "" : ` --scope ${scope}`}`;
