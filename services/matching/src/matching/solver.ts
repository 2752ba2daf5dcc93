import type { RoundResult } from "@gongjian/assignment";
import { extname, join } from "node:path";
import { Worker } from "node:worker_threads";
import type { MatchingTask } from "./solve";

/** Threads that solve at the same time at most: further runs wait their turn, so that matching never takes every core of the machine. */
const MOST_THREADS = 2;

const extension = extname(__filename);
const script = join(__dirname, `solver.worker${extension}`);

/** A thread knows no more of TypeScript than its process did at its start: run from the sources, it is told how to read them. */
const options = () => (extension === ".ts" ? { execArgv: ["-C", "source", "-r", require.resolve("@swc-node/register")] } : {});

type Reply = { result: RoundResult; error?: undefined } | { result?: undefined; error: unknown };

const idle: Worker[] = [];
const waiting: (() => void)[] = [];
const ended = new WeakSet<Worker>();
let threads = 0;

/** An idle thread, a new one while there may be more, or else the next one that is free. */
async function takeThread(): Promise<Worker> {
  for (;;) {
    const free = idle.pop();
    if (free) return free;
    if (threads < MOST_THREADS) break;
    await new Promise<void>((resolve) => waiting.push(resolve));
  }
  threads += 1;
  const worker = new Worker(script, options());
  // one that ends, of itself or by a fault, makes room for another
  worker.once("error", () => ended.add(worker));
  worker.once("exit", () => {
    ended.add(worker);
    threads -= 1;
    if (idle.includes(worker)) idle.splice(idle.indexOf(worker), 1);
    waiting.shift()?.();
  });
  return worker;
}

/** Hands the task to the thread and waits for what it says. @throws what the solver throws, or when the thread ends before it answers */
function ask(worker: Worker, task: MatchingTask): Promise<RoundResult> {
  return new Promise((resolve, reject) => {
    const stop = () => worker.off("message", answered).off("error", failed).off("exit", left);
    const answered = (reply: Reply) => {
      stop();
      if (reply.result === undefined) reject(reply.error);
      else resolve(reply.result);
    };
    const failed = (error: Error) => {
      stop();
      reject(error);
    };
    const left = () => failed(new Error("The thread that solves has ended before it answered."));
    worker.on("message", answered).on("error", failed).on("exit", left);
    worker.postMessage(task);
  });
}

/**
 * Solves a round beside the event loop: other requests are answered meanwhile. Threads are kept for the next run, and keep no process alive
 * that has nothing else to do.
 * @throws AssignmentInputError (by name) as `matchRound` does
 */
export async function solveBeside(task: MatchingTask): Promise<RoundResult> {
  const worker = await takeThread();
  worker.ref();
  try {
    return await ask(worker, task);
  } finally {
    worker.unref();
    if (!ended.has(worker)) {
      idle.push(worker);
      waiting.shift()?.();
    }
  }
}
