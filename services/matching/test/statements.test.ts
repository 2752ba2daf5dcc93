import { countStatements, schemaDrift } from "@gongjian/database";
import { ask, someone } from "@gongjian/testing";
import { aRound, aStory, brought, guangfu, HUAYANG, imported, need, offer, roundId, run, SALON, xianghe, yuelin } from "./story";

const story = aStory();
const SIZES = [1, 10, 50];
beforeAll(async () => {
  for (const size of SIZES) {
    const key = `r${size}`;
    const every = Array.from({ length: size }, (_, index) => index);
    await aRound(
      story,
      key,
      [
        ...every.map((index) => need(key, `N${index}`, { communityId: index % 2 ? guangfu : xianghe })),
        ...every.map((index) => need(key, `B${index}`, { tags: ["法律"] })),
      ],
      every.map((index) => offer(key, `O${index}`)),
    );
    await brought(story, roundId(key), "NEGOTIATING");
  }
}, 120_000);

test("the migrated schema is what the entities say", async () => {
  expect(await schemaDrift(story.database.dataSource)).toEqual([]);
});

const MATCH = `units score state acceptedBy factors { criterion text } need { key } offer { title organisation { id } round { key } matches { id } } community { id } organisation { id } round { key }`;
const EVERYTHING = `query ($key: String!) { roundByKey(key: $key) { title region { code } event { id }
  communities(first: 100) { totalCount nodes { community { id } needs(first: 100) { key round { key } matches { ${MATCH} } alternatives { whyNot offer { key } } missingUnits blockers { reason text unblock offer { key } } } } }
  needs(first: 100) { totalCount nodes { key matches { id } } } offers(first: 100) { totalCount nodes { key matches { id need { key } } } } matches(first: 100) { totalCount nodes { ${MATCH} } } } }`;

test.each([
  ["the public", someone.public],
  ["an officer", someone.officer(HUAYANG)],
  ["an administrator", someone.admin],
])("statements do not grow with rows, for %s", async (_name, who) => {
  const counter = countStatements(story.database);
  const counts: number[] = [];
  for (const size of SIZES) {
    counter.reset();
    const { data, errors } = await ask(story.endpoint, who, EVERYTHING, { key: `r${size}` });
    expect(errors).toEqual([]);
    expect(data.roundByKey.needs.totalCount).toBe(2 * size);
    expect(data.roundByKey.matches.nodes).toHaveLength(size);
    const told = data.roundByKey.communities.nodes.flatMap((node: { needs: { blockers: object[] }[] }) =>
      node.needs.flatMap((each) => each.blockers),
    );
    expect(told.length).toBeGreaterThanOrEqual(size);
    counts.push(counter.count());
  }
  // branches that ask one loader at different moments may read once more each, whatever the number of rows
  expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(3);
  expect(counts[0]).toBeGreaterThan(8);
});

test("references of many records are read at once", async () => {
  const counter = countStatements(story.database);
  const ids = (await story.test.sql<{ id: string }>(`SELECT id FROM matching.match WHERE round_id = $1`, [roundId("r50")])).map(
    (row) => row.id,
  );
  const counts: number[] = [];
  for (const size of SIZES) {
    const r = [
      ...ids.slice(0, size).map((id) => ({ __typename: "Match", id })),
      ...[xianghe, guangfu].map((id) => ({ __typename: "Community", id })),
      { __typename: "Organisation", id: yuelin },
      { __typename: "Event", id: SALON },
      { __typename: "Region", code: HUAYANG },
    ];
    counter.reset();
    const { errors } = await ask(
      story.endpoint,
      someone.public,
      `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Match { units community { id } organisation { id } } ... on Community { needs { totalCount nodes { key } } matches { totalCount nodes { id } } }
        ... on Organisation { offers { totalCount nodes { key } } matches { totalCount nodes { id } } } ... on Event { round { key } all: rounds { key } } ... on Region { rounds { totalCount nodes { key } } } } }`,
      { r },
    );
    expect(errors).toEqual([]);
    counts.push(counter.count());
  }
  expect(new Set(counts).size).toBe(1);
});

test("a list is written, and a round matched, in a number of statements that rows hardly change", async () => {
  const counter = countStatements(story.database);
  const written: number[] = [];
  const matched: number[] = [];
  for (const size of [1, 50]) {
    const key = `w${size}`;
    await aRound(story, key, [], [offer(key, "O1", { capacity: 50 })]);
    counter.reset();
    await imported(
      story.endpoint,
      "Needs",
      Array.from({ length: size }, (_, index) => need(key, `N${index}`)),
    );
    written.push(counter.count());
    await brought(story, roundId(key), "PUBLISHED");
    counter.reset();
    expect((await run(story, someone.admin, { roundId: roundId(key) })).data.runMatching.suggested).toBe(size);
    matched.push(counter.count());
  }
  expect(written[1]).toBe(written[0]);
  expect(matched[1]).toBe(matched[0]);
});
