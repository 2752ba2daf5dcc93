import { randomUUID } from "node:crypto";
import { getNamedType, isObjectType } from "graphql";
import { COLUMNS, PUBLIC } from "./ground";
import { EVENT, SUGGESTION } from "./story";
import { openTown, type Town } from "./town";

let town: Town;
beforeAll(async () => {
  town = await openTown();
}, 120_000);
afterAll(() => town?.close());

/** Foreign records that can be hidden, and have lists below them in another subgraph: what leads to one that is shown, and to one that is not. */
const STUBS: readonly [subgraph: string, type: string, shown: () => string, hidden: () => string][] = [
  ["communities", "Event", () => EVENT.open, () => EVENT.draft],
  ["matching", "Event", () => EVENT.open, () => EVENT.draft],
  ["matching", "Suggestion", () => SUGGESTION.open, () => SUGGESTION.unpublished],
];

test.each(STUBS)("at %s itself, %s is named in vain by whom its owner does not show it to", async (name, type, shown, hidden) => {
  const stub = town.subgraphs.get(name)!.schema.getType(type);
  if (!isObjectType(stub)) throw new Error(`${name} has no ${type}`);
  const lists = Object.values(stub.getFields()).flatMap((field) => {
    const named = getNamedType(field.type);
    return named.name.endsWith("Connection")
      ? [`${field.name} { totalCount nodes { __typename } }`]
      : isObjectType(named)
        ? [`${field.name} { __typename }`]
        : [];
  });
  expect(lists.length).toBeGreaterThan(0);
  const query = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on ${type} { id ${lists.join(" ")} } } }`;
  const stranger = COLUMNS.find(({ role, where }) => role === "RESIDENT" && where === "own community")!;
  for (const column of [PUBLIC, stranger, COLUMNS.find(({ role }) => role === "SERVICE")!]) {
    const as = async (id: unknown, isDirect: boolean) =>
      (await town.askSubgraph(name, column, query, { r: [{ __typename: type, id }] }, isDirect)).text.replaceAll(String(id), "<id>");
    const missing = randomUUID();
    expect(await as(hidden(), true)).toBe(await as(missing, true));
    expect(JSON.parse(await as(hidden(), true))).toEqual({ data: { _entities: [null] } });
    expect(await as("nonsense", true)).toBe(await as(missing, true));
    // what is shown is found; and the gateway, which has asked its owner, is not asked to ask again
    expect(JSON.parse(await as(shown(), true)).data._entities[0]).toMatchObject({ id: "<id>" });
    expect(JSON.parse(await as(missing, false)).data._entities[0]).toMatchObject({ id: "<id>" });
  }
});
