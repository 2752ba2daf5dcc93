import { parentPort } from "node:worker_threads";
import { solveTask, type MatchingTask } from "./solve";

/** The thread that solves: a task in, `{ result }` or `{ error }` out. */
parentPort?.on("message", (task: MatchingTask) => {
  try {
    parentPort!.postMessage({ result: solveTask(task) });
  } catch (error) {
    parentPort!.postMessage({ error });
  }
});
