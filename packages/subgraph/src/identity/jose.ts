import type * as Jose from "jose" with { "resolution-mode": "import" };

let loaded: typeof Jose | undefined;

/** jose, loaded at its first use: a process that checks no tokens does not pay for it. It is an ES module, which Node can require(). */
export function jose(): typeof Jose {
  loaded ??= require("jose") as typeof Jose;
  return loaded;
}
