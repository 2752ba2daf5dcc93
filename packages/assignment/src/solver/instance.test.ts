import { AssignmentInputError, formatSolution, MAX_EDGES, parseSolveFile, solveAssignment } from "..";

const file = (change: Record<string, unknown> = {}) => ({
  left: [
    { id: "a", capacity: 2 },
    { id: 7, capacity: 1 },
  ],
  right: [{ id: "x", capacity: 2 }],
  edges: [
    ["a", "x", 5],
    [7, "x", 9, 1],
  ],
  ...change,
});

test("a file goes in and one line of JSON comes out, ids as given", () => {
  expect(JSON.parse(formatSolution(solveAssignment(parseSolveFile(JSON.parse(JSON.stringify(file()))))))).toEqual({
    pairs: [
      [7, "x", 1],
      ["a", "x", 1],
    ],
    value: 14,
    prices: {
      left: [
        [7, 4],
        ["a", 0],
      ],
      right: [["x", 5]],
    },
  });
});

const nodes = (...ids: unknown[]) => ids.map((id) => ({ id, capacity: 1 }));
const capacity = (value: unknown) => [{ id: "a", capacity: value }];
const tooMany: unknown[] = [];
tooMany.length = MAX_EDGES + 1;

test.each<[string, unknown, string, string]>([
  ["null", null, "NOT_AN_OBJECT", "$"],
  ["a list", [], "NOT_AN_OBJECT", "$"],
  ["a text", "x", "NOT_AN_OBJECT", "$"],
  ["no left", file({ left: undefined }), "NOT_A_LIST", "left"],
  ["right no list", file({ right: { id: 1 } }), "NOT_A_LIST", "right"],
  ["edges no list", file({ edges: "a" }), "NOT_A_LIST", "edges"],
  ["node null", file({ left: [null] }), "NOT_AN_OBJECT", "left[0]"],
  ["node no object", file({ right: [3] }), "NOT_AN_OBJECT", "right[0]"],
  ["id missing", file({ left: [{ capacity: 1 }] }), "MALFORMED_ID", "left[0].id"],
  ["id empty", file({ left: nodes("") }), "MALFORMED_ID", "left[0].id"],
  ["id with NUL", file({ left: nodes("a", "b\0") }), "MALFORMED_ID", "left[1].id"],
  ["id a fraction", file({ left: nodes(1.5) }), "MALFORMED_ID", "left[0].id"],
  ["id NaN", file({ left: nodes(Number.NaN) }), "MALFORMED_ID", "left[0].id"],
  ["id too long", file({ left: nodes("x".repeat(1025)) }), "MALFORMED_ID", "left[0].id"],
  ["id twice", file({ right: nodes("x", "y", "x") }), "DUPLICATE_ID", "right[2].id"],
  ["capacity missing", file({ left: [{ id: "a" }] }), "NOT_AN_INTEGER", "left[0].capacity"],
  ["capacity a text", file({ left: capacity("1") }), "NOT_AN_INTEGER", "left[0].capacity"],
  ["capacity a fraction", file({ left: capacity(0.5) }), "NOT_AN_INTEGER", "left[0].capacity"],
  ["capacity infinite", file({ left: capacity(Number.POSITIVE_INFINITY) }), "NOT_AN_INTEGER", "left[0].capacity"],
  ["capacity 2^53", file({ left: capacity(2 ** 53) }), "NOT_AN_INTEGER", "left[0].capacity"],
  ["capacity negative", file({ left: capacity(-1) }), "OUT_OF_RANGE", "left[0].capacity"],
  ["edge no list", file({ edges: [{}] }), "MALFORMED_EDGE", "edges[0]"],
  ["edge too short", file({ edges: [["a", "x"]] }), "MALFORMED_EDGE", "edges[0]"],
  ["edge too long", file({ edges: [["a", "x", 1, 1, 1]] }), "MALFORMED_EDGE", "edges[0]"],
  ["left end unknown", file({ edges: [["x", "x", 1]] }), "UNKNOWN_ID", "edges[0][0]"],
  ["right end unknown", file({ edges: [["a", "a", 1]] }), "UNKNOWN_ID", "edges[0][1]"],
  ["number given as text", file({ edges: [["7", "x", 1]] }), "UNKNOWN_ID", "edges[0][0]"],
  ["end no id", file({ edges: [[null, "x", 1]] }), "MALFORMED_ID", "edges[0][0]"],
  ["score a fraction", file({ edges: [["a", "x", 0.1]] }), "NOT_AN_INTEGER", "edges[0][2]"],
  ["score NaN", file({ edges: [["a", "x", Number.NaN]] }), "NOT_AN_INTEGER", "edges[0][2]"],
  ["score a text", file({ edges: [["a", "x", "1"]] }), "NOT_AN_INTEGER", "edges[0][2]"],
  ["limit null", file({ edges: [["a", "x", 1, null]] }), "NOT_AN_INTEGER", "edges[0][3]"],
  ["limit negative", file({ edges: [["a", "x", 1, -1]] }), "OUT_OF_RANGE", "edges[0][3]"],
  [
    "edge twice",
    file({
      edges: [
        ["a", "x", 1],
        [7, "x", 1],
        ["a", "x", 2],
      ],
    }),
    "DUPLICATE_EDGE",
    "edges[2]",
  ],
  [
    "edge twice, one negative",
    file({
      edges: [
        ["a", "x", -1],
        ["a", "x", 2],
      ],
    }),
    "DUPLICATE_EDGE",
    "edges[1]",
  ],
  ["too many edges", file({ edges: tooMany }), "TOO_MANY", "edges"],
  [
    "value beyond 2^53",
    file({ left: [{ id: "a", capacity: 2 ** 30 }], right: [{ id: "x", capacity: 2 ** 30 }], edges: [["a", "x", 2 ** 23]] }),
    "VALUE_TOO_LARGE",
    "edges",
  ],
  ["score beyond exact sums", file({ edges: [["a", "x", 2 ** 50]] }), "VALUE_TOO_LARGE", "edges"],
])("refuses %s", (_, json, code, path) => {
  let error: unknown;
  try {
    parseSolveFile(json);
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(AssignmentInputError);
  expect(error).toMatchObject({ code, path });
});

test("huge capacities are fine while the other side keeps the value small", () => {
  const { value } = solveAssignment({
    left: [{ id: "a", capacity: Number.MAX_SAFE_INTEGER }],
    right: [{ id: "x", capacity: 3 }],
    edges: [["a", "x", 1_000_000]],
  });
  expect(value).toBe(3_000_000);
});
