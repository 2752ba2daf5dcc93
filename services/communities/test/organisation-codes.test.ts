import { schemaDrift, stableId } from "@gongjian/database";
import { ask, someone } from "@gongjian/testing";
import { creditCodeCheck } from "../src/organisation/organisation.rules";
import { communitiesStory, type Story } from "./story";

/** Two registrations of one body (characters 9 to 17), as when it moved to another office. */
const codeOf = (body: string, office: string): string => {
  const first17 = `${office}${body}`;
  return first17 + creditCodeCheck(first17);
};
let story: Story;
let made = 0;

beforeAll(async () => {
  story = await communitiesStory();
}, 60_000);
afterAll(() => story.test.close());

const asked = async (query: string, variables: Record<string, unknown> = {}) => {
  const { data, errors } = await ask(story.endpoint, someone.admin, query, variables);
  expect(errors).toEqual([]);
  return data;
};
async function enter(...rows: object[]): Promise<{ status: string; id: string | null; problems: string[] }[]> {
  const { answer } = await asked(
    "mutation ($input: ImportOrganisationsInput!) { answer: importOrganisations(input: $input) { ... on BulkOutcome { created updated unchanged refused rows { status id problems { field code } } } } }",
    { input: { rows: rows.map((row) => ({ kind: "SOCIAL_ORGANISATION", regionCode: "510116001", ...row })) } },
  );
  expect(answer.created + answer.updated + answer.unchanged + answer.refused).toBe(rows.length);
  return answer.rows.map(({ problems, ...row }: any) => ({ ...row, problems: problems.map((p: any) => `${p.field} ${p.code}`) }));
}
/** Two records of one body, of which the second is merged into the first. */
async function twice(merge = true) {
  made += 1;
  const body = `MA${String(made).padStart(6, "0")}X`;
  const [own, old] = [codeOf(body, "52510116"), codeOf(body, "52510107")];
  const keys = [`own-${made}`, `old-${made}`] as const;
  await enter({ key: keys[0], name: `示例甲${made}`, creditCode: own }, { key: keys[1], name: `示例乙${made}`, creditCode: old });
  const [keep, gone] = keys.map((key) => stableId("organisation", key)) as [string, string];
  const merged = () =>
    asked(
      `mutation { mergeOrganisations(input: { keepId: "${keep}", mergeId: "${gone}", keepVersion: 1, mergeVersion: 1 }) { __typename } }`,
    );
  if (merge) expect((await merged()).mergeOrganisations.__typename).toBe("OrganisationsMerged");
  return { own, old, keys, keep, gone, merged };
}

test("the migrated schema is what the entities say", async () => {
  expect(await schemaDrift(story.database.dataSource)).toEqual([]);
});

test("a list by the old key is told that the record was merged, into which, and that it changed nothing", async () => {
  const { keep, keys, old } = await twice();
  expect(await enter({ key: keys[1], name: "另一个名字", creditCode: old })).toEqual([{ status: "MERGED", id: keep, problems: [] }]);
  const { organisation } = await asked(`{ organisation(id: "${keep}") { name version } }`);
  expect(organisation).toEqual({ name: `示例甲${made}`, version: 2 });
});

test("the old code means the survivor: names find it, and no other record takes it", async () => {
  const { keep, old, keys } = await twice();
  const { resolveNames } = await asked(`{ resolveNames(references: [{ kind: ORGANISATION, text: "${old}" }]) { id } }`);
  expect(resolveNames).toEqual([{ id: keep }]);
  expect(await enter({ key: `new-${made}`, name: "别家", creditCode: old })).toEqual([
    { status: "REFUSED", id: null, problems: ["creditCode ALREADY_EXISTS"] },
  ]);
  const { createOrganisation } = await asked(
    `mutation { createOrganisation(input: { name: "别家", kind: SOCIAL_ORGANISATION, regionCode: "510116001", creditCode: "${old}" }) { __typename ... on AlreadyExists { field } } }`,
  );
  expect(createOrganisation).toEqual({ __typename: "AlreadyExists", field: "creditCode" });
  // its own list may say that the old one holds again
  expect(await enter({ key: keys[0], name: "自己", creditCode: old })).toEqual([{ status: "UPDATED", id: keep, problems: [] }]);
});

test("along a line the codes mean the last one", async () => {
  const first = await twice();
  const { keep: last } = await twice(false);
  const { mergeOrganisations } = await asked(
    `mutation { mergeOrganisations(input: { keepId: "${last}", mergeId: "${first.keep}", keepVersion: 1, mergeVersion: 2 }) { __typename ... on OrganisationsNotMergeable { obstacles { kind } } } }`,
  );
  // two bodies are not one
  expect(mergeOrganisations).toEqual({ __typename: "OrganisationsNotMergeable", obstacles: [{ kind: "CREDIT_CODE" }] });
  const bare = await asked(
    `mutation { createOrganisation(input: { name: "无代码", kind: SOCIAL_ORGANISATION, regionCode: "510116001" }) { ... on Organisation { id } } }`,
  );
  const { id } = bare.createOrganisation;
  const into = await asked(
    `mutation { mergeOrganisations(input: { keepId: "${id}", mergeId: "${first.keep}", keepVersion: 1, mergeVersion: 2 }) { __typename ... on OrganisationsMerged { organisation { creditCode } } } }`,
  );
  expect(into.mergeOrganisations).toEqual({ __typename: "OrganisationsMerged", organisation: { creditCode: first.own } });
  const { resolveNames } = await asked(
    `{ resolveNames(references: [{ kind: ORGANISATION, text: "${first.old}" }, { kind: ORGANISATION, text: "${first.own}" }]) { id } }`,
  );
  expect(resolveNames).toEqual([{ id }, { id }]);
});

test("who enters the code while its record is merged is refused, whoever comes first", async () => {
  for (let round = 0; round < 5; round++) {
    const { old, merged } = await twice(false);
    const create = (at: number) =>
      asked(
        `mutation { createOrganisation(input: { name: "抢${at}", kind: SOCIAL_ORGANISATION, regionCode: "510116001", creditCode: "${old}" }) { __typename } }`,
      );
    const [merge, ...others] = await Promise.all([merged(), ...Array.from({ length: 4 }, (_, at) => create(at))]);
    expect(merge.mergeOrganisations.__typename).toBe("OrganisationsMerged");
    for (const { createOrganisation } of others) expect(createOrganisation.__typename).toBe("AlreadyExists");
  }
});
