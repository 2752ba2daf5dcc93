import { declaredAccess } from "@gongjian/subgraph";
import { isObjectType } from "graphql";
import { communitiesSchema } from "../src";

test("every root field and mutation declares who may call it", () => {
  const { schema } = communitiesSchema();
  const declared = new Set([...declaredAccess().keys()].map((name) => name.split(".")[1]));
  const fields = [schema.getQueryType(), schema.getMutationType()].flatMap((type) =>
    isObjectType(type) ? Object.keys(type.getFields()) : [],
  );
  expect(fields.length).toBeGreaterThan(10);
  expect(fields.filter((field) => !declared.has(field) && !["_entities", "_service"].includes(field))).toEqual([]);
});
