import { type Client, AdvanceRoundDocument, createClient, RoundDocument, RunMatchingDocument } from "../src";
import { roundReport, type Where } from "../examples/round-report";
import type { TestPlatform } from "./platform";
import { HUAYANG, ROUND, roundId, tellStory } from "./story";

let platform: TestPlatform;
let where: Where;
let officer: Client;

beforeAll(async () => {
  platform = await tellStory();
  const personToken = await platform.token("OFFICER", `region:${HUAYANG}`);
  where = {
    gatewayUrl: platform.url,
    communitiesUrl: platform.communitiesUrl,
    serviceToken: await platform.token("SERVICE", "*"),
    personToken,
  };
  officer = createClient({ url: platform.url, token: personToken });
}, 60_000);
afterAll(() => platform.close());

it("reports a round from the subgraph itself and the gateway, over HTTP", async () => {
  for (const to of ["COLLECTING", "PUBLISHED", "MATCHING"] as const) {
    const { roundByKey } = await officer.execute(RoundDocument, { key: ROUND });
    await officer.execute(AdvanceRoundDocument, { input: { id: roundId, to, expectedVersion: roundByKey?.version ?? 0 } });
  }
  await officer.execute(RunMatchingDocument, { input: { roundId } });
  const [title, counts, ...rest] = (await roundReport(ROUND, where)).split("\n");
  expect(title).toBe("华阳街道需求及资源清单 (2024, MATCHING)");
  expect(counts).toBe("2 of the 3 communities of 华阳街道 are on the list: 2 needs, 1 served");
  expect(rest).toContain("  助餐 (up to 30,000 CNY): 示例·悦邻社会工作服务中心");
  expect(rest.find((line) => line.startsWith("  医养照护"))).toContain("医疗机构执业许可证");
  expect(rest.at(-1)).toBe("Not on the list: 安公社区居委会");
});

it("needs both tokens, and a round that is there", async () => {
  await expect(roundReport("none", where)).rejects.toThrow("There is no round none");
  await expect(roundReport(ROUND, { ...where, personToken: "none" })).rejects.toMatchObject({ status: 401 });
  await expect(roundReport(ROUND, { ...where, serviceToken: "none" })).rejects.toMatchObject({ status: 401 });
});
