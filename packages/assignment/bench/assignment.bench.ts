import { matchRound, DEFAULT_WEIGHTS, solveAssignment } from "../src";
import { flawsOf } from "../src/testing/certificate";
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

/** The highest resident set seen while `work` ran, over that before it, in MiB: `maxRSS` of the process never falls. */
function measure<T>(work: () => T): { result: T; milliseconds: number; peakMiB: number } {
  const before = process.resourceUsage().maxRSS;
  const start = performance.now();
  const result = work();
  const milliseconds = performance.now() - start;
  return { result, milliseconds, peakMiB: (process.resourceUsage().maxRSS - before) / 1024 };
}

function solverRows(size: number): BenchRow[] {
  return shapes(size).flatMap(([name, shape]) => {
    const instance = largeInstance(shape);
    const { result, milliseconds, peakMiB } = measure(() => solveAssignment(instance));
    if (flawsOf(instance, result).length > 0) throw new Error(`${name}: the prices do not prove the value`);
    const title = `assignment ${size} x ${size} x 20, ${name}`;
    return [
      { name: title, value: Math.round(milliseconds), unit: "ms", note: `optimum proven; process peak ${peakOfProcess()} MiB` },
      { name: `${title}: peak RSS delta`, value: Math.round(peakMiB), unit: "MiB" },
    ];
  });
}

const peakOfProcess = () => Math.round(process.resourceUsage().maxRSS / 1024);

/** A whole round from profiles: 200 tags over 50 districts, so that a need has some 20 to 40 admissible offers. */
function roundRows(size: number): BenchRow[] {
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
  const { result, milliseconds, peakMiB } = measure(() => matchRound(needs, offers, DEFAULT_WEIGHTS));
  const title = `matching round ${size} needs x ${size} offers`;
  const note = `${result.matches.length} matches, ${result.unmatched.length} needs short; process peak ${peakOfProcess()} MiB`;
  return [
    { name: title, value: Math.round(milliseconds), unit: "ms", note },
    { name: `${title}: peak RSS delta`, value: Math.round(peakMiB), unit: "MiB" },
  ];
}

/** The solver over the shapes that are hard for one method or another, and the whole matching of a round. */
export async function run(): Promise<{ rows: BenchRow[] }> {
  return { rows: [1_000, 10_000].flatMap((size) => [...solverRows(size), ...roundRows(size)]) };
}

if (require.main === module) {
  run().then(({ rows }) => {
    for (const { name, value, unit, note } of rows) console.log(`${name.padEnd(76)} ${String(value).padStart(7)} ${unit}  ${note ?? ""}`);
  });
}
