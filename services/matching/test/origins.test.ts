import { stableId } from "@gongjian/database";
import { someone } from "@gongjian/testing";
import { asking, codeOf, problemsOf } from "./answers";
import { CREATE_NEED, UPDATE_NEED, wish } from "./entry-mutations";
import { aRound, aStory, brought, guangfu, imported, need, offer, street, xianghe } from "./story";

const story = aStory();
const as = asking(story);

const told = stableId("suggestion", "told");
const kept = stableId("suggestion", "kept");
const nobody = stableId("suggestion", "nobody");
const suggestion = (key: string, published: boolean) => ({
  key,
  communityId: xianghe,
  title: `建议${key}`,
  body: "希望工作日有人给老人送午餐。",
  topic: "ELDERLY_CARE",
  channel: "ONLINE",
  raisedOn: "2024-02-26",
  published,
});
const ORIGIN = `query ($id: ID!) { need(id: $id) { originSuggestion { id } } }`;
const GROWN = `query ($of: [_Any!]!, $first: Int, $after: String) { _entities(representations: $of) { ... on Suggestion {
  needs(first: $first, after: $after) { totalCount pageInfo { hasNextPage endCursor } nodes { key } } } } }`;
const grownFrom = async (who: Parameters<typeof as>[0], id: string, more: object = {}) =>
  (await as(who, GROWN, { of: [{ __typename: "Suggestion", id }], ...more })).data._entities[0].needs;
const IMPORT = `mutation ($input: ImportNeedsInput!) { importNeeds(input: $input) { ... on BulkOutcome { written rows { key status problems { field code } } } } }`;
const UNKNOWN = ["originSuggestionId UNKNOWN_REFERENCE"];

beforeAll(async () => {
  await imported(story.peers.communities!, "Suggestions", [suggestion("told", true), suggestion("kept", false)]);
  await aRound(story, "open");
  await brought(story, stableId("round", "open"), "COLLECTING");
});

describe("a need grows from a suggestion", () => {
  test("that its writer may see; one that is hidden is as good as none", async () => {
    const { data, errors } = await as(someone.worker(xianghe), CREATE_NEED, {
      input: wish("open", "N1", { originSuggestionId: kept.toUpperCase() }),
    });
    expect([errors, data.answer.__typename]).toEqual([[], "Need"]);
    for (const [who, communityId, id] of [
      [someone.worker(guangfu), guangfu, kept],
      [someone.worker(guangfu), guangfu, nobody],
      [street, xianghe, nobody],
      [street, xianghe, "no id"],
    ] as const)
      expect(problemsOf(await as(who, CREATE_NEED, { input: wish("open", "X", { communityId, originSuggestionId: id }) }))).toEqual(
        UNKNOWN,
      );
    const rows = [need("open", "L1", { originSuggestionId: told }), need("open", "L2", { originSuggestionId: nobody })];
    const listed = await as(street, IMPORT, { input: { rows } });
    expect(listed.data.importNeeds).toEqual({
      written: false,
      rows: [
        { key: "L1", status: "CREATED", problems: [] },
        { key: "L2", status: "REFUSED", problems: [{ field: "originSuggestionId", code: "UNKNOWN_REFERENCE" }] },
      ],
    });
  });

  test("which can be said later, taken back, and is left when not spoken of", async () => {
    const created = await as(street, CREATE_NEED, { input: wish("open", "N2") });
    const { id } = created.data.answer;
    const change = async (expectedVersion: number, more: object) => as(street, UPDATE_NEED, { input: { id, expectedVersion, ...more } });
    const origin = async () => (await as(street, ORIGIN, { id })).data.need.originSuggestion;
    expect(problemsOf(await change(1, { originSuggestionId: nobody }))).toEqual(UNKNOWN);
    expect((await change(1, { originSuggestionId: told })).data.answer.version).toBe(2);
    expect((await change(2, { title: "另名" })).data.answer.version).toBe(3);
    expect(await origin()).toEqual({ id: told });
    expect((await change(3, { originSuggestionId: null })).data.answer.version).toBe(4);
    expect(await origin()).toBeNull();
  });

  test("and shows it only to whoever may see it", async () => {
    const round = await aRound(story, "shown", [need("shown", "S1", { originSuggestionId: kept })], [offer("shown", "O1")]);
    const id = stableId("need", `${round}:S1`);
    await brought(story, round, "PUBLISHED");
    expect((await as(someone.worker(xianghe), ORIGIN, { id })).data.need).toEqual({ originSuggestion: { id: kept } });
    expect((await as(someone.public, ORIGIN, { id })).data.need).toEqual({ originSuggestion: null });
  });

  test("and cannot be said while communities does not answer: nothing is written", async () => {
    const { communities } = story.peers;
    story.peers.communities = { ...communities!, execute: () => Promise.resolve({ data: null, errors: [{ message: "away" }] as never }) };
    try {
      const answer = await as(street, UPDATE_NEED, {
        input: { id: stableId("need", `${stableId("round", "open")}:N1`), expectedVersion: 1, originSuggestionId: told },
      });
      expect(codeOf(answer)).toBe("PEER_UNAVAILABLE");
    } finally {
      story.peers.communities = communities!;
    }
  });
});

describe("the way back", () => {
  test("from a suggestion to its needs and their matches, page by page, as far as the viewer may see", async () => {
    const rows = ["W1", "W2", "W3"].map((key) => need("way", key, { originSuggestionId: told }));
    const id = await aRound(story, "way", rows, [offer("way", "O1")]);
    expect((await grownFrom(someone.public, told)).nodes).toEqual([]);
    expect((await grownFrom(someone.public, "no id")) ?? null).toBeNull();
    await brought(story, id, "NEGOTIATING");
    const page = await grownFrom(someone.public, told, { first: 2 });
    expect(page).toMatchObject({ totalCount: 3, pageInfo: { hasNextPage: true }, nodes: [{ key: "W1" }, { key: "W2" }] });
    expect((await grownFrom(someone.public, told, { first: 2, after: page.pageInfo.endCursor })).nodes).toEqual([{ key: "W3" }]);
    const LINEAGE = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Suggestion { needs { nodes { key matches { state offer { organisation { id } } } } } } } }`;
    const { data } = await as(someone.public, LINEAGE, { of: [{ __typename: "Suggestion", id: told }] });
    const served = data._entities[0].needs.nodes.flatMap(({ matches }: { matches: object[] }) => matches);
    expect(served).toEqual([{ state: "SUGGESTED", offer: { organisation: { id: stableId("organisation", "yuelin") } } }]);
  });
});
