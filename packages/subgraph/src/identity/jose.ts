import type * as Jose from "jose" with { "resolution-mode": "import" };

let loaded: typeof Jose | undefined;

/**
 * jose is published as ES modules only. Node's own loader can require() them; loaders that stand in for it (jest's, below Node 24.9)
 * cannot, so it is asked for by name. Loaded at first use: a process that checks no tokens does not pay for it.
 */
export function jose(): typeof Jose {
  loaded ??= process.getBuiltinModule("node:module").createRequire(__filename)("jose") as typeof Jose;
  return loaded;
}
