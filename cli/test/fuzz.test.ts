import fc from "fast-check";
import { callOf, rootsOf, type Maker } from "./permissions/calls";
import { ADMIN } from "./permissions/ground";
import { EVENT, MATCH, NEED, OFFER, ROUND } from "./permissions/story";
import { openTown, type Town } from "./permissions/town";

let town: Town;
beforeAll(async () => {
  town = await openTown();
}, 120_000);
afterAll(() => town?.close());

/** Codes that say that the platform is at fault, and not who asked. */
const OWN_FAULTS = /"code":"(?:INTERNAL|INTERNAL_SERVER_ERROR|INCOMPLETE_DATA|SERVICE_\w+|PEER_UNAVAILABLE)"/u;
/** What no answer may hold: SQL, stacks, addresses, names of neighbouring things. */
const TELLTALE = /did you mean|\bselect .+ from |insert into|node_modules|\bat .+\.[jt]s:\d|postgres|ECONN|127\.0\.0\.1/iu;

const TEXTS = [
  "",
  "a",
  "社区",
  "\u0000",
  "a\u0000b",
  "\ud800",
  "x".repeat(10_000),
  "' OR 1=1 --",
  "%_\\",
  "\u202e",
  "😀",
  "{}",
  "null",
  "..",
  "&|!:*",
  "<->",
  "\n",
  "  ",
  "*",
  "region:51",
  "510116",
  "13800138000",
  "2024-01-01",
  "-1",
  "1e400",
  "a@b.cn",
];
const VALUES: Readonly<Record<string, readonly unknown[]>> = {
  Int: [0, 1, 2, -1, 100, 101, 2_147_483_647, -2_147_483_648],
  Float: [0, -1, 1e308, -1e308, 1e-320, 0.1, 90, 181, 104.06, 30.67],
  SafeInt: [0, 1, -1, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER],
  Boolean: [true, false],
  Date: ["2024-01-01", "9999-12-31", "0001-01-01", "0000-01-01", "2024-02-30", "275760-09-13", "x"],
  DateTime: [
    "2024-01-01T00:00:00Z",
    "9999-12-31T23:59:59Z",
    "0001-01-01T00:00:00Z",
    "2024-01-01T00:00:00+14:00",
    "2016-12-31T23:59:60Z",
    "x",
  ],
  PartialDate: ["2024", "2024-02", "2024-02-30", "0000", "99999"],
};

/** Values that nobody expects, made of numbers: of each kind those at the edges and those that are none. */
function makerOf(numbers: () => number): Maker {
  const pick = <T>(items: readonly T[]): T => items[numbers() % items.length]!;
  const known = [
    EVENT.open,
    EVENT.draft,
    NEED.draft,
    OFFER.draft,
    ROUND.matched,
    MATCH.open,
    "510116",
    "00000000-0000-0000-0000-000000000000",
  ];
  return {
    gives: () => numbers() % 2 === 0,
    scalar: (name) => (name === "ID" || numbers() % 4 === 0 ? pick(numbers() % 2 === 0 ? known : TEXTS) : pick(VALUES[name] ?? TEXTS)),
    length: () => numbers() % 4,
    choose: (count) => numbers() % count,
  };
}

test("whatever the platform's own root fields are given, each says what is wrong with it, and none is at fault", async () => {
  const roots = rootsOf(town.api);
  expect(roots.length).toBeGreaterThan(150);
  const seen = { answered: 0, refused: 0 };
  const numbers = fc.array(fc.nat(), { minLength: 200, maxLength: 200 });
  await fc.assert(
    fc.asyncProperty(numbers, fc.nat(), async (given, first) => {
      let next = 0;
      const maker = makerOf(() => given[next++ % given.length]!);
      // each run goes through a tenth of them, so that all come again and again
      for (let index = first % 10; index < roots.length; index += 10) {
        const [operation, field] = roots[index]!;
        const { query, variables } = callOf(town.api, operation, field, maker);
        const { text, data, errors } = await town.ask(ADMIN, query, variables);
        if (OWN_FAULTS.test(text)) throw new Error(`${field.name} ${JSON.stringify(variables).slice(0, 1_500)}: ${text.slice(0, 500)}`);
        expect(JSON.stringify(errors)).not.toMatch(TELLTALE);
        for (const { extensions } of errors) expect(extensions?.code).toMatch(/^[A-Z][A-Z0-9_]+$/u);
        seen[data === null ? "refused" : "answered"] += 1;
      }
    }),
    { numRuns: 40, endOnFailure: true },
  );
  // the values are worth something: a good part of them is taken, and a good part is not
  expect(Math.min(seen.answered, seen.refused)).toBeGreaterThan(100);
}, 180_000);
