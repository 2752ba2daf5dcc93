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

Written by \`npm run permissions\` from the policy functions themselves; \`npm run check\` fails when it differs, and when a root field,
a mutation, an entity or a readable type has no policy. \`cli/test/permissions\` runs every cell through the gateway, over a real database.

✓ allowed. – refused: a record that is hidden answers as one that does not exist; what is visible and may not be changed answers
FORBIDDEN, and UNAUTHENTICATED where nobody is signed in. **published**: what is public, nothing beyond it. **own**: only what is one's own.

A record lies in a region, and belongs to a community and an organisation; the columns say over what a role is held, seen from there.
OFFICER reaches the region and all that lies below it, **and what a region manages without containing it**: a zone's officers reach the
streets that the zone runs, and those of the district in which these streets lie reach them too. This is the default and the only
arrangement: a street between two offices is served by either, rather than by neither. An office that must not reach a street is left out by
granting its officers the regions below it that they do run. A membership counts from its first day to its last, both included, and stops
to count within MEMBERSHIP_TRUST_SECONDS (30) after it is revoked. AUDITOR writes nothing and grants nothing; nobody
grants themselves anything.
`;

/** docs/permissions.md, to the byte. @param api the schema that clients see */
export function permissionTable(api: GraphQLSchema): string {
  const sections = Object.entries(PERMISSIONS).map(([subgraph, concepts]) =>
    [`## ${subgraph}`, ...concepts.map((concept) => section(concept, api))].join("\n\n"),
  );
  return `${[INTRODUCTION.trimEnd(), ...sections].join("\n\n")}\n`;
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
