import { communitiesPermissions, communitiesSchema } from "@gongjian/communities";
import { eventsPermissions, eventsSchema } from "@gongjian/events";
import { matchingPermissions, matchingSchema } from "@gongjian/matching";
import {
  columnsOf,
  declaredAccess,
  hiddenRule,
  missingPermissions,
  rulesOf,
  SHOWN,
  type ConceptPermissions,
  type Ground,
  type Rule,
  type Verdict,
} from "@gongjian/subgraph";
import { getNamedType, isObjectType, isUnionType, type GraphQLNamedType, type GraphQLSchema } from "graphql";

export const PERMISSIONS: Readonly<Record<string, readonly ConceptPermissions[]>> = {
  communities: communitiesPermissions,
  events: eventsPermissions,
  matching: matchingPermissions,
};

/** A piece of the tree with a zone beside it; the table says the same of every other place. */
const EXAMPLE: Ground = {
  region: "510116",
  above: "5101",
  below: "510116003",
  beside: "510112",
  zone: "zone",
  regionScopeCodes: ["51", "5101", "510116", "zone"],
  communityId: "11111111-1111-4111-8111-111111111111",
  otherCommunityId: "22222222-2222-4222-8222-222222222222",
  organisationId: "33333333-3333-4333-8333-333333333333",
  otherOrganisationId: "44444444-4444-4444-8444-444444444444",
};

const SIGNS: Record<Verdict, string> = { ALLOW: "✓", DENY: "–", PUBLISHED: "published", OWN: "own" };
const COLUMNS = columnsOf(EXAMPLE);

const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
const row = (what: string, rule: Rule): string =>
  line([
    rule.when === undefined ? what : `${what}, ${rule.when}`,
    `\`${rule.policy}\``,
    ...COLUMNS.map(({ viewer }) => SIGNS[rule.verdict(viewer, EXAMPLE)]),
  ]);

const holdsConcept = (type: GraphQLNamedType, concept: string): boolean =>
  [concept, `${concept}Connection`].includes(type.name) || (isUnionType(type) && type.getTypes().some(({ name }) => name === concept));

/** The fields by which a reader comes from other records to a concept's. */
export const pathsTo = (schema: GraphQLSchema, concept: string): string[] =>
  Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .filter(({ name }) => !name.startsWith("_") && !/(?:Connection|Edge)$/u.test(name) && !["Query", "Mutation"].includes(name))
    .flatMap((type) =>
      Object.values(type.getFields())
        .filter((field) => holdsConcept(getNamedType(field.type), concept))
        .map((field) => `${type.name}.${field.name}`),
    )
    .sort();

const quoted = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(", ");

function section(concept: ConceptPermissions, api: GraphQLSchema): string {
  const { hidden, published = true, operations, fields = {} } = concept;
  const shown = Object.keys(operations).filter((name) => operations[name] === SHOWN);
  const others = [...Object.entries(operations), ...Object.entries(fields)].filter(([, entry]) => entry !== SHOWN);
  const reading: Rule[] = Object.entries(hidden).map(([when, rule]) => hiddenRule(when, rule));
  const rows = [
    ...(published ? [row("read", { policy: "public", ...(reading.length > 0 && { when: "otherwise" }), verdict: () => "ALLOW" })] : []),
    ...reading.map((rule) => row("read", rule)),
    ...others.flatMap(([name, entry]) => rulesOf(concept, entry).map((rule) => row(`\`${name}\``, rule))),
  ];
  const paths = pathsTo(api, concept.concept);
  const notes = [
    shown.length > 0 ? `Read by ${quoted(shown)}.` : "",
    paths.length > 0 ? `Shown, by the same policy, in ${quoted(paths)}.` : "",
    concept.parts ? `As visible as the record that holds them: ${quoted(concept.parts)}.` : "",
  ].filter(Boolean);
  const head = [
    line(["what", "policy", ...COLUMNS.map(({ role, where }) => `${role}<br>${where}`)]),
    line(["---", "---", ...COLUMNS.map(() => ":-:")]),
  ];
  return [`### ${concept.concept}`, ...(notes.length > 0 ? [notes.join(" ")] : []), [...head, ...rows].join("\n")].join("\n\n");
}

const INTRODUCTION = `# Who may do what

This page is written by \`npm run permissions\` from the policy functions themselves; \`npm run check\` fails when it differs, and when a root
field, a mutation, an entity or a readable type has no policy.[^written] Every cell is tried through the gateway, over a real database.[^cells]

| sign | what it says |
| --- | --- |
| ✓ | allowed[^cells] |
| – | refused: a record that is hidden answers as one that does not exist; what is visible and may not be changed answers FORBIDDEN, and UNAUTHENTICATED where nobody is signed in[^refused] |
| published | what is public, nothing beyond it[^read] |
| own | only what is one's own[^read] |

A record lies in a region, and belongs to a community and an organisation; the columns say over what a role is held, seen from there.[^columns]
OFFICER reaches the region and all that lies below it, **and what a region manages without containing it**.[^below] A zone's officers
reach the streets that the zone runs, and those of the district in which these streets lie reach them too.[^zone] This is the default and the
only arrangement, so that a street between two offices is served by either, rather than by neither.[^zone] An office that must not reach a
street is left out by granting its officers the regions below it that they do run.[^beside]

A membership counts from its first day to its last, both included.[^days] It stops to count within MEMBERSHIP_TRUST_SECONDS (30) after it is
revoked.[^revoked] AUDITOR writes nothing[^auditor] and grants nothing; nobody grants themselves anything.[^granting]
`;

/** The tests that show what the introduction says; scripts/statements.test.ts asks for them. */
const FOOTNOTES = `[^written]: \`scripts/permissions.test.ts\` › “docs/permissions.md is what the policies say”; \`scripts/permissions.test.ts\` › “everything that can be reached has a policy in the table”; \`scripts/permissions.test.ts\` › “%s”
[^cells]: \`cli/test/permissions/reading.test.ts\` › “%s reads what the table says, on every way”; \`cli/test/permissions/writing.test.ts\` › “%s may do what the table says”; \`cli/test/permissions/writing.test.ts\` › “every guarded operation of the table is tried: what is named here wants a line in cli/test/permissions/probes.ts”
[^refused]: \`cli/test/permissions/reading.test.ts\` › “to %s, what is hidden answers as what does not exist”; \`cli/test/permissions/writing.test.ts\` › “to %s, writing to what is hidden answers as to what does not exist”; \`cli/test/permissions/writing.test.ts\` › “whoever is refused is told FORBIDDEN, and UNAUTHENTICATED where nobody is signed in”
[^read]: \`cli/test/permissions/reading.test.ts\` › “%s reads what the table says, on every way”; \`cli/test/permissions/writing.test.ts\` › “%s may do what the table says”
[^columns]: \`cli/test/permissions/reading.test.ts\` › “the story holds something behind every way out that the table has”; \`cli/test/permissions/reading.test.ts\` › “%s reads what the table says, on every way”
[^below]: \`services/communities/test/region-scopes.test.ts\` › “whose officers reach a region follows the tree and the zones, after any change”; \`services/communities/src/policies.test.ts\` › “%s in %s”
[^zone]: \`services/communities/test/memberships.test.ts\` › “an officer of a zone grants in what it manages, and nowhere else in the tree; officers of the street's own district go on to”
[^beside]: \`services/communities/src/policies.test.ts\` › “%s in %s”; \`services/communities/test/memberships.test.ts\` › “refused: %s”
[^days]: \`services/communities/test/memberships.test.ts\` › “only what has begun, is not over and is not revoked counts”
[^revoked]: \`cli/test/memberships.test.ts\` › “a grant and a revocation take effect within the stated time, with the same token”; \`packages/subgraph/src/identity/stored-memberships.test.ts\` › “the stated time runs from the question, not from its answer”
[^auditor]: \`cli/test/permissions/writing.test.ts\` › “%s writes nothing, but to what they raised themselves and what is about them”
[^granting]: \`services/communities/src/membership/membership.policy.test.ts\` › “%s of %s grants in %s: %j”; \`services/communities/test/memberships.test.ts\` › “refused: a grant to oneself, whatever one may grant to others”
`;

/** docs/permissions.md, to the byte. @param api the schema that clients see */
export function permissionTable(api: GraphQLSchema): string {
  const sections = Object.entries(PERMISSIONS).map(([subgraph, concepts]) =>
    [`## ${subgraph}`, ...concepts.map((concept) => section(concept, api))].join("\n\n"),
  );
  return [INTRODUCTION.trimEnd(), ...sections, FOOTNOTES].join("\n\n");
}

/** What can be reached and has no row in the table, in all subgraphs. */
export function unlisted(): string[] {
  const schemas = { communities: communitiesSchema(), events: eventsSchema(), matching: matchingSchema() };
  return Object.entries(schemas).flatMap(([name, { schema }]) => {
    const foreign = new Set(
      Object.entries(PERMISSIONS)
        .filter(([other]) => other !== name)
        .flatMap(([, concepts]) => concepts.map(({ concept }) => concept)),
    );
    return missingPermissions(schema, PERMISSIONS[name]!, foreign, declaredAccess()).map((problem) => `${name}: ${problem}`);
  });
}
