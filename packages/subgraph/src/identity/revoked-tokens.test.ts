import { MAX_IDS_ASKED, RevokedTokens } from "./revoked-tokens";

const REVOKED = new Set(["bad"]);

/** Tokens over a store that answers when it is told to. */
function tokens({ answerAtOnce = true, failing = (_ids: readonly string[]): boolean => false } = {}) {
  const asked: string[][] = [];
  const warned: unknown[] = [];
  const answers: (() => void)[] = [];
  const revoked = new RevokedTokens({
    trustSeconds: 30,
    warn: (error) => warned.push(error),
    async lookUp(_issuer, ids) {
      asked.push([...ids]);
      if (!answerAtOnce) await new Promise<void>((resolve) => answers.push(resolve));
      if (failing(ids)) throw new Error("away");
      return ids.some((id) => REVOKED.has(id));
    },
  });
  const statesOf = (...ids: string[]) => Promise.all(ids.map((id) => revoked.stateOf("issuer", [id])));
  return { revoked, asked, warned, answers, statesOf };
}
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe("tokens that come together", () => {
  it("are asked about in one lookup", async () => {
    const { asked, statesOf } = tokens();
    expect(await statesOf("a", "b", "c", "a")).toEqual(Array(4).fill("good"));
    expect(asked).toEqual([["a", "b", "c"]]);
  });

  it("are told apart when one of them is revoked", async () => {
    const { asked, statesOf } = tokens();
    expect(await statesOf("a", "bad", "c")).toEqual(["good", "revoked", "good"]);
    expect(asked).toEqual([["a", "bad", "c"], ["a"], ["bad"], ["c"]]);
  });

  it("do not fail with one that cannot be asked about", async () => {
    const { warned, statesOf } = tokens({ failing: (ids) => ids.includes("\0") });
    expect(await statesOf("a", "\0", "bad")).toEqual(["good", "unknown", "revoked"]);
    expect(warned).toHaveLength(1);
  });

  it("are never more than a lookup takes", async () => {
    const { asked, statesOf } = tokens();
    const ids = Array.from({ length: 2 * MAX_IDS_ASKED + 1 }, (_, i) => String(i));
    expect(new Set(await statesOf(...ids))).toEqual(new Set(["good"]));
    expect(asked.map(({ length }) => length)).toEqual([MAX_IDS_ASKED, MAX_IDS_ASKED, 1]);
  });

  it("of several issuers are asked about apart", async () => {
    const { revoked, asked } = tokens();
    await Promise.all([revoked.stateOf("one", ["a"]), revoked.stateOf("other", ["a"])]);
    expect(asked).toEqual([["a"], ["a"]]);
  });
});

it("a token that comes while a lookup is under way does not take its answer, but waits for the next", async () => {
  const { asked, answers, statesOf } = tokens({ answerAtOnce: false });
  const first = statesOf("a");
  await turn();
  REVOKED.add("late");
  const next = statesOf("late", "b");
  await turn();
  expect(asked).toEqual([["a"]]);
  answers.shift()?.();
  expect(await first).toEqual(["good"]);
  await turn();
  expect(asked).toEqual([["a"], ["late", "b"]]);
  answers.shift()?.();
  await turn();
  for (const answer of answers) answer();
  expect(await next).toEqual(["revoked", "good"]);
  REVOKED.delete("late");
});

it("the stated time runs from the question, not from its answer", async () => {
  let now = 0;
  let isRevoked = false;
  const lookUp = async (): Promise<boolean> => {
    const answer = isRevoked;
    now += 10_000;
    return answer;
  };
  const tokens = new RevokedTokens({ trustSeconds: 30, warn: () => undefined, lookUp, now: () => now });
  expect(await tokens.stateOf("issuer", ["a"])).toBe("good");
  isRevoked = true;
  now = 29_999;
  expect(await tokens.stateOf("issuer", ["a"])).toBe("good");
  now = 30_000;
  expect(await tokens.stateOf("issuer", ["a"])).toBe("revoked");
});
