/** Bundles GraphiQL into dist/, when dist/ is missing or older than its sources: `node gateway/graphiql/build.mjs [--force]`. */
import { readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = dirname(fileURLToPath(import.meta.url));
const SOURCES = ["src", "public", "index.html", "build.mjs"];

function newest(path) {
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.mtimeMs;
  return Math.max(...readdirSync(path).map((name) => newest(join(path, name))));
}

export function isStale() {
  try {
    const built = statSync(join(folder, "dist", "index.html")).mtimeMs;
    return SOURCES.some((source) => newest(join(folder, source)) > built);
  } catch {
    return true;
  }
}

export async function build() {
  const { build: bundle } = await import("vite");
  await bundle({
    root: folder,
    configFile: false,
    logLevel: "error",
    // the page is served under /graphiql, without a slash at the end
    base: "/graphiql/",
    // everything in files of its own: the content security policy allows no inlined scripts or workers
    build: { outDir: "dist", emptyOutDir: true, assetsInlineLimit: 0, chunkSizeWarningLimit: 10_000, reportCompressedSize: false },
    worker: { format: "es" },
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url) && (process.argv.includes("--force") || isStale())) await build();
