import { setTimeout as pause } from "node:timers/promises";
import { converters } from "./opencc";
import { pinyin } from "./pinyin";
import { toTsQuery } from "./query";

const PAUSE_MS = 20;

/** What the first search would load, each dictionary by itself: pinyin, Traditional to Simplified, Taiwan's words, words. */
const STEPS: readonly (() => unknown)[] = [
  () => pinyin("乐"),
  () => converters.twToCn()("樂"),
  () => converters.twWordsToCn()("樂"),
  () => toTsQuery("社区活动"),
];

/**
 * Loads the dictionaries of search, some 240 ms in all, so that the first who searches does not wait for them. One in a turn, with a pause after
 * each: what is asked meanwhile waits for one dictionary at most. Does not keep the process alive.
 */
export async function warmUp(): Promise<void> {
  for (const load of STEPS) {
    await pause(PAUSE_MS, undefined, { ref: false });
    load();
  }
}
