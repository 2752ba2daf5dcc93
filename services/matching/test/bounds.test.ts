import { assumeListSizes, costsOf } from "@gongjian/subgraph";
import { someone } from "@gongjian/testing";
import { isListType, isObjectType, getNamedType, getNullableType, isCompositeType, parse } from "graphql";
import { matchingSchema } from "../src/subgraph";
import { asking, codeOf } from "./answers";
import { aRound, aStory, brought, offer, roundId, run, SALON, street, xianghe, yuelin } from "./story";

const story = aStory();
const as = asking(story);
const KEY = "many";

beforeAll(async () => {
  const id = await aRound(story, KEY, [], [offer(KEY, "big", { capacity: 300, price: 0 })]);
  await story.test.sql(
    `INSERT INTO matching.need (id, round_id, community_id, kind, title, tags, quantity) SELECT gen_random_uuid(), $1, $2, 'SERVICE', '需求' || lpad(i::text, 4, '0'), ARRAY['养老服务'], 3 FROM generate_series(1, 240) i`,
    [id, xianghe],
  );
  await story.test.sql(
    `INSERT INTO matching.offer (id, round_id, organisation_id, kinds, title, capabilities) SELECT gen_random_uuid(), $1, $2, '{SERVICE}', '资源' || i, '{养老服务}' FROM generate_series(1, 60) i`,
    [id, yuelin],
  );
  await brought(story, id, "PUBLISHED");
  await run(story, street, { roundId: id });
  for (const year of [2021, 2022, 2023, 2020, 2019]) {
    const other = await aRound(story, `many-${year}`);
    await story.test.sql(`UPDATE matching.round SET year = $2 WHERE id = $1`, [other, year]);
  }
}, 60_000);

const list = (fields: string) => as(street, `query ($id: ID!) { round(id: $id) { ${fields} } }`, { id: roundId(KEY) });

/** How many objects an answer holds. */
const objectsIn = (value: unknown): number =>
  typeof value !== "object" || value === null
    ? 0
    : Object.values(value).reduce((sum: number, each) => sum + objectsIn(each), Array.isArray(value) ? 0 : 1);

test("a community's needs in a round are the first by title, and all are paged through beside it", async () => {
  const { data } =
    await list(`communities { nodes { a: needs { title } b: needs(first: 3) { title } c: needs(first: 100) { title } d: needs(first: null) { title } } }
    all: needs(first: 100, filter: { communityId: "${xianghe}" }) { totalCount nodes { title } }`);
  const [row] = data.round.communities.nodes;
  const titles = data.round.all.nodes.map((node: { title: string }) => node.title);
  expect(data.round.all.totalCount).toBe(240);
  for (const [field, size] of [
    ["a", 10],
    ["b", 3],
    ["c", 100],
    ["d", 10],
  ] as const)
    expect(row[field].map((node: { title: string }) => node.title)).toEqual(titles.slice(0, size));
});

test("matches of a need and of an offer are the best, and all are paged through beside them", async () => {
  const { data } = await list(`offers(first: 100) { nodes { id matches { score } wide: matches(first: 100) { score } } }`);
  const most = data.round.offers.nodes.find((node: { wide: object[] }) => node.wide.length > 5)!;
  expect(most.matches).toEqual(most.wide.slice(0, 5));
  const scores = most.wide.map((match: { score: number }) => match.score);
  expect(scores).toEqual([...scores].sort((a, b) => b - a));
  const count = async (filter: string) => (await list(`matches(filter: ${filter}) { totalCount }`)).data.round.matches.totalCount;
  const stored = await story.test.sql<{ offer: number; need: number; id: string }>(
    `SELECT (SELECT count(*)::integer FROM matching.match WHERE offer_id = $1) AS offer, need_id AS id,
       (SELECT count(*)::integer FROM matching.match k WHERE k.need_id = m.need_id) AS need FROM matching.match m WHERE m.offer_id = $1 LIMIT 1`,
    [most.id],
  );
  expect(await count(`{ offerId: "${most.id}" }`)).toBe(stored[0]!.offer);
  expect(await count(`{ needId: "${stored[0]!.id}" }`)).toBe(stored[0]!.need);
  expect(await count(`{ needId: "x" }`)).toBe(0);
});

test("rounds of an event are the latest", async () => {
  const query = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Event { rounds { year } two: rounds(first: 2) { year } round { year } } } }`;
  const { data } = await as(street, query, { r: [{ __typename: "Event", id: SALON }] });
  const years = (rounds: { year: number }[]) => rounds.map(({ year }) => year);
  const [event] = data._entities;
  expect([years(event.rounds), years(event.two), event.round.year]).toEqual([[2024, 2023, 2022], [2024, 2023], 2024]);
});

test.each(["0", "101", "1000000000"])("first: %s is refused by each list", async (first) => {
  for (const field of [
    `communities { nodes { needs(first: ${first}) { id } } }`,
    `needs { nodes { matches(first: ${first}) { id } } }`,
    `offers { nodes { matches(first: ${first}) { id } } }`,
  ])
    expect(codeOf(await list(field))).toBe("PAGE_SIZE_INVALID");
});

test("what is answered holds no more than what it was weighed at", async () => {
  const fields = `communities(first: 100) { nodes { needs(first: 100) { title matches { units factors { text } offer { title } } blockers { reason offer { title } } alternatives { offer { title } } } } }`;
  const { schema, sdl } = matchingSchema();
  assumeListSizes(schema, sdl);
  const aliases = Array.from({ length: 8 }, (_, index) => `a${index}: ${fields}`).join(" ");
  for (const body of [fields, fields.replaceAll("(first: 100)", ""), aliases]) {
    const text = `query ($id: ID!) { round(id: $id) { ${body} } }`;
    const { data, errors } = await as(someone.admin, text, { id: roundId(KEY) });
    expect(errors).toEqual([]);
    expect(objectsIn(data)).toBeLessThanOrEqual(costsOf(parse(text), schema, 20).get("")!({}));
  }
});

test("every list of records below another is paged, takes a number, or is bounded by the code", () => {
  const BOUNDED = ["Need.alternatives", "Need.blockers", "Round.weights", "Match.factors", "Alternative.factors", "Project.evaluations"];
  const lists = Object.values(matchingSchema().schema.getTypeMap())
    .filter(isObjectType)
    .filter(({ name }) => !/Connection$|^__|^_|^Mutation$|Outcome$|^(Round|Project)GuardFailed$/u.test(name))
    .flatMap((type) => Object.values(type.getFields()).map((field) => ({ name: `${type.name}.${field.name}`, field })))
    .filter(
      ({ field }) => isListType(getNullableType(field.type)) && isCompositeType(getNamedType(field.type)) && !field.name.startsWith("_"),
    );
  const open = lists.filter(
    ({ field }) => !field.args.some(({ name, defaultValue }) => name === "first" && typeof defaultValue === "number"),
  );
  expect(open.map(({ name }) => name).sort()).toEqual([...BOUNDED].sort());
  expect(lists.length).toBeGreaterThan(BOUNDED.length);
});
