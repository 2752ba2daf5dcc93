import { someone } from "@gongjian/testing";
import { asking, codeOf, problemsOf } from "./answers";
import { CREATE_NEED, UPDATE_NEED, wish } from "./entry-mutations";
import { aStory, guangfu, HUAYANG, imported, need, roundId, street, wuxing, xianghe, type Who } from "./story";

const story = aStory();
const as = asking(story);

const CREATE = `mutation ($input: CreateRoundInput!) { createRound(input: $input) { __typename ... on Round { id version guestCommunities { id } region { code } } } }`;
const UPDATE = `mutation ($input: UpdateRoundInput!) { updateRound(input: $input) { __typename ... on Round { version guestCommunities { id } } } }`;
const IMPORT = `mutation ($input: ImportNeedsInput!) { importNeeds(input: $input) { ... on BulkOutcome { written rows { key status problems { field code } } } } }`;

/** A round without guests, collecting. */
async function opened(key: string, regionCode: string, more: object = {}): Promise<string> {
  const { data, errors } = await as(someone.admin, CREATE, { input: { key, regionCode, year: 2024, title: "清单", ...more } });
  expect([errors, data.createRound.__typename]).toEqual([[], "Round"]);
  await story.test.sql(`UPDATE matching.round SET state = 'COLLECTING' WHERE id = $1`, [roundId(key)]);
  return roundId(key);
}
const entering = (who: Who, key: string, communityId: string) =>
  as(who, CREATE_NEED, { input: wish(key, communityId.slice(0, 8), { communityId }) });
const OUTSIDE = ["communityId OUTSIDE_ROUND"];

describe("who enters needs into a round", () => {
  test.each([
    ["a street", HUAYANG, [xianghe, guangfu], [wuxing]],
    ["the district above", "510116", [xianghe, guangfu], [wuxing]],
    ["a zone that runs the street", "zone-tianfu", [xianghe, guangfu], [wuxing]],
    ["another district", "510112", [wuxing], [xianghe, guangfu]],
    ["the city above both", "5101", [xianghe, guangfu, wuxing], []],
  ])("of %s: the communities in it, below it or run by it", async (name, regionCode, within, beyond) => {
    const key = `of ${name}`;
    const id = await opened(key, regionCode);
    for (const community of within) expect((await entering(someone.worker(community), key, community)).data.answer.__typename).toBe("Need");
    for (const community of beyond)
      for (const who of [someone.worker(community), someone.officer(regionCode), someone.admin])
        expect(problemsOf(await entering(who, key, community))).toEqual(OUTSIDE);
    expect(await story.test.sql(`SELECT 1 FROM matching.need WHERE round_id = $1`, [id])).toHaveLength(within.length);
  });

  test("by a list as well, each row by itself, and nothing is written beside it", async () => {
    await opened("listed", HUAYANG);
    const rows = [need("listed", "in"), need("listed", "out", { communityId: wuxing })];
    const answer = await as(street, IMPORT, { input: { rows } });
    expect(answer.data.importNeeds).toEqual({
      written: false,
      rows: [
        { key: "in", status: "CREATED", problems: [] },
        { key: "out", status: "REFUSED", problems: [{ field: "communityId", code: "OUTSIDE_ROUND" }] },
      ],
    });
    expect((await as(street, IMPORT, { input: { rows, skipBadRows: true } })).data.importNeeds.written).toBe(true);
    // nor by handing over what stands there already
    const handed = await as(street, IMPORT, { input: { rows: [need("listed", "in", { communityId: wuxing })] } });
    expect(handed.data.importNeeds.rows[0].problems).toEqual([{ field: "communityId", code: "OUTSIDE_ROUND" }]);
  });

  test("a community that does not exist is unknown, not outside", async () => {
    await opened("unknown", HUAYANG);
    expect(problemsOf(await entering(street, "unknown", roundId("no community")))).toEqual(["communityId UNKNOWN_REFERENCE"]);
  });
});

describe("guests of a round", () => {
  test("enter needs until they are no longer invited; what they entered stays and can be changed", async () => {
    const id = await opened("guests", HUAYANG, { guestCommunityIds: [wuxing.toUpperCase(), wuxing] });
    const guest = someone.worker(wuxing);
    const { data } = await entering(guest, "guests", wuxing);
    expect(data.answer).toMatchObject({ __typename: "Need", community: { id: wuxing } });
    const shown = await as(someone.admin, `query ($id: ID!) { round(id: $id) { version guestCommunities { id } } }`, { id });
    expect(shown.data.round.guestCommunities).toEqual([{ id: wuxing }]);
    const input = { id, expectedVersion: shown.data.round.version, guestCommunityIds: null };
    expect(codeOf(await as(guest, UPDATE, { input }))).toBe("FORBIDDEN");
    expect((await as(street, UPDATE, { input })).data.updateRound).toMatchObject({ __typename: "Round", guestCommunities: [] });
    expect(problemsOf(await as(guest, CREATE_NEED, { input: wish("guests", "second", { communityId: wuxing }) }))).toEqual(OUTSIDE);
    const change = await as(guest, UPDATE_NEED, { input: { id: data.answer.id, expectedVersion: 1, title: "更名" } });
    expect(change.data.answer).toMatchObject({ __typename: "Need", title: "更名" });
    const again = await as(someone.admin, IMPORT, {
      input: { rows: [need("guests", wuxing.slice(0, 8), { communityId: wuxing, title: "再更名" })] },
    });
    expect(again.data.importNeeds.rows[0]).toMatchObject({ status: "UPDATED", problems: [] });
  });

  test("are communities that there are, a hundred at most", async () => {
    const make = (guestCommunityIds: string[]) =>
      as(someone.admin, CREATE, { input: { key: "strangers", regionCode: HUAYANG, year: 2024, title: "清单", guestCommunityIds } });
    expect(problemsOf(await make([wuxing, roundId("none"), "x"]))).toEqual([
      "guestCommunityIds.1 UNKNOWN_REFERENCE",
      "guestCommunityIds.2 UNKNOWN_REFERENCE",
    ]);
    expect(problemsOf(await make(Array.from({ length: 101 }, () => wuxing)))).toEqual(["guestCommunityIds TOO_MANY"]);
    const few = `UPDATE matching.round SET guest_community_ids = ARRAY(SELECT gen_random_uuid() FROM generate_series(1, 101)) WHERE id = $1`;
    await expect(story.test.sql(few, [await opened("few", HUAYANG)])).rejects.toMatchObject({ constraint: "round_guests_few" });
  });

  test("stay when a list of rounds leaves them out", async () => {
    await opened("kept", HUAYANG, { guestCommunityIds: [wuxing] });
    const row = { key: "kept", regionCode: HUAYANG, year: 2024, title: "清单二" };
    const guests = async () => (await as(someone.admin, `{ roundByKey(key: "kept") { title guestCommunities { id } } }`)).data.roundByKey;
    await imported(story.endpoint, "Rounds", [row]);
    expect(await guests()).toEqual({ title: "清单二", guestCommunities: [{ id: wuxing }] });
    await imported(story.endpoint, "Rounds", [{ ...row, guestCommunityIds: [] }]);
    expect(await guests()).toEqual({ title: "清单二", guestCommunities: [] });
  });
});
