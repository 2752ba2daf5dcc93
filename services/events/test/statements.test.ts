import { countStatements } from "@gongjian/database";
import { ask, someone } from "@gongjian/testing";
import { bridge, eventsStory, imported, office, SALON, weijia, xianghe, type Story } from "./story";

let story: Story;
beforeAll(async () => {
  story = await eventsStory();
  const keys = Array.from({ length: 50 }, (_, index) => `e${index}`);
  const { endpoint } = story;
  await imported(
    endpoint,
    "EventSeries",
    keys.map((key) => ({ key, name: key })),
  );
  await imported(
    endpoint,
    "Events",
    keys.map((key, index) => ({ ...SALON, key, seriesKey: key, edition: index + 1 })),
  );
  await imported(
    endpoint,
    "Organisers",
    keys.flatMap((eventKey) => [
      { eventKey, role: "HOST", partyKind: "COMMUNITY", partyId: xianghe },
      { eventKey, role: "HOST", partyKind: "ORGANISATION", partyId: office },
    ]),
  );
  await imported(
    endpoint,
    "Sessions",
    keys.map((key) => ({ key, eventKey: key, title: key, kind: "OTHER" })),
  );
  await imported(
    endpoint,
    "Participants",
    keys.map((sessionKey) => ({ sessionKey, role: "PARTICIPANT", partyKind: "ORGANISATION", partyId: bridge })),
  );
}, 60_000);
afterAll(() => story.test.close());

const EVERYTHING = `{ key region { events(first: 2) { totalCount nodes { key } } } series { key events(first: 1) { totalCount nodes { key } } }
  organisers { event { key } party { ... on Community { events(first: 1) { totalCount nodes { key } } } ... on Organisation { events(first: 1) { nodes { key } } } } }
  sessions { event { key } participants { session { key } party { __typename ... on Organisation { events(first: 1) { nodes { key } } } } } } }`;

test.each([
  ["the public", someone.public],
  ["an officer", someone.officer("510116")],
])("statements do not grow with rows, for %s", async (_name, who) => {
  const counter = countStatements(story.database);
  const counts: number[] = [];
  for (const first of [1, 10, 50]) {
    counter.reset();
    const { data, errors } = await ask(
      story.endpoint,
      who,
      `query ($first: Int) { events(first: $first) { totalCount nodes ${EVERYTHING} } }`,
      { first },
    );
    expect(errors).toEqual([]);
    expect(data.events.nodes).toHaveLength(first);
    expect(data.events.nodes[0].sessions[0].participants[0].party.events.nodes).toHaveLength(1);
    counts.push(counter.count());
  }
  expect(counts[1]).toBe(counts[0]);
  expect(counts[2]).toBe(counts[0]);
  expect(counts[0]).toBeGreaterThan(8);
});

test("a list is written in a number of statements that its rows hardly change", async () => {
  const counter = countStatements(story.database);
  const counts: number[] = [];
  for (const many of [1, 50]) {
    const rows = Array.from({ length: many }, (_, index) => ({
      sessionKey: `e${index}`,
      role: "SPEAKER",
      partyKind: "COMMUNITY",
      partyId: weijia,
    }));
    counter.reset();
    await imported(story.endpoint, "Participants", rows, { keepOthers: true });
    counts.push(counter.count());
  }
  expect(counts[1]).toBe(counts[0]);
});
