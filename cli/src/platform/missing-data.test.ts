import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkDataFolder } from "./missing-data";

const folder = (): string => mkdtempSync(join(tmpdir(), "gongjian-data-"));

test("a folder without data is refused by its name, and nothing is made there, unless it was asked for", () => {
  const dataDir = folder();
  const missing = join(dataDir, "not-there");
  expect(() => checkDataFolder({ databaseUrl: undefined, dataDir: missing }, false)).toThrow(missing);
  expect(() => checkDataFolder({ databaseUrl: undefined, dataDir: missing }, true)).not.toThrow();
  expect(() => checkDataFolder({ databaseUrl: "postgresql://localhost/gongjian", dataDir: missing }, false)).not.toThrow();
});

test("a folder that holds a cluster is taken", () => {
  const dataDir = folder();
  mkdirSync(join(dataDir, "postgres"));
  expect(() => checkDataFolder({ databaseUrl: undefined, dataDir }, false)).toThrow(dataDir);
  writeFileSync(join(dataDir, "postgres", "PG_VERSION"), "18");
  expect(() => checkDataFolder({ databaseUrl: undefined, dataDir }, false)).not.toThrow();
});
