import { spawnSync } from "node:child_process";
import loadHighs from "highs";
import { matchRound, DEFAULT_WEIGHTS, solveAssignment } from "../src";
import { flawsOf } from "../src/testing/certificate";
import { asLinearProgramme } from "../src/testing/linear-programme";
import { type LargeShape, largeInstance, seeded } from "../src/testing/instances";
import { need, offer } from "../src/testing/profiles";

export interface BenchRow {
  name: string;
  value: number;
  unit: string;
  reference?: string;
  ratio?: number;
  note?: string;
}

const one: LargeShape["capacity"] = () => 1;
const upToTen: LargeShape["capacity"] = (random) => 1 + random(10);
const anyScore: LargeShape["score"] = (random) => random(1_000_001);

function shapes(size: number): [string, LargeShape][] {
  const base = { size, candidates: 20 };
  return [
    ["random scores", { ...base, capacity: one, score: anyScore }],
    ["random scores, capacities 1-10", { ...base, capacity: upToTen, score: anyScore }],
    ["all scores equal", { ...base, capacity: one, score: () => 7 }],
    ["all scores equal, capacities 1-10", { ...base, capacity: upToTen, score: () => 7 }],
    ["five different scores", { ...base, capacity: one, score: (random) => 1 + random(5) }],
    ["five different scores, capacities 1-10", { ...base, capacity: upToTen, score: (random) => 1 + random(5) }],
    ["all want the same 5 %", { ...base, capacity: one, wanted: size / 20, score: anyScore }],
    ["all want the same 5 %, capacities 1-10", { ...base, capacity: upToTen, wanted: size / 20, score: anyScore }],
    ["scores that are products", { ...base, capacity: one, score: (_, left, right) => (left + 1) * (right + 1) }],
  ];
}

/** What one run in a process of its own has to say. */
interface Measured {
  milliseconds: number;
  /** The process's highest resident set over that before the run, in MiB. */
  peakMiB: number;
  note: string;
  highsMilliseconds?: number;
}

function timed<T>(work: () => T): { result: T; milliseconds: number; peakMiB: number } {
  const before = process.memoryUsage.rss();
  const start = performance.now();
  const result = work();
  const milliseconds = Math.round(performance.now() - start);
  return { result, milliseconds, peakMiB: Math.max(0, Math.round(process.resourceUsage().maxRSS / 1024 - before / 2 ** 20)) };
}

async function measureSolver(size: number, shape: LargeShape): Promise<Measured> {
  const instance = largeInstance(shape);
  const { result, milliseconds, peakMiB } = timed(() => solveAssignment(instance));
  if (flawsOf(instance, result).length > 0) throw new Error("the prices do not prove the value");
  const measured = { milliseconds, peakMiB, note: "optimum proven by its prices" };
  if (size > 1_000) return measured;
  const highs = await loadHighs();
  const programme = asLinearProgramme(instance);
  const independent = timed(() => highs.solve(programme));
  if (Math.round(independent.result.ObjectiveValue) !== result.value) throw new Error("HiGHS finds another value");
  return { ...measured, highsMilliseconds: independent.milliseconds };
}

/** A whole round from profiles: 200 tags over 50 districts, so that a need has some 30 admissible offers. */
function measureRound(size: number): Measured {
  const random = seeded(3);
  const tag = () => `tag ${random(200)}`;
  const district = () => `5101${10 + random(50)}`;
  const needs = Array.from({ length: size }, (_, i) => {
    const code = district();
    return need({ id: `n${i}`, tags: [tag(), tag(), tag()], place: ["51", "5101", code, `${code}001`], quantity: 1 + random(2) });
  });
  const offers = Array.from({ length: size }, (_, i) =>
    offer({
      id: `o${i}`,
      capabilities: [tag(), tag(), tag(), tag()],
      coverage: [district(), district(), district()],
      price: random(1_500_00),
      capacity: 1 + random(3),
    }),
  );
  const { result, milliseconds, peakMiB } = timed(() => matchRound(needs, offers, DEFAULT_WEIGHTS));
  return { milliseconds, peakMiB, note: `${result.matches.length} matches, ${result.unmatched.length} needs short` };
}

const SIZES = [1_000, 10_000];
const cases = SIZES.flatMap((size) => [
  ...shapes(size).map(([name, shape]) => ({
    title: `assignment ${size} x ${size} x 20, ${name}`,
    measure: () => measureSolver(size, shape),
  })),
  { title: `matching round ${size} needs x ${size} offers`, measure: async () => measureRound(size) },
]);

/** Each case runs in a process of its own, since a process's highest resident set never falls. */
function inOwnProcess(position: number): Measured {
  const child = spawnSync(process.execPath, [...process.execArgv, __filename, "--case", String(position)], { encoding: "utf8" });
  if (child.status !== 0) throw new Error(`${cases[position]!.title}: ${child.stderr}`);
  return JSON.parse(child.stdout) as Measured;
}

/** The solver over the shapes that are hard for one method or another, and the whole matching of a round. */
export async function run(): Promise<{ rows: BenchRow[] }> {
  const rows = cases.flatMap(({ title }, position): BenchRow[] => {
    const { milliseconds, peakMiB, note, highsMilliseconds } = inOwnProcess(position);
    const time: BenchRow = { name: title, value: milliseconds, unit: "ms", note };
    if (highsMilliseconds !== undefined) {
      time.reference = `HiGHS (WebAssembly) ${highsMilliseconds} ms`;
      time.ratio = Number((milliseconds / highsMilliseconds).toFixed(3));
    }
    return [time, { name: `${title}: peak memory`, value: peakMiB, unit: "MiB", note: "highest resident set over that before the run" }];
  });
  return { rows };
}

async function main(): Promise<void> {
  const position = process.argv.indexOf("--case");
  if (position >= 0) {
    process.stdout.write(JSON.stringify(await cases[Number(process.argv[position + 1])]!.measure()));
    return;
  }
  for (const { name, value, unit, reference, ratio, note } of (await run()).rows) {
    const compared = reference === undefined ? "" : `${ratio} of ${reference}; `;
    console.log(`${name.padEnd(74)} ${String(value).padStart(6)} ${unit.padEnd(3)}  ${compared}${note ?? ""}`);
  }
}

if (require.main === module) void main();
