import { readFileSync } from "node:fs";
import { join } from "node:path";
import { matchingSchema } from "@gongjian/matching";
import { declaredAccess, missingPermissions, those, type ConceptPermissions } from "@gongjian/subgraph";
import { buildSchema } from "graphql";
import { PERMISSIONS, permissionTable, unlisted } from "./permission-table";

test("everything that can be reached has a policy in the table", () => expect(unlisted()).toEqual([]));

test("docs/permissions.md is what the policies say", () => {
  const root = join(__dirname, "..");
  const api = buildSchema(readFileSync(join(root, "gateway/api.graphql"), "utf8"));
  expect(readFileSync(join(root, "docs/permissions.md"), "utf8")).toBe(permissionTable(api));
});

describe("what has no policy is named, with what to write and where", () => {
  const { schema } = matchingSchema();
  const matching = PERMISSIONS["matching"]!;
  const foreign = new Set(["Community", "Organisation", "Region", "Event"]);
  const missing = (concepts: readonly ConceptPermissions[], stubs: ReadonlySet<string> = foreign, declared = declaredAccess()) =>
    missingPermissions(schema, concepts, stubs, declared);
  const changed = (concept: string, change: (permissions: ConceptPermissions) => ConceptPermissions) =>
    matching.map((permissions) => (permissions.concept === concept ? change(permissions) : permissions));
  const without = (concept: string, operation: string) =>
    changed(concept, (permissions) => {
      const { [operation]: _left, ...operations } = permissions.operations;
      return { ...permissions, operations };
    });

  test.each<[string, () => string[], string]>([
    ["a root query", () => missing(without("Need", "needs")), "needs has no policy in the table: add it to `operations`"],
    ["a mutation", () => missing(without("Round", "advanceRound")), "advanceRound has no policy in the table"],
    [
      "a concept that is found again by reference",
      () => missing(matching.filter(({ concept }) => concept !== "Offer")),
      "Offer is found again by reference and has no policy",
    ],
    [
      "a type that is read as a part",
      () => missing(changed("Need", (permissions) => ({ ...permissions, parts: [] }))),
      "Blocker can be read and has no policy",
    ],
    ["a stub of nothing", () => missing(matching, new Set(["Community", "Organisation", "Region"])), "Event can be read and has no policy"],
    [
      "an operation that is no more",
      () =>
        missing(
          changed("Round", (permissions) => ({ ...permissions, operations: { ...permissions.operations, gone: those("x", () => true) } })),
        ),
      "gone stands in the table of permissions, but there is no such root field",
    ],
    [
      "a field that is no more",
      () => missing(changed("Need", (permissions) => ({ ...permissions, fields: { "Need.gone": those("x", () => true) } }))),
      "Need.gone stands in the table of permissions, but there is no such field",
    ],
    [
      "a decorator that says otherwise",
      () => missing(changed("Need", (permissions) => ({ ...permissions, operations: { ...permissions.operations, createNeed: "SHOWN" } }))),
      "createNeed is guarded by its decorator but public in the table",
    ],
    ["a resolver without a decorator", () => missing(matching, foreign, new Map()), "round declares neither @Access nor @PublicBecause"],
  ])("%s", (_name, problems, sentence) => {
    expect(problems()).toContainEqual(expect.stringContaining(sentence));
  });
});
