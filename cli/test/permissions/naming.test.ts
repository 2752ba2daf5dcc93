import { randomUUID } from "node:crypto";
import { callOf, idsOf, rootsOf, withAt, type Maker, type Path } from "./calls";
import type { Column } from "@gongjian/subgraph";
import { COLUMNS, PUBLIC } from "./ground";
import { isVisible } from "./paths";
import { HIDDEN } from "./story";
import { openTown, type Town } from "./town";

let town: Town;
beforeAll(async () => {
  town = await openTown();
}, 120_000);
afterAll(() => town?.close());

const VALUES: Readonly<Record<string, unknown>> = {
  Int: 1,
  Float: 1,
  SafeInt: 1,
  Boolean: true,
  Date: "2024-03-01",
  DateTime: "2024-03-01T00:00:00Z",
  PartialDate: "2024",
  ID: "11111111-1111-4111-8111-111111111111",
};
const startsWith = (path: Path, start: Path): boolean => start.every((step, index) => path[index] === step);

/** What must be given, what leads to one place, and dryRun, as little of the rest as can be. */
const leadingTo = (place: Path): Maker => ({
  gives: (path) => startsWith(place, path) || path.at(-1) === "dryRun",
  scalar: (name) => VALUES[name] ?? "甲",
  length: () => 1,
  choose: () => 0,
});

const types = [...new Set([...HIDDEN.keys()].map((record) => record.slice(0, record.indexOf(":"))))];

/** Those from whom a record is hidden: the public, somebody who writes elsewhere, and whoever reads most of the others. */
const strangersTo = (record: string): Column[] => {
  const blind = COLUMNS.filter((column) => !isVisible(record, column));
  return [PUBLIC, ...blind.filter(({ role }) => role === "COMMUNITY_WORKER").slice(-1), ...blind.filter(({ role }) => role === "SERVICE")];
};

describe("wherever an id is taken, a hidden record is named in vain", () => {
  test.each(types)("%s: the answer is that to an id of nothing, character by character", async (type) => {
    const record = [...HIDDEN.keys()].find((each) => each.startsWith(`${type}:`))!;
    const id = record.slice(type.length + 1);
    const told: string[] = [];
    let pairs = 0;
    for (const column of strangersTo(record))
      for (const [operation, field] of rootsOf(town.api))
        for (const place of idsOf(field)) {
          const { query, variables } = callOf(town.api, operation, field, leadingTo(place));
          const missing = randomUUID();
          const [hidden, none] = await Promise.all(
            [id, missing].map(async (named) =>
              (await town.ask(column, query, withAt(variables, place, named))).text.replaceAll(named, "<id>"),
            ),
          );
          pairs += 1;
          if (hidden !== none) told.push(`${column.role} ${field.name} ${place.join(".")}: ${hidden} instead of ${none}`);
        }
    expect(told).toEqual([]);
    // there are as many ways as the API has: fewer would mean that they are not found any more
    expect(pairs).toBeGreaterThan(500);
  });
});
