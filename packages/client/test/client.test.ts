import {
  type Client,
  ClientError,
  CommunitiesDocument,
  CommunityProfileDocument,
  createClient,
  EventProgrammeDocument,
  EventsDocument,
  eachNode,
  OrganisationsDocument,
  ResolveNamesDocument,
  RoundDocument,
  RoundNeedsDocument,
  RoundOffersDocument,
  RoundsDocument,
  SearchPlacesDocument,
  UpdateCommunityDocument,
} from "../src";
import type { TestPlatform } from "./platform";
import { HUAYANG, ROUND, salonId, tellStory, xianghe, yuelin } from "./story";

let platform: TestPlatform;
let client: Client;

beforeAll(async () => {
  platform = await tellStory();
  // an event is public, a round once it is published: the officer sees both
  client = createClient({ url: platform.url, token: await platform.token("OFFICER", `region:${HUAYANG}`) });
}, 60_000);
afterAll(() => platform.close());

const failing = (work: Promise<unknown>): Promise<ClientError> =>
  work.then(
    () => Promise.reject(new Error("It should have failed")),
    (error: unknown) => (error instanceof ClientError ? error : Promise.reject(error as Error)),
  );
const codesOf = ({ errors }: ClientError) => errors.map(({ code }) => code);

describe("queries", () => {
  it("a round, with its communities' needs", async () => {
    const { roundByKey } = await client.execute(RoundDocument, { key: ROUND });
    expect(roundByKey).toMatchObject({ year: 2024, state: "DRAFT", region: { code: HUAYANG }, event: { id: salonId } });
    expect(roundByKey?.communities.nodes.map(({ community, needs }) => [community?.name, needs.map(({ title }) => title)])).toEqual(
      expect.arrayContaining([
        ["祥鹤社区居委会", ["助餐"]],
        ["广福社区居委会", ["医养照护"]],
      ]),
    );
  });

  it("its offers and its needs, and rounds", async () => {
    const { roundByKey: offering } = await client.execute(RoundOffersDocument, { key: ROUND });
    expect(offering?.offers.nodes).toMatchObject([
      { title: "老年助餐", price: 20_000_00, organisation: { id: yuelin, illustrative: true } },
    ]);
    const { roundByKey: needing } = await client.execute(RoundNeedsDocument, { key: ROUND, orderBy: "TITLE_ASC" });
    expect([needing?.needs.totalCount, needing?.needs.nodes.length]).toEqual([2, 2]);
    expect((await client.execute(RoundsDocument, { filter: { within: HUAYANG, year: 2024 } })).rounds.nodes).toMatchObject([
      { key: ROUND },
    ]);
    expect((await client.execute(RoundDocument, { key: "none" })).roundByKey).toBeNull();
  });

  it("places by pinyin, and what a written name stands for", async () => {
    const { searchPlaces } = await client.execute(SearchPlacesDocument, { text: "xianghe" });
    expect(searchPlaces[0]).toEqual({ __typename: "Community", id: xianghe, name: "祥鹤社区居委会", region: { name: "华阳街道" } });
    const references = [{ kind: "COMMUNITY" as const, text: "祥鶴社區", within: "华阳街道" }];
    expect((await client.execute(ResolveNamesDocument, { references })).resolveNames).toMatchObject([{ id: xianghe }]);
  });

  it("a community's profile across two subgraphs", async () => {
    const { community } = await client.execute(CommunityProfileDocument, { id: xianghe });
    expect(community).toMatchObject({
      region: { code: HUAYANG, parent: { code: "510116" } },
      population: { residents: 23_000, residentsPrecision: "OVER" },
      events: { nodes: [{ key: "salon-2024" }] },
    });
  });

  it("an event with its organisers and sessions, and lists", async () => {
    const { event } = await client.execute(EventProgrammeDocument, { id: salonId });
    expect(event?.organisers.map(({ role, party }) => [role, party?.__typename, party?.name])).toEqual([
      ["HOST", "Community", "祥鹤社区居委会"],
      ["SUPPORTER", "Organisation", "示例·悦邻社会工作服务中心"],
    ]);
    expect(event?.sessions).toMatchObject([{ title: "清单发布", participants: [{ role: "PRESENTER" }, { role: "PARTICIPANT" }] }]);
    expect((await client.execute(EventsDocument)).events).toMatchObject({ totalCount: 1, nodes: [{ id: salonId }] });
    expect((await client.execute(OrganisationsDocument, {})).organisations).toMatchObject({ totalCount: 1, nodes: [{ id: yuelin }] });
  });
});

describe("paging", () => {
  it("goes through all pages, each record once, in order", async () => {
    const names: string[] = [];
    let pages = 0;
    const counting: Client = {
      execute: (...args) => {
        pages++;
        return client.execute(...args);
      },
    };
    for await (const { name } of eachNode(counting, CommunitiesDocument, { first: 2, orderBy: "NAME_ASC" }, (answer) => answer.communities))
      names.push(name);
    expect([new Set(names).size, names.length, pages]).toEqual([3, 3, 2]);
    const { communities } = await client.execute(CommunitiesDocument, { first: 3, orderBy: "NAME_ASC" });
    expect(names).toEqual(communities.nodes.map(({ name }) => name));
  });

  it("asks for no page that nobody reads, and ends where there is no list", async () => {
    let asked = 0;
    const counting = createClient({
      url: platform.url,
      fetch: (...args) => {
        asked++;
        return fetch(...args);
      },
    });
    for await (const { name } of eachNode(counting, CommunitiesDocument, { first: 1 }, (answer) => answer.communities)) {
      expect(name).not.toBe("");
      break;
    }
    expect(asked).toBe(1);
    const none = eachNode(counting, RoundDocument, { key: "none" }, (answer) => answer.roundByKey?.communities);
    expect((await none.next()).done).toBe(true);
  });

  it("does not go round in circles", async () => {
    const page = { nodes: [1], pageInfo: { hasNextPage: true, endCursor: "here" } };
    const stuck: Client = { execute: async () => ({}) as never };
    const list = eachNode(stuck, CommunitiesDocument, { first: 1 }, () => page);
    await list.next();
    await list.next();
    await expect(list.next()).rejects.toThrow("not from where");
  });
});

describe("errors", () => {
  const input = { id: xianghe, expectedVersion: 1, traits: ["x"] };

  it("of people who may not", async () => {
    const stranger = await failing(createClient({ url: platform.url }).execute(UpdateCommunityDocument, { input }));
    expect([stranger.status, codesOf(stranger), stranger.errors[0]?.path]).toEqual([200, ["UNAUTHENTICATED"], ["updateCommunity"]]);
    const resident = createClient({ url: platform.url, token: await platform.token("RESIDENT", `region:${HUAYANG}`) });
    expect((await failing(resident.execute(UpdateCommunityDocument, { input }))).has("FORBIDDEN")).toBe(true);
    const forged = await failing(createClient({ url: platform.url, token: "x.y.z" }).execute(CommunitiesDocument));
    expect([forged.status, codesOf(forged), forged.message]).toEqual([
      401,
      ["UNAUTHENTICATED"],
      "UNAUTHENTICATED: The credential is not valid",
    ]);
  });

  it("of input, with the part of the answer that there is", async () => {
    const partly = await failing(client.execute(CommunityProfileDocument, { id: xianghe, events: 101 }));
    expect([codesOf(partly), partly.errors[0]?.path]).toEqual([["PAGE_SIZE_INVALID"], ["community", "events"]]);
    expect(partly.data).toMatchObject({ community: { name: "祥鹤社区居委会", events: null } });
    expect(codesOf(await failing(client.execute(CommunitiesDocument, { after: "elsewhere" })))).toEqual(["CURSOR_INVALID"]);
    const endless = await failing(client.execute(CommunitiesDocument, { first: 1_000_000_000 }));
    expect([codesOf(endless), endless.data]).toEqual([["PAGE_SIZE_INVALID"], null]);
    const missing = await failing(client.execute(CommunityProfileDocument, {} as never));
    expect([missing.status, codesOf(missing)]).toEqual([400, ["BAD_USER_INPUT"]]);
  });
});

describe("what is sent along", () => {
  it("a token from a function, asked anew for each request", async () => {
    const officer = `region:${HUAYANG}`;
    const tokens = ["expired", await platform.token("OFFICER", officer), await platform.token("OFFICER", officer)];
    const renewing = createClient({ url: platform.url, token: async () => tokens.shift() ?? "" });
    expect((await failing(renewing.execute(RoundDocument, { key: ROUND }))).has("UNAUTHENTICATED")).toBe(true);
    expect((await renewing.execute(RoundDocument, { key: ROUND })).roundByKey).not.toBeNull();
    expect((await renewing.execute(RoundDocument, { key: ROUND })).roundByKey).not.toBeNull();
    expect(tokens).toEqual([]);
    // without one it is the public that asks, for whom a draft is not there
    expect((await renewing.execute(RoundDocument, { key: ROUND })).roundByKey).toBeNull();
    const broken = createClient({ url: platform.url, token: () => Promise.reject(new TypeError("no token")) });
    await expect(broken.execute(CommunitiesDocument)).rejects.toThrow("no token");
  });

  it.each([
    ["zh-Hant", "華陽街道"],
    ["zh-Hans", "华阳街道"],
  ] as const)("the script %s", async (script, name) => {
    const answer = await createClient({ url: platform.url, script }).execute(CommunityProfileDocument, { id: xianghe });
    expect([answer.community?.region?.name, answer.community?.region?.officialName]).toEqual([name, "华阳街道"]);
  });
});

it("asks a subgraph itself, with a service's token", async () => {
  const url = platform.communitiesUrl;
  const { communities } = await createClient({ url, token: await platform.token("SERVICE", "*") }).execute(CommunitiesDocument);
  expect(communities.totalCount).toBe(3);
  const without = await failing(createClient({ url }).execute(CommunitiesDocument));
  expect([without.status, codesOf(without)]).toEqual([401, ["UNAUTHENTICATED"]]);
});
