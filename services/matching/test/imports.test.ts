import { someone } from "@gongjian/testing";
import { asking, codeOf } from "./answers";
import { CREATE_NEED, UPDATE_NEED, WITHDRAW_NEED, CREATE_OFFER, UPDATE_OFFER, WITHDRAW_OFFER, wish, gift } from "./entry-mutations";
import {
  aRound,
  aStory,
  brought,
  guangfu,
  HUAYANG,
  imported,
  need,
  offer,
  roundId,
  street,
  wuxing,
  xianghe,
  yinling,
  yuelin,
  type Who,
} from "./story";

const story = aStory();
const as = asking(story);
const bulk = (concept: string) =>
  `mutation ($input: Import${concept}Input!) { answer: import${concept}(input: $input) { __typename ... on BulkOutcome { written created updated unchanged refused rows { key status problems { field code } } } } }`;

describe("a list that is closed", () => {
  test("takes no entries, by any way", async () => {
    const id = await aRound(story, "closed", [need("closed", "N1")], [offer("closed", "O1")]);
    await brought(story, id, "EXECUTING").catch(() => undefined);
    const { data } = await as(
      street,
      `{ roundByKey(key: "closed") { state needs { nodes { id version } } offers { nodes { id version } } } }`,
    );
    const { state, needs, offers } = data.roundByKey;
    expect(state).toBe("NEGOTIATING");
    const closed = { __typename: "RoundClosed", roundState: "NEGOTIATING", allowedIn: ["DRAFT", "COLLECTING", "PUBLISHED"] };
    const [n] = needs.nodes;
    const [o] = offers.nodes;
    expect((await as(street, CREATE_NEED, { input: wish("closed", "N2") })).data.answer).toEqual(closed);
    expect((await as(street, UPDATE_NEED, { input: { id: n.id, expectedVersion: n.version, quantity: 2 } })).data.answer).toEqual(closed);
    expect((await as(street, WITHDRAW_NEED, { input: { id: n.id, expectedVersion: n.version } })).data.answer).toEqual(closed);
    expect((await as(street, CREATE_OFFER, { input: gift("closed", "O2") })).data.answer).toEqual(closed);
    expect((await as(street, UPDATE_OFFER, { input: { id: o.id, expectedVersion: o.version, capacity: 2 } })).data.answer).toEqual(closed);
    expect((await as(street, WITHDRAW_OFFER, { input: { id: o.id, expectedVersion: o.version } })).data.answer).toEqual(closed);
    for (const [concept, row] of [
      ["Needs", need("closed", "N1", { title: "改" })],
      ["Offers", offer("closed", "O1", { title: "改" })],
    ] as const) {
      const answer = (await as(street, bulk(concept), { input: { rows: [row] } })).data.answer;
      expect(answer).toMatchObject({
        written: false,
        rows: [{ status: "REFUSED", problems: [{ field: "roundKey", code: "ROUND_CLOSED" }] }],
      });
    }
  });
});

describe("an import", () => {
  beforeAll(async () => {
    for (const key of ["bulk", "bulk-2"]) await brought(story, await aRound(story, key), "COLLECTING");
  });

  test("creates, finds again by round and key, changes and leaves alone", async () => {
    const send = async (rows: object[], more = {}) => (await as(street, bulk("Needs"), { input: { rows, ...more } })).data.answer;
    const rows = [need("bulk", "A"), need("bulk", "B", { communityId: guangfu }), need("bulk-2", "A")];
    expect(await send(rows, { dryRun: true })).toMatchObject({ written: false, created: 3 });
    expect(await story.test.sql(`SELECT 1 FROM matching.need WHERE key IN ('A', 'B')`)).toEqual([]);
    const made = await send(rows);
    expect(made).toMatchObject({ written: true, created: 3 });
    expect(made.rows.map((row: { key: string }) => row.key)).toEqual(["A", "B", "A"]);
    expect(await send(rows)).toMatchObject({ written: false, unchanged: 3 });
    expect(await send([{ ...rows[0], title: "改了" }, rows[1]!])).toMatchObject({ written: true, updated: 1, unchanged: 1 });
    const versions = await story.test.sql(`SELECT key, version FROM matching.need n WHERE key IN ('A', 'B') ORDER BY key, version`);
    expect(versions).toEqual([
      { key: "A", version: 1 },
      { key: "A", version: 2 },
      { key: "B", version: 1 },
    ]);
  });

  test("answers row by row, and writes nothing unless asked to skip", async () => {
    const rows = [
      offer("bulk", "good"),
      offer("bulk", "good"),
      offer("nowhere", "no-round"),
      offer("bulk", "stranger", { organisationId: xianghe }),
      offer("bulk", "malformed", { organisationId: "\u0000" }),
      offer("bulk", "late", { availableFrom: "2025-01-01" }),
      offer("bulk", "a\u0000", { title: "资源" }),
      offer("bulk", "far", { coverage: [HUAYANG, "999"] }),
    ];
    const send = async (who: Who, more = {}) => (await as(who, bulk("Offers"), { input: { rows, ...more } })).data?.answer;
    const refused = await send(street);
    expect(refused).toMatchObject({ written: false, created: 1, refused: 7 });
    expect(
      refused.rows.map((row: { problems: { field: string; code: string }[] }) => row.problems.map(({ field, code }) => `${field} ${code}`)),
    ).toEqual([
      [],
      ["key DUPLICATE_KEY"],
      ["roundKey UNKNOWN_REFERENCE"],
      ["organisationId UNKNOWN_REFERENCE"],
      ["organisationId UNKNOWN_REFERENCE"],
      ["availableTo PERIOD_REVERSED"],
      ["key INVALID_CHARACTER"],
      ["coverage.1 UNKNOWN_REFERENCE"],
    ]);
    expect(await story.test.sql(`SELECT 1 FROM matching.offer WHERE key = 'good'`)).toEqual([]);
    expect(await send(street, { skipBadRows: true })).toMatchObject({ written: true, created: 1, refused: 7 });
    // whose organisation it is decides, row by row
    const own = await as(someone.representative(yuelin), bulk("Offers"), {
      input: { rows: [offer("bulk", "own"), offer("bulk", "others", { organisationId: yinling })] },
    });
    expect(own.data.answer.rows.map((row: { status: string }) => row.status)).toEqual(["CREATED", "REFUSED"]);
    expect(own.data.answer.rows[1].problems).toEqual([{ field: "key", code: "FORBIDDEN" }]);
    expect(codeOf(await as(someone.public, bulk("Offers"), { input: { rows } }))).toBe("UNAUTHENTICATED");
    expect(codeOf(await as(someone.resident(xianghe), bulk("Needs"), { input: { rows: [need("bulk", "C")] } }))).toBe("FORBIDDEN");
  });

  test("moves a need to the community that it was meant for", async () => {
    await imported(story.endpoint, "Needs", [need("bulk-2", "moved", { communityId: wuxing })]);
    await imported(story.endpoint, "Needs", [need("bulk-2", "moved", { communityId: guangfu })]);
    const { data } = await as(street, `{ roundByKey(key: "bulk-2") { needs { nodes { key community { id } } } } }`);
    expect(data.roundByKey.needs.nodes).toContainEqual({ key: "moved", community: { id: guangfu } });
  });
});

test("filters narrow, and one that no record can meet finds nothing", async () => {
  await aRound(
    story,
    "filtered",
    [need("filtered", "N1"), need("filtered", "N2", { kind: "EXPERT", fundKind: "NONE", communityId: guangfu })],
    [offer("filtered", "O1", { kinds: ["SERVICE", "EXPERT"] }), offer("filtered", "O2", { organisationId: yinling })],
  );
  await brought(story, roundId("filtered"), "PUBLISHED");
  const keys = async (list: string, filter: string) => {
    const { data, errors } = await as(
      someone.public,
      `{ roundByKey(key: "filtered") { list: ${list}(filter: { ${filter} }) { totalCount nodes { key } } } }`,
    );
    expect(errors).toEqual([]);
    expect(data.roundByKey.list.totalCount).toBe(data.roundByKey.list.nodes.length);
    return data.roundByKey.list.nodes.map((node: { key: string }) => node.key);
  };
  expect(await keys("needs", "kind: EXPERT")).toEqual(["N2"]);
  expect(await keys("needs", "fundKind: GUARANTEE")).toEqual(["N1"]);
  expect(await keys("needs", `communityId: "${guangfu.toUpperCase()}"`)).toEqual(["N2"]);
  expect(await keys("needs", `communityId: "x"`)).toEqual([]);
  expect(await keys("needs", `roundId: "\\u0000"`)).toEqual([]);
  expect(await keys("offers", "kind: EXPERT")).toEqual(["O1"]);
  expect(await keys("offers", `organisationId: "${yinling}"`)).toEqual(["O2"]);
  expect(await keys("offers", `organisationId: "\\u0000"`)).toEqual([]);
  const of = await as(
    someone.public,
    `query ($c: ID!) { _entities(representations: [{ __typename: "Community", id: $c }, { __typename: "Community", id: "\\u0000" }, { __typename: "Region", code: "\\u0000" }]) { ... on Community { needs { totalCount } } ... on Region { rounds { totalCount } } } }`,
    { c: guangfu.toUpperCase() },
  );
  expect(of.errors).toEqual([]);
  expect(of.data._entities[0].needs.totalCount).toBeGreaterThan(0);
});
