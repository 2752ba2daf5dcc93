import { join } from "node:path";
import { localIssuer } from "@gongjian/subgraph";
import type { Load, Measured } from "./client";
import { answer, end, run, startAllInOne, startReference, startSplit, type Subject } from "./processes";
import { needs, type Question, wholeRound } from "./queries";
import { median, type Row } from "./table";

const CONNECTIONS = 16;
const WARM_UP_SECONDS = 4;
const SECONDS = 3;
/** More than any server answers in that time on a machine of today, times its seconds. */
const TOKENS_A_SECOND = 1_600;

interface Sample extends Measured {
  cpu: number;
}

interface Figures {
  rate: number;
  /** Milliseconds of processor time a request, over all processes of the server. */
  cpu: number;
  p50: number;
  p99: number;
  /** Against the first subject in the same round of asking: what slows the machine for a while slows both. */
  rateRatio: number;
  cpuRatio: number;
}

interface Case {
  name: string;
  question: Question;
  rounds: number;
  subjects: readonly Subject[];
}

type Ask = (subject: Subject, question: Question, seconds: number) => Promise<Sample>;

/** The text of a server's answer, which must be the same data as the reference's, byte for byte. */
async function expectedOf(subject: Subject, question: Question, token: string, same: string | null): Promise<string> {
  const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
  const response = await fetch(subject.url, { method: "POST", headers, body: JSON.stringify(question) });
  const text = await response.text();
  const { data, errors } = JSON.parse(text) as { data?: { roundByKey: unknown }; errors?: unknown };
  if (errors || !data?.roundByKey) throw new Error(`${subject.name} answered ${text.slice(0, 500)}`);
  if (same !== null && JSON.stringify({ data }) !== same) {
    const at = [...same].findIndex((character, index) => JSON.stringify({ data })[index] !== character);
    throw new Error(
      `${subject.name} answers other data: …${JSON.stringify({ data }).slice(at - 100, at + 100)}… for …${same.slice(at - 100, at + 100)}…`,
    );
  }
  return text;
}

/** Asks every server in turn, round after round, so that what else happens on the machine happens to all of them; then takes medians. */
async function compare({ question, rounds, subjects }: Case, ask: Ask): Promise<Map<Subject, Figures>> {
  for (const subject of subjects) await ask(subject, question, WARM_UP_SECONDS);
  const samples = new Map<Subject, Sample[]>(subjects.map((subject) => [subject, []]));
  for (let round = 0; round < rounds; round++) {
    for (const subject of subjects) samples.get(subject)!.push(await ask(subject, question, SECONDS));
  }
  const rate = ({ requests, seconds }: Sample): number => requests / seconds;
  const cpu = (sample: Sample): number => sample.cpu / sample.requests;
  const [first] = samples.values();
  const figures = (taken: readonly Sample[]): Figures => ({
    rate: median(taken.map(rate)),
    cpu: median(taken.map(cpu)),
    p50: median(taken.map(({ p50 }) => p50)),
    p99: median(taken.map(({ p99 }) => p99)),
    rateRatio: median(taken.map((sample, round) => rate(sample) / rate(first![round]!))),
    cpuRatio: median(taken.map((sample, round) => cpu(sample) / cpu(first![round]!))),
  });
  return new Map([...samples].map(([subject, taken]) => [subject, figures(taken)]));
}

interface Targets {
  rate?: number;
  cpu?: number;
}

function rowsOf(title: string, subject: Subject, own: Figures, reference: Figures | null, targets: Targets): Row[] {
  const rate: Row = { name: `${title}: ${subject.name}`, value: `${own.rate.toFixed(0)} requests/s` };
  const cpu: Row = { name: `${title}: ${subject.name}, processor time`, value: `${own.cpu.toFixed(2)} ms a request` };
  const latency = `p50 ${own.p50.toFixed(1)} ms, p99 ${own.p99.toFixed(1)} ms`;
  rate.note = latency;
  if (reference) {
    rate.reference = `${reference.rate.toFixed(0)} requests/s`;
    rate.ratio = own.rateRatio;
    if (targets.rate !== undefined) rate.target = { text: `>= ${targets.rate * 100} %`, met: rate.ratio >= targets.rate };
    cpu.reference = `${reference.cpu.toFixed(2)} ms a request`;
    cpu.ratio = own.cpuRatio;
    if (targets.cpu !== undefined) cpu.target = { text: `<= ${targets.cpu} ×`, met: cpu.ratio <= targets.cpu };
  }
  return [rate, cpu];
}

/** The federated query over HTTP in both modes, and the hand-written server beside them. */
export async function throughput(env: NodeJS.ProcessEnv, log: (line: string) => void): Promise<Row[]> {
  const client = run(join(__dirname, "client.ts"), [], env);
  const stops: (() => Promise<void>)[] = [() => end(client)];
  const started = async (starting: Promise<Subject>): Promise<Subject> => {
    const subject = await starting;
    stops.push(subject.stop);
    return subject;
  };
  try {
    const reference = await started(startReference(env));
    const trusting: Subject = {
      ...reference,
      name: "hand-written, token not verified",
      url: reference.url.replace("graphql", "unverified"),
    };
    const allInOne = await started(startAllInOne(env));
    const split = await started(startSplit(env));
    const { mint } = await localIssuer(env["KEYS_DIR"]!);
    const token = await mint({ subject: "bench", memberships: [] }, 3600);
    const rows: Row[] = [];
    const cases: Case[] = [
      { name: "20 needs, two entity hops", question: needs(20), rounds: 5, subjects: [reference, trusting, allInOne, split] },
      { name: "the whole round, as printed", question: wholeRound(), rounds: 3, subjects: [reference, allInOne, split] },
    ];
    for (const one of cases) {
      const expected = new Map<Subject, string>();
      let same: string | null = null;
      for (const subject of one.subjects) {
        const text = await expectedOf(subject, one.question, token, same);
        same ??= text;
        expected.set(subject, text);
      }
      const ask: Ask = async (subject, question, seconds) => {
        const load: Load = {
          url: subject.url,
          body: JSON.stringify(question),
          expected: expected.get(subject)!,
          connections: CONNECTIONS,
          seconds,
          tokens: Math.ceil(seconds * TOKENS_A_SECOND),
        };
        const answered = answer<Measured>(client, "measured");
        const before = await subject.usage();
        client.send({ load });
        const measured = await answered;
        log(`${one.name}: ${subject.name}: ${(measured.requests / measured.seconds).toFixed(0)} requests/s`);
        return { ...measured, cpu: (await subject.usage()) - before };
      };
      const figures = await compare(one, ask);
      const base = figures.get(reference)!;
      const bytes = ` (${(Buffer.byteLength(same!) / 1000).toFixed(0)} kB)`;
      for (const [subject, own] of figures) {
        const targets = subject === allInOne ? { rate: 0.3, cpu: 3 } : subject === split ? { rate: 0.2 } : {};
        rows.push(...rowsOf(`${one.name}${bytes}`, subject, own, subject === reference ? null : base, targets));
      }
    }
    return rows;
  } finally {
    await Promise.all(stops.map((stop) => stop()));
  }
}
