import { randomUUID } from "node:crypto";
import { SHOWN } from "@gongjian/subgraph";
import { getNamedType, isLeafType, isObjectType, isRequiredArgument, isUnionType, type GraphQLNamedType } from "graphql";
import { ADMIN, COLUMNS, CONCEPTS, conceptOf, nameOf, owns, PUBLIC, type Data } from "./ground";
import { chainsOf, expectedOf, fieldsToConcepts, fieldsToHidden, isVisible, receivedOf, Selection } from "./paths";
import { ARGUMENTS, HIDDEN } from "./story";
import { openTown, type Town } from "./town";

let town: Town;
/** What an administrator sees from each root query, and how it was asked. */
const asked = new Map<string, { document: string; chains: Set<string> }>();
/** The same for the entities of each subgraph: `events Community`. */
const askedOf = new Map<string, { document: string; representations: object[]; own: boolean; chains: Set<string> }>();

const shown = CONCEPTS.flatMap(({ operations }) => Object.keys(operations).filter((name) => operations[name] === SHOWN));

/** The log of a pairing begins with its signing, which shows it to everybody: what stands in the log leads to no hidden pairing. */
const NEVER_HIDDEN: ReadonlySet<string> = new Set([
  "Pairing.exchanges.pairing",
  "Event.exchanges.pairing",
  "Pairing.owedVisits.pairing",
  "Pairing.commitments.pairing",
]);

/**
 * Asks as an administrator, and follows what is found for so many hops; what finds records of many kinds for one less, as a document has at
 * most 1,000 aliases and each kind has roots of its own.
 */
async function followed(call: string, type: GraphQLNamedType, hops: number): Promise<{ document: string; data: Data }> {
  const selection = new Selection(town.api);
  const document = selection.document(`${call} ${isLeafType(type) ? "" : selection.of(type, hops)}`);
  const { data, errors } = await town.ask(ADMIN, document);
  if (hops > 0 && errors[0]?.extensions?.code === "TOO_MANY_ALIASES") return followed(call, type, hops - 1);
  if (errors.length > 0) throw new Error(`${call}: ${JSON.stringify(errors)}`);
  return { document, data };
}

beforeAll(async () => {
  town = await openTown();
  const fields = town.api.getQueryType()!.getFields();
  for (const name of shown) {
    const { type, args } = fields[name]!;
    const variants = ARGUMENTS[name] ?? (args.some(isRequiredArgument) ? undefined : [""]);
    if (!variants)
      throw new Error(
        `${name} asks for arguments: give it some in ARGUMENTS of cli/test/permissions/story.ts, of public and of hidden records`,
      );
    for (const [index, given] of variants.entries()) {
      const call = `f_${index}: ${name}${given && `(${given})`}`;
      const { document, data } = await followed(call, getNamedType(type), 1);
      asked.set(`${name} ${index}`, { document, chains: chainsOf(data, name) });
    }
  }
  const records = new Set([...asked.values()].flatMap(({ chains }) => [...chains].flatMap((chain) => chain.split(">").slice(1))));
  const keys = new Map<string, Set<string>>();
  for (const link of [...records, ...HIDDEN.keys()]) {
    const record = link.split(".")[0]!;
    const type = record.slice(0, record.indexOf(":"));
    keys.set(type, (keys.get(type) ?? new Set()).add(record.slice(type.length + 1)));
  }
  for (const [name, { schema }] of town.subgraphs) {
    const entities = schema.getType("_Entity");
    if (!isUnionType(entities)) throw new Error(`${name} has no entities`);
    for (const type of entities.getTypes()) {
      const representations = [...(keys.get(type.name) ?? [])].map((key) => ({
        __typename: type.name,
        [type.name === "Region" ? "code" : "id"]: key,
      }));
      if (representations.length === 0) throw new Error(`The story holds no ${type.name}: tell of one in cli/test/permissions/story.ts`);
      const selection = new Selection(schema);
      const document = selection.document(`_entities(representations: $r) ${selection.of(type, 1)}`, "query ($r: [_Any!]!)");
      const { data, errors } = await town.askSubgraph(name, ADMIN, document, { r: representations });
      if (errors.length > 0) throw new Error(`${name} ${type.name}: ${JSON.stringify(errors)}`);
      askedOf.set(`${name} ${type.name}`, {
        document,
        representations,
        own: owns(name, type.name),
        chains: chainsOf({ f_e: data._entities }, ""),
      });
    }
  }
}, 120_000);
afterAll(() => town.close());

test("the story holds something behind every way out that the table has", () => {
  const told = new Set(HIDDEN.values());
  const untold = CONCEPTS.flatMap(({ concept, hidden }) => Object.keys(hidden).map((reason) => [concept, reason] as const)).filter(
    ([concept, reason]) => ![...HIDDEN].some(([record, why]) => record.startsWith(`${concept}:`) && why === reason),
  );
  expect(told.size).toBeGreaterThan(0);
  expect(untold).toEqual([]);
  const seen = fieldsToHidden([
    ...[...asked.values()].flatMap(({ chains }) => [...chains]),
    ...[...askedOf.values()].flatMap(({ chains }) => [...chains]),
  ]);
  const unseen = fieldsToConcepts(town.api).filter((field) => !seen.has(field) && !NEVER_HIDDEN.has(field));
  expect(unseen).toEqual([]);
});

test.each(COLUMNS.map((column) => [nameOf(column), column] as const))(
  "%s reads what the table says, on every way",
  async (_name, column) => {
    for (const [name, { document, chains }] of asked) {
      const { data, errors } = await town.ask(column, document);
      expect([name, errors]).toEqual([name, []]);
      expect([name, receivedOf(chainsOf(data, name.split(" ")[0]!))]).toEqual([name, expectedOf(chains, column)]);
    }
    for (const [name, { document, representations, own, chains }] of askedOf) {
      const { data, errors } = await town.askSubgraph(name.split(" ")[0]!, column, document, { r: representations });
      expect([name, errors]).toEqual([name, []]);
      expect([name, receivedOf(chainsOf({ f_e: data._entities }, ""))]).toEqual([name, expectedOf(chains, column, own ? 0 : 1)]);
    }
  },
);

test("the public sees all but what is hidden, and there is much of both", () => {
  const all = [...asked.values()].flatMap(({ chains }) => expectedOf(chains, ADMIN));
  const open = [...asked.values()].flatMap(({ chains }) => expectedOf(chains, PUBLIC));
  expect(open.length).toBeGreaterThan(200);
  expect(all.length - open.length).toBeGreaterThan(100);
});

test.each(COLUMNS.map((column) => [nameOf(column), column] as const))(
  "to %s, what is hidden answers as what does not exist",
  async (_name, column) => {
    const fields = town.api.getQueryType()!.getFields();
    const missing = randomUUID();
    for (const record of [...HIDDEN.keys()].filter((hidden) => !isVisible(hidden, column))) {
      const [type = "", id = ""] = record.split(":");
      const root = Object.values(fields).find(
        (field) => getNamedType(field.type).name === type && field.args.length === 1 && field.args[0]!.name === "id",
      );
      if (root) {
        const as = (key: string) =>
          town.ask(
            column,
            `{ a: ${root.name}(id: "${key}") { ...F } b: ${root.name}(id: "${key}") { id } } fragment F on ${type} { id __typename }`,
          );
        expect((await as(id)).text).toBe((await as(missing)).text);
      }
      for (const [name, { schema }] of town.subgraphs) {
        const entities = schema.getType("_Entity");
        if (!isUnionType(entities) || !entities.getTypes().some((entity) => entity.name === type) || !owns(name, type)) continue;
        const as = (key: string) =>
          town.askSubgraph(name, column, `query ($r: [_Any!]!) { _entities(representations: $r) { __typename ... on ${type} { id } } }`, {
            r: [{ __typename: type, id: key }],
          });
        expect((await as(id)).text).toBe((await as(missing)).text);
      }
    }
  },
);

test.each(COLUMNS.map((column) => [nameOf(column), column] as const))(
  "%s, given an administrator's cursors, gets only their own rows",
  async (_name, column) => {
    const fields = town.api.getQueryType()!.getFields();
    let cursors = 0;
    for (const name of shown) {
      const type = getNamedType(fields[name]!.type);
      // what is searched for has a test of its own: services/communities/test/search.test.ts
      if (!isObjectType(type) || !type.name.endsWith("Connection") || fields[name]!.args.some(isRequiredArgument)) continue;
      const concept = type.name.replace(/Connection$/u, "");
      // a part has no key of its own and is hidden with nothing
      if (!conceptOf(concept)) continue;
      const key = concept === "Region" ? "code" : "id";
      const { data } = await town.ask(ADMIN, `{ ${name}(first: 100) { edges { cursor node { ${key} } } } }`);
      const edges = data[name].edges as { cursor: string; node: Record<string, string> }[];
      const pages = edges.map(({ cursor }, index) => `c${index}: ${name}(first: 100, after: "${cursor}") { nodes { ${key} } totalCount }`);
      const answer = await town.ask(column, `{ ${pages.join(" ")} }`);
      expect(answer.errors).toEqual([]);
      const visible = edges.map(({ node }) => node[key]!).filter((id) => isVisible(`${concept}:${id}`, column));
      edges.forEach((_edge, index) => {
        const after = edges.slice(index + 1).map(({ node }) => node[key]!);
        const page = answer.data[`c${index}`];
        expect(page.nodes.map((node: Record<string, string>) => node[key])).toEqual(after.filter((id) => visible.includes(id)));
        expect(page.totalCount).toBe(visible.length);
        cursors++;
      });
    }
    expect(cursors).toBeGreaterThan(15);
  },
);
