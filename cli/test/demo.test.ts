import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { countStatements } from "@gongjian/database";
import { readPdf } from "@gongjian/testing";
import { askInProcess } from "../src/import/ask";
import { demoIsLoaded, loadDemo } from "../src/import/demo";
import { testPlatform, type TestPlatform } from "./platform";

const EXAMPLES = join(__dirname, "..", "..", "gateway", "graphiql", "examples");
const example = (name: string): string => readFileSync(join(EXAMPLES, name), "utf8");
let story: TestPlatform;

beforeAll(async () => {
  story = await testPlatform();
  await loadDemo(story.platform, story.database.adminUrl, () => undefined);
}, 120_000);
afterAll(() => story.close());

// biome-ignore lint/suspicious/noExplicitAny: answers are asserted on, not typed
const asPublic = async (query: string, variables: Record<string, unknown> = {}): Promise<any> => {
  const { data, errors } = await story.platform.gateway.executeOperation({ query, variables });
  expect(errors).toBeUndefined();
  return data;
};

interface Need {
  title: string;
  matches: {
    units: number;
    score: number;
    factors: { text: string }[];
    offer: { organisation: { name: string } };
    metAt: { name: string }[];
  }[];
  blockers: { text: string; unblock: string[] }[];
}

test("the printed query shows each community's needs, their offers, the reasons, and where the two sides met", async () => {
  const { roundByKey: round } = await asPublic(example("01-round.graphql"));
  expect(round).toMatchObject({ year: 2024, state: "NEGOTIATING", region: { name: "华阳街道" } });
  expect(round.communities.nodes).toHaveLength(24);
  const needs: Need[] = round.communities.nodes.flatMap((node: { needs: Need[] }) => node.needs);
  expect(needs).toHaveLength(60);
  const matched = needs.filter((need) => need.matches.length > 0);
  expect(matched).toHaveLength(54);
  for (const match of matched.flatMap((need) => need.matches)) {
    expect(match.factors).toHaveLength(6);
    expect(match.offer.organisation.name).toMatch(/^示例·/u);
    expect(match.metAt.map((event) => event.name)).toEqual([round.event.name]);
  }
  const texts = matched.flatMap((need) => need.matches.flatMap((match) => match.factors.map((factor) => factor.text)));
  expect(texts.filter((text) => /服务范围写明.*(区|街道|市)，/u.test(text)).length).toBeGreaterThan(0);
  // regions are told by their names
  const told = needs.flatMap((need) => need.blockers.flatMap((blocker) => [blocker.text, ...blocker.unblock]));
  expect([...texts, ...told].filter((text) => /(服务范围写明|服务范围（|扩大到)[0-9]/u.test(text))).toEqual([]);
  // the six that are left over by design, each with its own reason first
  const reasons = needs.filter((need) => need.matches.length === 0).map((need) => need.blockers[0]!.text);
  for (const word of ["缺少所需资质", "占用", "超出预算", "服务范围", "相差40天", "没有共同的能力"])
    expect(reasons.filter((text) => text.includes(word))).toHaveLength(1);
  for (const need of needs.filter((left) => left.matches.length === 0))
    expect(need.blockers.every((blocker) => blocker.unblock.length > 0)).toBe(true);
});

test.each(readdirSync(EXAMPLES))("the example %s answers without errors, within the public's limits", async (name) => {
  const data = await asPublic(example(name));
  expect(Object.values(data).every((value) => value !== null)).toBe(true);
});

test("the forum has the report's organisers, in order, and its participants", async () => {
  const { eventByKey: forum } = await asPublic(example("03-forum.graphql"));
  const byRole = (role: string) => forum.organisers.filter((organiser: { role: string }) => organiser.role === role);
  expect(forum.edition).toBe(7);
  expect(byRole("HOST").length).toBeGreaterThanOrEqual(7);
  expect(byRole("SUPPORTER")).toHaveLength(4);
  expect(byRole("HOST").map((host: { order: number }) => host.order)).toEqual(
    byRole("HOST").map((_host: unknown, index: number) => index + 1),
  );
});

test("a community of 18 ethnic groups and over 23,000 residents in 23 compounds", async () => {
  const { communityByIdentifier: community } = await asPublic(example("04-community.graphql"));
  expect(community.population).toMatchObject({ residents: 23_000, residentsPrecision: "OVER", compounds: 23, ethnicGroupCount: 18 });
});

test("the salon brought 24 communities and 17 organisations together, 12 of them presenting", async () => {
  const data = await asPublic(
    `{ eventByKey(key: "huayang-salon-2024") { edition round { key } sessions { kind participants { role party { __typename } } } } }`,
  );
  const parties = (kind: string, typename: string) =>
    data.eventByKey.sessions
      .find((session: { kind: string }) => session.kind === kind)
      .participants.filter((one: { party: { __typename: string } }) => one.party.__typename === typename);
  expect(data.eventByKey).toMatchObject({ edition: 5, round: { key: "huayang-2024" } });
  expect(parties("NEGOTIATION", "Community")).toHaveLength(24);
  expect(parties("NEGOTIATION", "Organisation")).toHaveLength(17);
  expect(parties("PRESENTATION", "Organisation")).toHaveLength(12);
});

test("the edges between the subgraphs go both ways", async () => {
  const data = await asPublic(`{
    roundByKey(key: "huayang-2024") { event { round { key } rounds { key } } region { rounds { nodes { key } } events { nodes { key } } }
      needs(first: 1) { nodes { community { needs { nodes { id } } matches { nodes { id } } events { nodes { key } } } } }
      offers(first: 1) { nodes { organisation { offers { nodes { id } } matches { nodes { id } } events { nodes { key } } } } } }
  }`);
  const { event, region, needs, offers } = data.roundByKey;
  expect(event.round.key).toBe("huayang-2024");
  expect(event.rounds).toEqual([{ key: "huayang-2024" }]);
  expect(region.rounds.nodes).toEqual([{ key: "huayang-2024" }]);
  expect(region.events.nodes.map((node: { key: string }) => node.key)).toContain("huayang-salon-2024");
  for (const party of [needs.nodes[0].community, offers.nodes[0].organisation]) {
    expect((party.needs ?? party.offers).nodes.length).toBeGreaterThan(0);
    expect(party.events.nodes.map((node: { key: string }) => node.key)).toContain("huayang-salon-2024");
  }
});

test("the number of statements does not grow with the rows, over all three databases", async () => {
  const counters = [...story.platform.databases.values()].map(countStatements);
  const query = `query ($first: Int!) { roundByKey(key: "huayang-2024") { needs(first: $first) { nodes { title community { name region { name } } matches { score offer { title organisation { name } } metAt { name } } blockers { text } } } } }`;
  const counts: number[] = [];
  for (const first of [5, 20, 60]) {
    for (const counter of counters) counter.reset();
    await asPublic(query, { first });
    counts.push(counters.reduce((sum, counter) => sum + counter.count(), 0));
  }
  expect(new Set(counts).size).toBe(1);
  expect(counts[0]).toBeLessThan(20);
});

test("a community's service contact card is a PDF at the door, and what is no community has none", async () => {
  const base = await story.platform.gateway.listen(0);
  const { communityByIdentifier: community } = await asPublic('{ communityByIdentifier(scheme: CN_STATS, value: "510107009004") { id } }');
  const answer = await fetch(`${base}/cards/${community.id}.pdf`);
  expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "application/pdf"]);
  const { texts } = readPdf(Buffer.from(await answer.arrayBuffer()));
  for (const service of ["吉福社区居委会", "劳动就业服务", "心理咨询", "职业培训"]) expect(texts.join("")).toContain(service);
  const json = await fetch(`${base}/cards/${community.id}.json`);
  expect(json.headers.get("content-type")).toBe("application/json; charset=utf-8");
  const { serviceContactCard } = (await json.json()) as { serviceContactCard: { contacts: { title: string }[] } };
  expect(serviceContactCard.contacts.map(({ title }) => title)).toContain("心理咨询");
  for (const path of ["/cards/00000000-0000-4000-8000-000000000000.pdf", "/cards/x.pdf", "/cards/..%2f"])
    expect((await fetch(`${base}${path}`)).status).toBe(404);
});

test("loading the demo again changes nothing", async () => {
  expect(await demoIsLoaded(story.platform)).toBe(true);
  const ask = askInProcess(story.platform);
  const state = `{ roundByKey(key: "huayang-2024") { version matchedAt state } }`;
  const before = await ask(state, {});
  const lines: string[] = [];
  await loadDemo(story.platform, story.database.adminUrl, (line) => lines.push(line));
  expect(lines.filter((line) => !/: 0 created, 0 updated/u.test(line))).toEqual([]);
  expect(await ask(state, {})).toEqual(before);
}, 60_000);
