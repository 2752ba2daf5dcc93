import { countStatements, schemaDrift } from "@gongjian/database";
import { stableId } from "@gongjian/database";
import { ask, someone } from "@gongjian/testing";
import { communitiesStory, type Story } from "./story";

let story: Story;
const xianghe = stableId("community", "CN_STATS:510116001001");

beforeAll(async () => {
  story = await communitiesStory();
}, 60_000);
afterAll(() => story.test.close());

const as = (who: Parameters<typeof ask>[1], query: string, variables?: Record<string, unknown>, script?: "zh-Hans" | "zh-Hant") =>
  ask(story.endpoint, who, query, variables, script);
const asPublic = (query: string, variables?: Record<string, unknown>, script?: "zh-Hans" | "zh-Hant") =>
  as(someone.public, query, variables, script);

test("the migrated schema is what the entities say", async () => {
  expect(await schemaDrift(story.database.dataSource)).toEqual([]);
});

describe("reading", () => {
  test("a region shows its parent, children, managers and scopes", async () => {
    const { data, errors } = await asPublic(
      `{ region(code: "510116001") { name level parent { code parent { code } } managedBy { code name manages { code } } scopeCodes communities { totalCount nodes { name } } } }`,
    );
    expect(errors).toEqual([]);
    expect(data.region).toEqual({
      name: "华阳街道",
      level: "STREET",
      parent: { code: "510116", parent: { code: "5101" } },
      managedBy: [{ code: "zone-tianfu", name: "四川天府新区", manages: [{ code: "510116001" }] }],
      scopeCodes: ["51", "5101", "510116", "510116001", "zone-tianfu"],
      communities: { totalCount: 2, nodes: [{ name: "五星社区居委会" }, { name: "祥鹤社区居委会" }] },
    });
  });

  test("communities within a zone are those that it manages", async () => {
    const { data } = await asPublic(`{ communities(filter: { within: "zone-tianfu" }) { nodes { name region { code } } } }`);
    expect(data.communities.nodes).toEqual([
      { name: "五星社区居委会", region: { code: "510116001" } },
      { name: "祥鹤社区居委会", region: { code: "510116001" } },
    ]);
  });

  test("pages walk the whole list once, in both directions", async () => {
    for (const orderBy of ["NAME_ASC", "NAME_DESC"]) {
      const seen: string[] = [];
      let after: string | null = null;
      for (;;) {
        const { data, errors } = await asPublic(
          `query ($after: String, $orderBy: CommunityOrder) { communities(first: 1, after: $after, orderBy: $orderBy) { totalCount nodes { id name } pageInfo { hasNextPage hasPreviousPage endCursor } } }`,
          { after, orderBy },
        );
        expect(errors).toEqual([]);
        expect(data.communities.totalCount).toBe(4);
        expect(data.communities.pageInfo.hasPreviousPage).toBe(after !== null);
        seen.push(data.communities.nodes[0].id);
        if (!data.communities.pageInfo.hasNextPage) break;
        after = data.communities.pageInfo.endCursor;
      }
      expect(new Set(seen).size).toBe(4);
    }
  });

  test.each([
    [
      "a cursor of another list",
      { after: Buffer.from(JSON.stringify(["regions:CODE_ASC", "51"])).toString("base64url") },
      "CURSOR_INVALID",
    ],
    [
      "a cursor in another order",
      { after: Buffer.from(JSON.stringify(["communities:NAME_DESC", "a", xianghe])).toString("base64url") },
      "CURSOR_INVALID",
    ],
    [
      "a cursor with a malformed id",
      { after: Buffer.from(JSON.stringify(["communities:NAME_ASC", "a", "x"])).toString("base64url") },
      "CURSOR_INVALID",
    ],
    ["no cursor at all", { after: "%%%" }, "CURSOR_INVALID"],
    ["a page of nothing", { first: 0 }, "PAGE_SIZE_INVALID"],
    ["a page of everything", { first: 1_000_000_000 }, "PAGE_SIZE_INVALID"],
    ["a negative page", { first: -1 }, "PAGE_SIZE_INVALID"],
  ])("%s is refused", async (_name, variables, code) => {
    const { data, errors } = await asPublic(
      `query ($first: Int, $after: String) { communities(first: $first, after: $after) { nodes { id } } }`,
      variables,
    );
    expect(data).toBeNull();
    expect(errors[0]?.extensions.code).toBe(code);
  });

  test("a missing id is no record, and a malformed one is told", async () => {
    const missing = await asPublic(`{ community(id: "00000000-0000-4000-8000-000000000000") { id } }`);
    expect(missing).toEqual({ data: { community: null }, errors: [] });
    const malformed = await asPublic(`{ a: community(id: "x'; --") { id } b: organisation(id: "\\u0000") { id } }`);
    expect(malformed.data).toEqual({ a: null, b: null });
    for (const error of malformed.errors)
      expect(error.extensions).toMatchObject({ code: "BAD_USER_INPUT", problems: [{ field: "id", code: "MALFORMED" }] });
    expect(malformed.errors).toHaveLength(2);
  });

  test("entities are found again, and missing ones are null", async () => {
    const { data, errors } = await asPublic(
      `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Community { name } ... on Region { name } } }`,
      {
        r: [
          { __typename: "Community", id: xianghe },
          { __typename: "Community", id: "nonsense" },
          { __typename: "Region", code: "5101" },
        ],
      },
    );
    expect({ data, errors }).toEqual({ data: { _entities: [{ name: "祥鹤社区居委会" }, null, { name: "成都市" }] }, errors: [] });
  });

  test("text is answered in the script asked for, official names in their own", async () => {
    const { data } = await asPublic(`{ region(code: "510112") { name officialName } }`, {}, "zh-Hant");
    expect(data.region).toEqual({ name: "龍泉驛區", officialName: "龙泉驿区" });
  });

  test("statements do not grow with rows", async () => {
    const counter = countStatements(story.database);
    const counts: number[] = [];
    for (const first of [1, 4]) {
      counter.reset();
      await asPublic(
        `query ($first: Int) { communities(first: $first) { nodes { name region { name parent { name } managedBy { code } communities(first: 3) { totalCount nodes { id } } } population { residents } } } }`,
        { first },
      );
      counts.push(counter.count());
    }
    expect(counts[1]).toBe(counts[0]);
    expect(counts[0]).toBeGreaterThan(3);
  });

  it("settles many names of many places with as many statements as one, and none of a path that is no name", async () => {
    const counter = countStatements(story.database);
    const counts: number[] = [];
    for (const many of [1, 300]) {
      counter.reset();
      const references = Array.from({ length: many }, (_, at) => ({ kind: "COMMUNITY", text: `某${at}社区`, within: `第${at}区` }));
      await asPublic("query ($references: [NameReference!]!) { resolveNames(references: $references) { id } }", { references });
      counts.push(counter.count());
    }
    expect(counts[1]).toBe(counts[0]);
    const references = [{ kind: "COMMUNITY", text: "祥鹤社区", within: "甲".repeat(300_000) }];
    const { data } = await asPublic("query ($references: [NameReference!]!) { resolveNames(references: $references) { id } }", {
      references,
    });
    expect(data.resolveNames).toEqual([{ id: null }]);
  });
});

describe("search", () => {
  test.each(["龙泉驿", "龍泉驛", "longquanyi", "lqy", "Longquan", "龙泉"])("finds 龙泉驿区 by %s", async (text) => {
    const { data, errors } = await asPublic(`query ($text: String!) { searchPlaces(text: $text) { __typename ... on Region { code } } }`, {
      text,
    });
    expect(errors).toEqual([]);
    expect(data.searchPlaces).toContainEqual({ __typename: "Region", code: "510112" });
  });

  test.each([
    ["searchPlaces(text: $text) { __typename }", "text"],
    ["communities(filter: { search: $text }) { totalCount }", "search"],
    ["regions(filter: { search: $text }) { totalCount }", "search"],
    ["organisations(filter: { search: $text }) { totalCount }", "search"],
  ])("a text that nothing stored can hold is refused: %s", async (list, field) => {
    for (const text of ["祥\u0000鹤", "\ud800", `${"a".repeat(200)}\u0000`]) {
      const { errors } = await asPublic(`query ($text: String!) { ${list} }`, { text });
      const problems = [{ field, code: "INVALID_CHARACTER", message: expect.any(String) }];
      expect(errors[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", problems });
    }
  });

  test.each(["'", "\\", "a' | 'b", "!!!", "(", ":*", "&", "龙'泉", "10,000 letters"])("any text is only text: %j", async (given) => {
    const text = given === "10,000 letters" ? "a".repeat(10_000) : given;
    const { errors } = await asPublic(
      `query ($text: String!) { searchPlaces(text: $text) { __typename } communities(filter: { search: $text }) { totalCount } }`,
      { text },
    );
    expect(errors).toEqual([]);
  });

  test("names of a list are settled by the place they stand in", async () => {
    const { data, errors } = await asPublic(
      `query ($references: [NameReference!]!) { resolveNames(references: $references) { id candidates { __typename } } }`,
      {
        references: [
          { kind: "COMMUNITY", text: "五星社区" },
          { kind: "COMMUNITY", text: "五星社区", within: "龙泉驿区龙泉街道" },
          { kind: "COMMUNITY", text: "五星", within: "成都市/双流区/华阳街道" },
          { kind: "COMMUNITY", text: "五星社區居委會", within: "510112001" },
          { kind: "COMMUNITY", text: "五星社区", within: "zone-tianfu" },
          { kind: "COMMUNITY", text: "五星社区", within: "没有的地方" },
          { kind: "REGION", text: "龙泉驿区" },
          { kind: "COMMUNITY", text: "510116001001" },
        ],
      },
    );
    expect(errors).toEqual([]);
    expect(data.resolveNames.map((r: { id: string | null; candidates: unknown[] }) => [r.id, r.candidates.length])).toEqual([
      [null, 2],
      [stableId("community", "CN_STATS:510112001002"), 1],
      [stableId("community", "CN_STATS:510116001002"), 1],
      [stableId("community", "CN_STATS:510112001002"), 1],
      [stableId("community", "CN_STATS:510116001002"), 1],
      [null, 0],
      ["510112", 1],
      [xianghe, 1],
    ]);
  });
});

describe("writing", () => {
  const update = `mutation ($input: UpdateCommunityInput!) { updateCommunity(input: $input) { __typename ... on Community { version description traits } ... on VersionConflict { currentVersion } } }`;

  test("a worker changes their community against its version, and the change is audited", async () => {
    const worker = someone.worker(xianghe);
    const first = await as(worker, update, { input: { id: xianghe, expectedVersion: 1, description: "老旧小区", traits: ["新区"] } });
    expect(first).toEqual({
      data: { updateCommunity: { __typename: "Community", version: 2, description: "老旧小区", traits: ["新区"] } },
      errors: [],
    });
    const stale = await as(worker, update, { input: { id: xianghe, expectedVersion: 1, description: "x" } });
    expect(stale.data.updateCommunity).toEqual({ __typename: "VersionConflict", currentVersion: 2 });
    const audit = await story.test.sql<{
      subject: string;
      role: string;
      before: { description: unknown };
      after: { description: unknown };
    }>(
      `SELECT subject, role, before, after FROM communities.audit_entry WHERE concept = 'community' AND action = 'update' AND entity_id = $1`,
      [xianghe],
    );
    expect(audit).toHaveLength(1);
    expect(audit[0]).toMatchObject({
      subject: worker.subject,
      role: "COMMUNITY_WORKER",
      before: { description: null },
      after: { description: "老旧小区" },
    });
  });

  test.each([
    ["the public", someone.public, "UNAUTHENTICATED"],
    ["a worker of another community", someone.worker(stableId("community", "CN_STATS:510112001001")), "FORBIDDEN"],
    ["an officer of another district", someone.officer("510112"), "FORBIDDEN"],
    ["an auditor", someone.auditor, "FORBIDDEN"],
    ["a resident", someone.resident(xianghe), "FORBIDDEN"],
  ])("%s may not", async (_name, who, code) => {
    const { data, errors } = await as(who, update, { input: { id: xianghe, expectedVersion: 2 } });
    expect(data).toBeNull();
    expect(errors[0]?.extensions.code).toBe(code);
  });

  test("an officer of the managing zone may", async () => {
    const { data } = await as(someone.officer("zone-tianfu"), update, { input: { id: xianghe, expectedVersion: 2, description: null } });
    expect(data.updateCommunity).toMatchObject({ __typename: "Community", version: 3, description: null });
  });

  test("twenty replays of one key write once and answer the same", async () => {
    const create = `mutation ($input: CreateOrganisationInput!) { createOrganisation(input: $input) { __typename ... on Organisation { id name } } }`;
    const input = { name: "示例社会工作服务中心", kind: "SOCIAL_ORGANISATION", regionCode: "510112", idempotencyKey: "k-1" };
    const answers = await Promise.all(Array.from({ length: 20 }, () => as(someone.officer("5101"), create, { input })));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await story.test.sql(`SELECT 1 FROM communities.organisation WHERE name = $1`, [input.name])).toHaveLength(1);
    const other = await as(someone.officer("5101"), create, { input: { ...input, name: "另一家" } });
    expect(other.data.createOrganisation.__typename).toBe("IdempotencyConflict");
  });

  test("a credit code is checked and taken once", async () => {
    const create = `mutation ($input: CreateOrganisationInput!) { createOrganisation(input: $input) { __typename ... on AlreadyExists { field } } }`;
    const base = { kind: "ENTERPRISE", regionCode: "510112", creditCode: "91350100M000100Y43" };
    expect((await as(someone.admin, create, { input: { ...base, name: "甲" } })).data.createOrganisation.__typename).toBe("Organisation");
    expect((await as(someone.admin, create, { input: { ...base, name: "乙" } })).data.createOrganisation).toEqual({
      __typename: "AlreadyExists",
      field: "creditCode",
    });
    const found = async (filter: string) =>
      (await as(someone.public, `{ organisations(filter: { ${filter} }) { nodes { creditCode } } }`, {})).data.organisations.nodes;
    for (const text of ["91350100M000100Y43", " 91350100m000100y43 "])
      expect(await found(`search: "${text}"`)).toEqual([{ creditCode: base.creditCode }]);
    const wrong = await as(someone.admin, create, { input: { ...base, name: "丙", creditCode: "91350100M000100Y44" } });
    expect(wrong.errors[0]?.extensions).toMatchObject({
      code: "BAD_USER_INPUT",
      problems: [{ field: "creditCode", code: "CHECK_CHARACTER" }],
    });
  });

  test("a bulk import answers row by row, and one bad row means that nothing is written", async () => {
    const run = `mutation ($input: ImportCommunitiesInput!) { importCommunities(input: $input) { ... on BulkOutcome { written created updated unchanged refused rows { index status problems { field code } } } } }`;
    const good = { scheme: "GONGJIAN", identifier: "tw-test-li", name: "龍田里", kind: "LI", regionCode: "5101" };
    const bad = { ...good, identifier: "bad id!", name: "", longitude: 200 };
    const unknown = { ...good, identifier: "x", regionCode: "999" };
    const mixed = await as(someone.admin, run, { input: { rows: [good, bad, unknown, good] } });
    expect(mixed.data.importCommunities).toMatchObject({ written: false, created: 1, refused: 3 });
    expect(mixed.data.importCommunities.rows[1].problems.map((p: { code: string }) => p.code).sort()).toEqual([
      "INCOMPLETE",
      "MALFORMED",
      "OUT_OF_RANGE",
      "REQUIRED",
    ]);
    expect(mixed.data.importCommunities.rows[3].problems).toEqual([{ field: "key", code: "DUPLICATE_KEY" }]);
    const dry = await as(someone.admin, run, { input: { rows: [good], dryRun: true } });
    expect(dry.data.importCommunities).toMatchObject({ written: false, created: 1 });
    expect(await story.test.sql(`SELECT 1 FROM communities.community WHERE identifier = 'tw-test-li'`)).toHaveLength(0);
    const some = await as(someone.admin, run, { input: { rows: [good, bad], skipBadRows: true } });
    expect(some.data.importCommunities).toMatchObject({ written: true, created: 1, refused: 1 });
    const again = await as(someone.admin, run, { input: { rows: [good] } });
    expect(again.data.importCommunities).toMatchObject({ written: false, unchanged: 1 });
    const foreign = await as(someone.officer("510112"), run, { input: { rows: [{ ...good, regionCode: "510116001" }] } });
    expect(foreign.data.importCommunities.rows[0].problems).toEqual([{ field: "key", code: "FORBIDDEN" }]);
  });

  describe("an officer of one district", () => {
    const officer = someone.officer("510112");
    const refusedRow = async (field: string, row: object) => {
      const { data, errors } = await as(
        officer,
        `mutation ($input: Import${field}Input!) { result: import${field}(input: $input) { ... on BulkOutcome { written rows { problems { code } } } } }`,
        { input: { rows: [row] } },
      );
      expect(errors).toEqual([]);
      expect(data.result.written).toBe(false);
      return data.result.rows[0].problems.map((problem: { code: string }) => problem.code);
    };
    const own = { code: "510112001", name: "龙泉街道", level: "STREET", scheme: "CN_STATS" };

    test("does not take over regions of another by declaring a zone, nor move a region there", async () => {
      expect(await refusedRow("Regions", { ...own, kind: "ZONE", parentCode: "510112", manages: ["510116001"] })).toEqual(["FORBIDDEN"]);
      expect(await refusedRow("Regions", { ...own, parentCode: "510116" })).toEqual(["FORBIDDEN"]);
      expect(await refusedRow("Regions", { code: "510116001", name: "x", level: "STREET", parentCode: "510112" })).toEqual(["FORBIDDEN"]);
    });

    test("cannot put a district into what lies in it", async () => {
      expect(await refusedRow("Regions", { code: "510112", name: "龙泉驿区", level: "DISTRICT", parentCode: "510112001" })).toEqual([
        "CYCLE",
      ]);
    });

    test("does not take a community or an organisation of another into their own", async () => {
      expect(
        await refusedRow("Communities", {
          scheme: "CN_STATS",
          identifier: "510116001001",
          name: "x",
          kind: "URBAN",
          regionCode: "510112001",
        }),
      ).toEqual(["FORBIDDEN"]);
      await as(
        someone.officer("510116"),
        `mutation { importOrganisations(input: { rows: [{ key: "far", name: "远方", kind: OTHER, regionCode: "510116" }] }) { __typename } }`,
      );
      expect(await refusedRow("Organisations", { key: "far", name: "x", kind: "OTHER", regionCode: "510112" })).toEqual(["FORBIDDEN"]);
    });
  });

  test("lists are not let in from strangers, and are audited under the role that sent them", async () => {
    for (const [field, rows] of [
      ["Regions", `[{ code: "x", name: "x", level: STREET }]`],
      ["Communities", `[{ scheme: GONGJIAN, identifier: "x", name: "x", kind: URBAN, regionCode: "51" }]`],
      ["Organisations", `[{ key: "x", name: "x", kind: OTHER }]`],
      ["Populations", `[{ communityId: "${xianghe}", asOf: "2020-01-01" }]`],
    ]) {
      const { errors } = await asPublic(`mutation { import${field}(input: { rows: ${rows}, idempotencyKey: "stranger" }) { __typename } }`);
      expect(errors[0]?.extensions.code).toBe("UNAUTHENTICATED");
    }
    expect(await story.test.sql(`SELECT 1 FROM communities.idempotency_record WHERE viewer = 'anonymous'`)).toEqual([]);
    expect(await story.test.sql(`SELECT DISTINCT role FROM communities.audit_entry WHERE subject = 'officer-510116'`)).toEqual([
      { role: "OFFICER" },
    ]);
  });

  test.each(["a\ud800b", "\u200b\u200b", "\u202Eevil", "a\u0001b"])("a name that cannot be read is refused: %j", async (name) => {
    const { errors } = await as(
      someone.admin,
      `mutation ($input: CreateOrganisationInput!) { createOrganisation(input: $input) { __typename } }`,
      {
        input: { name, kind: "OTHER" },
      },
    );
    expect(errors[0]?.extensions.code).toBe("BAD_USER_INPUT");
  });

  test("a text that cannot be stored is a problem of its row and field, whichever it is; the other rows are written", async () => {
    const bulk = (name: string) =>
      `mutation ($input: Import${name}Input!) { result: import${name}(input: $input) { ... on BulkOutcome { written created rows { key status problems { field code } } } } }`;
    const community = { scheme: "GONGJIAN", identifier: "whole", name: "完好社区", kind: "URBAN", regionCode: "510116001" };
    const organisation = { key: "whole", name: "完好中心", kind: "OTHER", regionCode: "510116001" };
    const region = { code: "whole", scheme: "GONGJIAN", name: "完好片区", level: "STREET", parentCode: "510116" };
    const lists: [string, object, Record<string, unknown>[]][] = [
      [
        "Communities",
        community,
        [{ identifier: "a\0" }, { regionCode: "5\0" }, { name: "a\0" }, { traits: ["a", "b\0"] }, { source: "\ud800" }],
      ],
      [
        "Organisations",
        organisation,
        [{ key: "a\0" }, { regionCode: "5\0" }, { creditCode: "9\0" }, { key: "\ud800" }, { description: "\0" }],
      ],
      ["Regions", region, [{ code: "a\0" }, { parentCode: "5\0" }, { name: "\0" }, { kind: "ZONE", manages: ["5\0"] }]],
    ];
    const keys: Record<string, string> = { Communities: "identifier", Organisations: "key", Regions: "code" };
    for (const [name, good, spoilt] of lists) {
      const rows = [...spoilt.map((change, index) => ({ ...good, [keys[name]!]: `other-${index}`, ...change })), good];
      const input = { rows, skipBadRows: true, idempotencyKey: `unstorable-${name}` };
      const { data, errors } = await as(someone.admin, bulk(name), { input });
      expect(errors).toEqual([]);
      expect(data.result).toMatchObject({ written: true, created: 1 });
      const fields = spoilt.map((change) => Object.keys(change).at(-1)!);
      for (const [index, field] of fields.entries()) {
        const { status, problems } = data.result.rows[index];
        expect([name, index, status]).toEqual([name, index, "REFUSED"]);
        expect(problems.map((problem: { field: string }) => problem.field.split(".")[0])).toContain(field);
        expect(problems.every((problem: { field: string }) => problem.field !== "")).toBe(true);
      }
      expect((await as(someone.admin, bulk(name), { input })).data).toEqual(data);
    }
    const single = await asPublic(`{ region(code: "\\u0000") { code } }`);
    expect([single.errors, single.data]).toEqual([[], { region: null }]);
  });

  test("one credit code in two rows, or of another organisation, is a problem of its row", async () => {
    const rows = ["k1", "k2"].map((key) => ({ key, name: key, kind: "OTHER", creditCode: "91330100799655058B" }));
    const { data } = await as(
      someone.admin,
      `mutation ($input: ImportOrganisationsInput!) { importOrganisations(input: $input) { ... on BulkOutcome { rows { problems { field code } } } } }`,
      {
        input: { rows },
      },
    );
    expect(data.importOrganisations.rows).toEqual([{ problems: [] }, { problems: [{ field: "creditCode", code: "ALREADY_EXISTS" }] }]);
  });

  test("population figures are recorded once a day, with groups by code or name", async () => {
    const record = `mutation ($input: RecordPopulationInput!) { recordPopulation(input: $input) { __typename ... on PopulationSnapshot { residents residentsPrecision ethnicGroupCount ethnicGroups { code letters name count } community { id } } ... on AlreadyExists { field } } }`;
    const snapshot = {
      communityId: xianghe,
      asOf: "2022-01-06",
      residents: 23000,
      residentsPrecision: "OVER",
      ethnicGroupCount: 18,
      ethnicGroups: [{ group: "藏", count: 120 }, { group: "HA" }],
    };
    const first = await as(someone.worker(xianghe), record, { input: { snapshot } });
    expect(first.errors).toEqual([]);
    expect(first.data.recordPopulation).toMatchObject({
      residents: 23000,
      residentsPrecision: "OVER",
      ethnicGroupCount: 18,
      ethnicGroups: [
        { code: 1, letters: "HA", name: "汉", count: null },
        { code: 4, letters: "ZA", name: "藏", count: 120 },
      ],
      community: { id: xianghe },
    });
    expect((await as(someone.worker(xianghe), record, { input: { snapshot } })).data.recordPopulation).toEqual({
      __typename: "AlreadyExists",
      field: "asOf",
    });
    const bad = await as(someone.worker(xianghe), record, {
      input: { snapshot: { ...snapshot, asOf: "2999-01-07", residents: -1, ethnicGroups: [{ group: "Klingon" }] } },
    });
    expect(bad.errors[0]?.extensions.problems.map((p: { field: string }) => p.field)).toEqual([
      "asOf",
      "residents",
      "ethnicGroups.0.group",
    ]);
  });

  test("of many who record one day at once one does, and what they were told is there stays; lists entered at once meet record by record", async () => {
    const record = `mutation ($input: RecordPopulationInput!) { r: recordPopulation(input: $input) { __typename ... on PopulationSnapshot { residents } } }`;
    for (let round = 1; round <= 5; round += 1) {
      const asOf = `2017-02-0${round}`;
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, at) =>
          as(someone.worker(xianghe), record, { input: { snapshot: { communityId: xianghe, asOf, residents: 100 + at } } }),
        ),
      );
      const told = answers.map(({ data }) => data.r).filter(({ __typename }) => __typename === "PopulationSnapshot");
      expect(told).toHaveLength(1);
      const [stored] = await story.test.sql("SELECT residents, version FROM communities.population_snapshot WHERE as_of = $1", [asOf]);
      expect(stored).toEqual({ residents: told[0].residents, version: 1 });
    }
    const rows = (residents: number) => [{ communityId: xianghe, asOf: "2016-01-01", residents }];
    const load = `mutation ($input: ImportPopulationsInput!) { r: importPopulations(input: $input) { ... on BulkOutcome { created updated } } }`;
    const lists = await Promise.all(
      Array.from({ length: 10 }, (_, at) => as(someone.worker(xianghe), load, { input: { rows: rows(200 + at) } })),
    );
    expect(lists.map(({ data, errors }) => [errors.length, data?.r.created + data?.r.updated])).toEqual(lists.map(() => [0, 1]));
    expect(lists.reduce((sum, { data }) => sum + data.r.created, 0)).toBe(1);
  });

  test("nothing of ours went wrong meanwhile", () => {
    expect(story.logged).toEqual([]);
  });
});
