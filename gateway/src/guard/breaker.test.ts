import { type ExecutionResult, GraphQLError } from "graphql";
import { Breaker, type BreakerState } from "./breaker";

const failed = (code: string): ExecutionResult => ({ errors: [new GraphQLError("no", { extensions: { code } })] });
const down = async () => failed("SERVICE_UNAVAILABLE");
const late = async () => failed("SERVICE_TIMEOUT");
const good = async (): Promise<ExecutionResult> => ({ data: {} });

describe("the breaker", () => {
  let now = 0;
  const changes: BreakerState[] = [];
  const open = () => {
    changes.length = 0;
    return new Breaker({ failures: 3, cooldownMs: 1_000, now: () => now }, (state) => changes.push(state));
  };
  const times = async (breaker: Breaker, count: number, execute: () => Promise<ExecutionResult>) => {
    for (let i = 0; i < count; i++) await breaker.run(execute);
  };

  it("opens after failures in a row, not before and not for scattered ones", async () => {
    const breaker = open();
    await times(breaker, 2, down);
    await times(breaker, 1, good);
    await times(breaker, 2, late);
    expect(breaker.state).toBe("closed");
    await times(breaker, 1, down);
    expect(breaker.state).toBe("open");
    const asked = jest.fn(good);
    expect(await breaker.run(asked)).toBeNull();
    expect(asked).not.toHaveBeenCalled();
  });

  it("counts what throws, and none of a subgraph's own errors", async () => {
    const breaker = open();
    await times(breaker, 20, async () => failed("FORBIDDEN"));
    await times(breaker, 20, async () => ({ ...failed("SERVICE_TIMEOUT"), data: null }));
    expect(breaker.state).toBe("closed");
    const thrown = () => Promise.reject(new Error("down"));
    for (let i = 0; i < 3; i++) await expect(breaker.run(thrown)).rejects.toThrow("down");
    expect(breaker.state).toBe("open");
  });

  it("lets one request try after a while, whose failure keeps it open and whose success closes it", async () => {
    const breaker = open();
    await times(breaker, 3, down);
    now += 999;
    expect(await breaker.run(good)).toBeNull();
    now += 1;
    expect(breaker.state).toBe("half-open");
    let finish: (result: ExecutionResult) => void = () => {};
    const probe = breaker.run(() => new Promise((resolve) => (finish = resolve)));
    expect(await breaker.run(good)).toBeNull();
    finish(failed("SERVICE_TIMEOUT"));
    await probe;
    expect(breaker.state).toBe("open");
    now += 1_000;
    expect(await breaker.run(good)).toEqual({ data: {} });
    expect(breaker.state).toBe("closed");
    expect(changes).toEqual(["open", "half-open", "open", "half-open", "closed"]);
    await times(breaker, 2, down);
    expect(breaker.state).toBe("closed");
  });

  it("takes no notice of requests that were under way when it opened", async () => {
    const breaker = open();
    let finish: (result: ExecutionResult) => void = () => {};
    const early = breaker.run(() => new Promise((resolve) => (finish = resolve)));
    await times(breaker, 3, down);
    finish({ data: {} });
    await early;
    expect(breaker.state).toBe("open");
  });

  it("never opens when it is turned off", async () => {
    const breaker = new Breaker({ failures: 0, cooldownMs: 1 });
    await times(breaker, 100, down);
    expect(breaker.state).toBe("closed");
  });
});
