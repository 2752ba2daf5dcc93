import * as schema from "@gongjian/entities-communities";
import { inProcessEndpoint, type SubgraphEndpoint } from "@gongjian/subgraph";
import { ask, createTestDatabase, someone, type TestDatabase } from "@gongjian/testing";
import type { Database } from "@gongjian/database";
import { communitiesSubgraph } from "../src";

export interface Story {
  test: TestDatabase;
  database: Database;
  endpoint: SubgraphEndpoint;
  logged: unknown[];
}

/** A subgraph over a database of its own, with a small piece of Chengdu: two districts, a zone that runs a street of one of them. */
export async function communitiesStory(): Promise<Story> {
  const test = await createTestDatabase({ subgraphs: [schema] as never });
  const database = await test.open("communities");
  const logged: unknown[] = [];
  const endpoint = inProcessEndpoint(communitiesSubgraph(database, {}, (entry) => logged.push(entry)));
  const regions = [
    { code: "51", name: "四川省", level: "PROVINCE", scheme: "CN_STATS" },
    { code: "5101", name: "成都市", level: "CITY", parentCode: "51", scheme: "CN_STATS" },
    { code: "510116", name: "双流区", level: "DISTRICT", parentCode: "5101", scheme: "CN_STATS" },
    { code: "510116001", name: "华阳街道", level: "STREET", parentCode: "510116", scheme: "CN_STATS" },
    { code: "510112", name: "龙泉驿区", level: "DISTRICT", parentCode: "5101", scheme: "CN_STATS" },
    { code: "510112001", name: "龙泉街道", level: "STREET", parentCode: "510112", scheme: "CN_STATS" },
    {
      code: "zone-tianfu",
      name: "四川天府新区",
      level: "DISTRICT",
      kind: "ZONE",
      parentCode: "5101",
      manages: ["510116001"],
      scheme: "GONGJIAN",
    },
  ];
  const communities = [
    { scheme: "CN_STATS", identifier: "510116001001", name: "祥鹤社区居委会", kind: "URBAN", regionCode: "510116001" },
    { scheme: "CN_STATS", identifier: "510112001001", name: "魏家街社区居委会", kind: "URBAN", regionCode: "510112001" },
    { scheme: "CN_STATS", identifier: "510112001002", name: "五星社区居委会", kind: "URBAN", regionCode: "510112001" },
    { scheme: "CN_STATS", identifier: "510116001002", name: "五星社区居委会", kind: "URBAN", regionCode: "510116001" },
  ];
  const outcome = "... on BulkOutcome { written created updated unchanged refused rows { index key status id problems { field code } } }";
  for (const [field, rows] of [
    ["Regions", regions],
    ["Communities", communities],
  ] as const) {
    const answer = await ask(
      endpoint,
      someone.admin,
      `mutation ($input: Import${field}Input!) { import${field}(input: $input) { ${outcome} } }`,
      { input: { rows } },
    );
    if (answer.errors.length > 0 || !answer.data[`import${field}`].written)
      throw new Error(`The story could not be set up: ${JSON.stringify(answer)}`);
  }
  return { test, database, endpoint, logged };
}
