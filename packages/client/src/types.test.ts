import {
  type Client,
  CommunitiesDocument,
  CommunityProfileDocument,
  MoveMatchDocument,
  type NeedKind,
  type ResultOf,
  RoundDocument,
  UpdateNeedDocument,
  type VariablesOf,
} from ".";

/** Whether two types are the same. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const holds = <T extends true>(told: T): boolean => told;

/** Answers with an empty object, and notes what it was asked with. What matters here the compiler checks: an unused `@ts-expect-error` is an error. */
const asked: unknown[] = [];
const client: Client = {
  execute: async (_document, ...rest) => {
    asked.push(rest[0]);
    return {} as never;
  },
};

test("variables are checked, and may be left out only where none is required", async () => {
  await client.execute(CommunitiesDocument);
  await client.execute(CommunitiesDocument, { first: 1, orderBy: "NAME_ASC" });
  await client.execute(RoundDocument, { key: "huayang-2024" });
  // @ts-expect-error the key is required
  await client.execute(RoundDocument);
  // @ts-expect-error and is a text
  await client.execute(RoundDocument, { key: 1 });
  // @ts-expect-error there is no such variable
  await client.execute(RoundDocument, { key: "huayang-2024", year: 2024 });
  // @ts-expect-error there is no such order
  await client.execute(CommunitiesDocument, { orderBy: "SIZE_ASC" });
  // @ts-expect-error the version is required
  await client.execute(UpdateNeedDocument, { input: { id: "a" } });
  expect(asked).toHaveLength(8);
});

test("answers are typed, with their nulls", async () => {
  const { community } = await client.execute(CommunityProfileDocument, { id: "a" });
  const name: string | undefined = community?.name;
  expect(name).toBeUndefined();
  // @ts-expect-error a community may not be there
  expect(() => community.name).toThrow(TypeError);
  // @ts-expect-error the operation does not ask for this
  expect(community?.needs).toBeUndefined();

  type Need = Extract<ResultOf<typeof UpdateNeedDocument>["updateNeed"], { __typename: "Need" }>;
  type Results = ResultOf<typeof MoveMatchDocument>["moveMatch"]["__typename"];
  expect(
    [
      holds<Same<Need["kind"], NeedKind>>(true),
      holds<Same<Need["budgetMax"], number | null>>(true),
      holds<Same<Need["startsOn"], string | null>>(true),
      holds<Same<VariablesOf<typeof CommunityProfileDocument>["id"], string>>(true),
      holds<
        Same<
          Results,
          | "Match"
          | "MatchStepOutOfOrder"
          | "UnitsExhausted"
          | "ProjectUnfinished"
          | "RoundClosed"
          | "VersionConflict"
          | "IdempotencyConflict"
        >
      >(true),
    ].every(Boolean),
  ).toBe(true);
});

test("a result is told apart by its name", async () => {
  const { updateNeed: result } = await client.execute(UpdateNeedDocument, { input: { id: "a", expectedVersion: 1 } });
  // nothing was answered here
  switch (result?.__typename) {
    case "Need":
      return result.title;
    case "VersionConflict":
      return result.currentVersion;
    case "RoundClosed":
      return result.allowedIn;
    case "IdempotencyConflict":
      // @ts-expect-error this member has no version
      return result.currentVersion;
    default:
      return expect(result).toBeUndefined();
  }
});
