import { readFileSync } from "node:fs";
import { join } from "node:path";
import { buildSchema, getNamedType, isInputObjectType, isListType } from "graphql";

/** The schema that clients see, as it is committed; a check fails when it is not what the subgraphs make. */
const schema = buildSchema(readFileSync(join(__dirname, "..", "api.graphql"), "utf8"));
const mutations = Object.values(schema.getMutationType()?.getFields() ?? {});

const cases = mutations.map((field) => [field.name, field] as const);

it("there are mutations to look at", () => {
  expect(mutations.length).toBeGreaterThan(20);
});

it.each(cases)("%s takes an optional idempotencyKey", (_name, field) => {
  const keys = field.args.flatMap(({ name, type }) => {
    if (name === "idempotencyKey") return [type];
    const input = getNamedType(type);
    return isInputObjectType(input) && !isListType(type) ? [input.getFields()["idempotencyKey"]?.type].filter((it) => it != null) : [];
  });
  expect(keys.map(String)).toEqual(["String"]);
});
