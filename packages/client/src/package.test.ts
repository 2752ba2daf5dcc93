import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const source = (name: string) => readFileSync(join(__dirname, name), "utf8");

test("the client takes nothing along: no dependencies, and imports of its own files only", () => {
  const manifest = JSON.parse(source("../package.json")) as Record<string, unknown>;
  expect(Object.keys(manifest).filter((key) => key.toLowerCase().includes("dependencies"))).toEqual([]);
  const files = readdirSync(__dirname, { recursive: true, encoding: "utf8" }).filter(
    (name) => name.endsWith(".ts") && !name.endsWith(".test.ts"),
  );
  const imported = files.flatMap((name) =>
    [...source(name).matchAll(/(?:from|import|require)\s*\(?\s*["']([^"']+)["']/gu)].map(([, path]) => path),
  );
  expect(imported.length).toBeGreaterThan(5);
  expect(imported.filter((path) => !path?.startsWith("."))).toEqual([]);
});
