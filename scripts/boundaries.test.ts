import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { ROOT, workspaces } from "./workspaces";

const config = join(ROOT, ".dependency-cruiser.cjs");
const { forbidden } = require(config) as { forbidden: { name: string }[] };

/** A file, what it imports, and the rules that it breaks. */
type Case = [file: string, imports: string, ...rules: string[]];

const FORBIDDEN: Case[] = [
  ["services/communities/src/neighbour.ts", "@gongjian/events", "service-imports-no-service"],
  ["services/communities/src/foreign.ts", "@gongjian/entities-events", "service-imports-its-own"],
  ["services/matching/src/reader.ts", "@gongjian/importer", "service-imports-its-own"],
  ["services/events/src/front.test.ts", "@gongjian/gateway", "service-unit-test-imports-its-own"],
  ["services/events/test/front.test.ts", "@gongjian/gateway", "service-test-imports-no-front"],
  ["packages/entities-events/src/up.ts", "@gongjian/subgraph", "entities-import-database"],
  ["packages/entities-events/src/aside.ts", "@gongjian/entities-matching", "entities-import-database"],
  ["packages/entities-events/test/up.test.ts", "@gongjian/subgraph", "entities-import-database-in-tests"],
  ["packages/hantext/src/store.ts", "@gongjian/database", "pure-imports-nothing"],
  ["packages/assignment/src/type.ts", "type @gongjian/hantext", "pure-imports-nothing"],
  ["packages/assignment/src/store.test.ts", "@gongjian/database", "pure-imports-nothing-in-tests"],
  ["packages/settings/src/up.ts", "@gongjian/database", "settings-imports-nothing"],
  ["packages/settings/src/up.test.ts", "@gongjian/database", "settings-imports-nothing-in-tests"],
  ["packages/database/src/up.ts", "@gongjian/hantext", "database-imports-nothing"],
  ["packages/database/test/up.test.ts", "@gongjian/subgraph", "database-imports-nothing-in-tests"],
  ["packages/importer/src/store.ts", "@gongjian/database", "importer-imports-hantext"],
  ["packages/importer/src/store.test.ts", "@gongjian/database", "importer-imports-hantext-in-tests"],
  ["packages/subgraph/src/up.ts", "@gongjian/entities-events", "subgraph-imports-below"],
  ["packages/subgraph/src/up.test.ts", "@gongjian/communities", "subgraph-imports-below-in-tests"],
  ["packages/client/src/server.ts", "@gongjian/subgraph", "client-imports-nothing"],
  ["gateway/src/service.ts", "@gongjian/communities", "gateway-imports-no-service"],
  ["gateway/src/rows.ts", "@gongjian/entities-matching", "gateway-imports-no-service"],
  ["gateway/test/service.test.ts", "@gongjian/communities", "gateway-imports-no-service-in-tests"],
  ["packages/testing/src/wired.ts", "@gongjian/cli", "nobody-imports-cli"],
  ["cli/src/tested.ts", "@gongjian/testing", "testing-only-in-tests"],
  ["cli/src/fixture.ts", "../test/fixture", "source-imports-no-tests"],
  ["cli/src/inside.ts", "../../packages/database/src/inner", "by-package-name"],
  ["packages/hantext/src/undeclared.ts", "undeclared", "declared-dependencies"],
  ["packages/hantext/src/ring.ts", "./ring", "no-cycles"],
  ["packages/hantext/src/nowhere.ts", "./nowhere-at-all", "resolvable"],
];

const ALLOWED: Case[] = [
  ["services/communities/src/own.ts", "@gongjian/entities-communities"],
  ["services/communities/src/kit.ts", "@gongjian/subgraph"],
  ["services/communities/src/rows.ts", "@gongjian/database"],
  ["services/matching/src/pure.ts", "@gongjian/assignment"],
  ["services/events/test/neighbour.test.ts", "@gongjian/communities"],
  ["services/events/src/help.test.ts", "@gongjian/testing"],
  ["packages/entities-matching/src/rows.ts", "@gongjian/database"],
  ["packages/importer/src/fold.ts", "@gongjian/hantext"],
  ["packages/hantext/src/own.ts", "./index"],
  ["packages/database/test/help.test.ts", "@gongjian/testing"],
  ["packages/hantext/src/declared.ts", "declared"],
  ["gateway/src/kit.ts", "@gongjian/subgraph"],
  ["gateway/src/settings.ts", "@gongjian/settings"],
  ["cli/src/all.ts", "@gongjian/matching"],
  ["cli/test/help.test.ts", "@gongjian/testing"],
];

let folder: string;

const write = (file: string, text: string): void => {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
};

/** The workspaces of the repository, each with nothing in it. */
function layOut(): void {
  const library = (name: string) => {
    write(`node_modules/${name}/package.json`, JSON.stringify({ name, version: "1.0.0", main: "dist/index.js" }));
    write(`node_modules/${name}/dist/index.js`, "exports.x = 1;\n");
  };
  copyFileSync(join(ROOT, "tsconfig.base.json"), join(folder, "tsconfig.base.json"));
  write("package.json", JSON.stringify({ name: "fixture", private: true, devDependencies: { undeclared: "1.0.0" } }));
  library("declared");
  library("undeclared");
  mkdirSync(join(folder, "node_modules", "@gongjian"));
  for (const workspace of workspaces()) {
    const manifest = join(workspace, "package.json");
    const { name, exports } = JSON.parse(readFileSync(join(ROOT, manifest), "utf8")) as { name: string; exports: object };
    write(manifest, JSON.stringify({ name, exports, dependencies: { declared: "1.0.0" } }));
    write(join(workspace, "src", "index.ts"), "export const x = 1;\n");
    symlinkSync(join(folder, workspace), join(folder, "node_modules", name));
  }
  write("packages/database/src/inner.ts", "export const x = 1;\n");
  write("cli/test/fixture.ts", "export const x = 1;\n");
}

/** What dependency-cruiser says of the fixture with these files in it: "file: rule", in order. */
function violations(cases: readonly Case[]): string[] {
  for (const [file, imports] of cases) {
    const [, type = "", name] = /^(type )?(.*)$/.exec(imports)!;
    write(
      file,
      `import ${type}{ x } from "${name}";\nexport const y${type ? ": typeof x" : " = x"}${type ? " = 1" : ""};\nexport { y as x };\n`,
    );
  }
  const bin = join(ROOT, "node_modules", "dependency-cruiser", "bin", "dependency-cruise.mjs");
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [bin, "--config", config, "--output-type", "json", "packages", "services", "gateway", "cli"],
    { cwd: folder, encoding: "utf8", maxBuffer: 50_000_000 },
  );
  if (!stdout.startsWith("{")) throw new Error(stderr || stdout);
  const { summary } = JSON.parse(stdout) as { summary: { violations: { from: string; rule: { name: string } }[] } };
  return [...new Set(summary.violations.map(({ from, rule }) => `${from}: ${rule.name}`))].sort();
}

describe("who may import whom", () => {
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "gongjian-boundaries-")));
    layOut();
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("lets through what the design allows", () => {
    expect(violations(ALLOWED)).toEqual([]);
  });

  it("finds each forbidden import, by its rule alone", () => {
    const expected = FORBIDDEN.flatMap(([file, , ...rules]) => rules.map((rule) => `${file}: ${rule}`));
    expect(violations(FORBIDDEN)).toEqual(expected.sort());
  });

  it("breaks every rule there is", () => {
    const broken = new Set(FORBIDDEN.flatMap(([, , ...rules]) => rules));
    expect(forbidden.map(({ name }) => name).filter((name) => !broken.has(name))).toEqual([]);
  });
});
