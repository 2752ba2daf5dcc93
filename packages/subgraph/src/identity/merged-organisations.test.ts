import { MergedOrganisations } from "./merged-organisations";
import { MAX_MEMBERSHIPS, type Viewer } from "./viewer";

const rep = (...ids: string[]): Viewer => ({
  issuer: "https://id.example",
  subject: "rep",
  memberships: [
    { role: "RESIDENT", scope: "community:c" },
    ...ids.map((id) => ({ role: "ORGANISATION_REP" as const, scope: `organisation:${id}` })),
  ],
});

/** What communities would say, and what it was asked. */
function over(groups: string[][], options: { trustSeconds?: number } = {}) {
  const asked: string[][] = [];
  const warned: unknown[] = [];
  const state = { now: 1_000_000, groups, fails: false };
  const merged = new MergedOrganisations({
    trustSeconds: options.trustSeconds ?? 30,
    warn: (error) => warned.push(error),
    now: () => state.now,
    lookUp: async (ids) => {
      asked.push([...ids]);
      if (state.fails) throw new Error("down");
      return ids.map((id) => state.groups.find((group) => group.includes(id)) ?? [id]);
    },
  });
  const scopes = async (viewer: Viewer) => (await merged.widened(viewer)).memberships.map(({ scope }) => scope);
  return { merged, asked, warned, state, scopes };
}

test("a membership over an organisation holds under each of its ids, in its role", async () => {
  const { merged, asked } = over([["a", "b", "c"]]);
  const viewer = await merged.widened(rep("b", "z"));
  expect(viewer).toEqual({
    ...rep("b", "z"),
    memberships: [
      ...rep("b", "z").memberships,
      { role: "ORGANISATION_REP", scope: "organisation:a" },
      { role: "ORGANISATION_REP", scope: "organisation:c" },
    ],
  });
  expect(asked).toEqual([["b", "z"]]);
});

test("whoever holds nothing over an organisation is not asked about, and answers are used for their time", async () => {
  const { merged, asked, state, scopes } = over([]);
  const worker = rep();
  expect(await merged.widened(worker)).toBe(worker);
  expect(asked).toEqual([]);
  const one = rep("a");
  expect(await merged.widened(one)).toBe(one);
  await scopes(rep("a"));
  expect(asked).toHaveLength(1);
  state.groups = [["a", "b"]];
  state.now += 29_999;
  expect(await scopes(rep("a"))).toEqual(["community:c", "organisation:a"]);
  state.now += 1;
  expect(await scopes(rep("a"))).toEqual(["community:c", "organisation:a", "organisation:b"]);
});

test("when it cannot be had, the claim holds as it is, or as it was last known; it is asked again after a second", async () => {
  const { asked, warned, state, scopes } = over([["a", "b"]], { trustSeconds: 5 });
  state.fails = true;
  expect(await scopes(rep("a"))).toEqual(["community:c", "organisation:a"]);
  await scopes(rep("a"));
  expect([asked.length, warned.length]).toEqual([1, 1]);
  state.fails = false;
  state.now += 1_000;
  expect(await scopes(rep("a"))).toEqual(["community:c", "organisation:a", "organisation:b"]);
  state.fails = true;
  state.now += 5_000;
  expect(await scopes(rep("a"))).toEqual(["community:c", "organisation:a", "organisation:b"]);
});

test("no more memberships come of it than a viewer may have, its own first", async () => {
  const many = Array.from({ length: 300 }, (_, index) => `o${index}`);
  const { scopes } = over([["a", ...many]]);
  const found = await scopes(rep("a"));
  expect(found).toHaveLength(MAX_MEMBERSHIPS);
  expect(found.slice(0, 2)).toEqual(["community:c", "organisation:a"]);
});
