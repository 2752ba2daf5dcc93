import { someone } from "@gongjian/testing";
import { asking } from "./answers";
import { aRound, aStory, brought, HUAYANG, need, offer, roundId, SALON, street, wuxing, xianghe, yuelin, type Who } from "./story";

const story = aStory();
const as = asking(story);

describe("who sees a round before it is published", () => {
  const sees = async (who: Who, key: string) => {
    const id = roundId(key);
    const { data, errors } = await as(
      who,
      `query ($id: ID!, $key: String!, $r: [_Any!]!) { round(id: $id) { key } roundByKey(key: $key) { key needs { totalCount } offers { totalCount } communities { nodes { community { id } } } }
        rounds(filter: { within: "${HUAYANG}", year: 2031 }) { totalCount nodes { key } }
        _entities(representations: $r) { ... on Round { key } ... on Region { rounds { nodes { key } } } ... on Event { round { key } all: rounds { key } } } }`,
      {
        id,
        key,
        r: [
          { __typename: "Round", id },
          { __typename: "Region", code: HUAYANG },
          { __typename: "Event", id: SALON },
        ],
      },
    );
    expect(errors).toEqual([]);
    const listed = (nodes: { key: string }[]) => nodes.some((node) => node.key === key);
    const [entity, region, event] = data._entities;
    const answers = [
      data.round !== null,
      data.roundByKey !== null,
      listed(data.rounds.nodes),
      entity !== null,
      listed(region.rounds.nodes),
      listed(event.all),
    ];
    expect(new Set(answers).size).toBe(1);
    return answers[0];
  };

  beforeAll(async () => {
    await aRound(story, "hidden", [need("hidden", "hidden-need")], [offer("hidden", "hidden-offer")]);
    await story.test.sql(`UPDATE matching.round SET year = 2031 WHERE key = 'hidden'`);
  });

  test.each<[string, Who, boolean]>([
    ["an officer of the street", street, true],
    ["an officer of the city", someone.officer("5101"), true],
    ["an officer of the zone that runs the street", someone.officer("zone-tianfu"), true],
    ["an auditor", someone.auditor, true],
    ["an administrator", someone.admin, true],
    ["the public", someone.public, false],
    ["a resident", someone.resident(xianghe), false],
    ["an officer of another district", someone.officer("510112"), false],
    ["a worker of a community", someone.worker(wuxing), false],
  ])("%s, or not", async (_name, who, expected) => {
    expect(await sees(who, "hidden")).toBe(expected);
  });

  test("those who are called to contribute see it while it is collected", async () => {
    await aRound(story, "calling");
    await story.test.sql(`UPDATE matching.round SET year = 2031 WHERE key = 'calling'`);
    await brought(story, roundId("calling"), "COLLECTING");
    expect(await sees(someone.worker(wuxing), "calling")).toBe(true);
    expect(await sees(someone.representative(yuelin), "calling")).toBe(true);
    expect(await sees(someone.resident(xianghe), "calling")).toBe(false);
    expect(await sees(someone.public, "calling")).toBe(false);
  });

  test("those who enter needs and offers see their own, and nobody else's", async () => {
    const READ = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Community { needs(first: 100) { nodes { key } } } ... on Organisation { offers(first: 100) { nodes { key } } } } }`;
    const r = [
      { __typename: "Community", id: xianghe },
      { __typename: "Organisation", id: yuelin },
    ];
    const visible = async (who: Who) => {
      const { data, errors } = await as(who, READ, { r });
      expect(errors).toEqual([]);
      return [data._entities[0].needs.nodes, data._entities[1].offers.nodes].map((nodes) =>
        nodes.some((node: { key: string | null }) => node.key?.startsWith("hidden")),
      );
    };
    expect(await visible(someone.worker(xianghe))).toEqual([true, false]);
    expect(await visible(someone.worker(wuxing))).toEqual([false, false]);
    expect(await visible(someone.representative(yuelin))).toEqual([false, true]);
    expect(await visible(someone.public)).toEqual([false, false]);
    expect(await visible(street)).toEqual([true, true]);
  });

  test("everybody sees it once it is published", async () => {
    await brought(story, roundId("hidden"), "PUBLISHED");
    expect(await sees(someone.public, "hidden")).toBe(true);
  });
});
