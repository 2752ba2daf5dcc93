import { readFileSync } from "node:fs";
import { join } from "node:path";
import { declaredAccess } from "@gongjian/subgraph";
import { buildASTSchema, isEnumType, isInputObjectType, isObjectType, parse, type GraphQLSchema } from "graphql";
import { matchingSchema } from "./subgraph";

const { sdl, schema } = matchingSchema();

test("the committed SDL is what the code says", () => {
  expect(readFileSync(join(__dirname, "../schema.graphql"), "utf8")).toBe(sdl);
});

test("every root field says who may call it", () => {
  const declared = new Set([...declaredAccess().keys()].map((key) => key.split(".")[1]));
  const roots = [schema.getQueryType()!, schema.getMutationType()!].flatMap((type) => Object.keys(type.getFields()));
  const open = roots.filter((name) => !name.startsWith("_") && !declared.has(name));
  expect(roots.length).toBeGreaterThan(15);
  expect(open).toEqual([]);
});

/** What has no description, as `Type.field(argument)`. */
function undescribed(described: GraphQLSchema): string[] {
  const missing: string[] = [];
  const note = (name: string, description: string | null | undefined) => void (description ? null : missing.push(name));
  for (const type of Object.values(described.getTypeMap())) {
    const root = ["Query", "Mutation"].includes(type.name);
    if (type.name.startsWith("_") || ["String", "Int", "Float", "Boolean", "ID"].includes(type.name)) continue;
    if (!root) note(type.name, type.description);
    if (isEnumType(type)) for (const value of type.getValues()) note(`${type.name}.${value.name}`, value.description);
    if (isInputObjectType(type)) for (const field of Object.values(type.getFields())) note(`${type.name}.${field.name}`, field.description);
    if (isObjectType(type)) {
      for (const field of Object.values(type.getFields())) {
        note(`${type.name}.${field.name}`, field.description);
        for (const argument of field.args) note(`${type.name}.${field.name}(${argument.name})`, argument.description);
      }
    }
  }
  return missing;
}

test("everything is described", () => {
  expect(undescribed(buildASTSchema(parse(sdl), { assumeValidSDL: true }))).toEqual([]);
});
