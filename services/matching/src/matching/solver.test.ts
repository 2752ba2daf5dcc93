import { DEFAULT_WEIGHTS } from "@gongjian/assignment";
import type { Need } from "../need/need.type";
import type { Offer } from "../offer/offer.type";
import { solveTask, type MatchingTask } from "./solve";
import { solveBeside } from "./solver";

const TAGS = Array.from({ length: 40 }, (_, index) => `养老服务${index}`);

const need = (index: number): Need =>
  ({
    id: `need-${index}`,
    communityId: `community-${index % 24}`,
    kind: "SERVICE",
    tags: [TAGS[index % TAGS.length]],
    budgetMin: null,
    budgetMax: 30_000 + index,
    currency: "CNY",
    startsOn: "2024-06-01",
    endsOn: "2024-12-31",
    requiredQualifications: [],
    beneficiaries: 80,
    quantity: 1 + (index % 3),
  }) as unknown as Need;

const offer = (index: number): Offer =>
  ({
    id: `offer-${index}`,
    kinds: ["SERVICE"],
    capabilities: [TAGS[index % TAGS.length]],
    price: 10_000 + (index % 17) * 100,
    currency: "CNY",
    capacity: 1 + (index % 4),
    coverage: [],
    availableFrom: null,
    availableTo: null,
    qualifications: [],
    cases: [],
  }) as unknown as Offer;

const task = (size: number, more: Partial<MatchingTask> = {}): MatchingTask => ({
  needs: Array.from({ length: size }, (_, index) => need(index)),
  offers: Array.from({ length: size }, (_, index) => offer(index)),
  settled: [],
  live: [],
  places: new Map([["community-1", { region: { code: "510116003", scopeCodes: ["51", "510116003"] } }]]),
  weights: DEFAULT_WEIGHTS,
  ...more,
});

test("a thread finds the same plan, what is settled left aside", async () => {
  const settled = { needId: "need-0", offerId: "offer-0", units: 1, score: 5, state: "PROPOSED" };
  const declined = { ...settled, offerId: "offer-40", state: "DECLINED" };
  const given = task(90, { settled: [settled, declined], live: [settled] });
  const plan = await solveBeside(given);
  expect(plan).toEqual(solveTask(given));
  expect(plan.matches.length).toBeGreaterThan(60);
  expect(plan.matches.some(({ needId }) => needId === "need-0")).toBe(false);
});

test("more tasks than threads are all solved, each its own", async () => {
  const tasks = [3, 50, 7, 31, 1, 90, 12].map((size) => task(size));
  expect(await Promise.all(tasks.map(solveBeside))).toEqual(tasks.map(solveTask));
});

test("what the solver refuses is thrown here, and the thread goes on to the next task", async () => {
  const twice = task(4, { needs: [need(1), need(1)] });
  const refused = await Promise.allSettled(Array.from({ length: 5 }, () => solveBeside(twice)));
  for (const each of refused) {
    expect(each.status).toBe("rejected");
    expect(String((each as PromiseRejectedResult).reason)).toContain("needs[1].id");
  }
  expect(await solveBeside(task(4))).toEqual(solveTask(task(4)));
});

test("the event loop turns while thousands are matched", async () => {
  let solving = true;
  let turns = 0;
  const turn = (): void => {
    turns += 1;
    if (solving) setImmediate(turn);
  };
  setImmediate(turn);
  const plan = await solveBeside(task(3000)).finally(() => {
    solving = false;
  });
  expect(plan.matches.length).toBeGreaterThan(2900);
  // solved on the loop itself it would turn once or twice
  expect(turns).toBeGreaterThan(100);
});
