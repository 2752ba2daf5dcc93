import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT, workspaces } from "./workspaces";

interface Entry {
  resolved?: string;
  integrity?: string;
  link?: boolean;
  hasInstallScript?: boolean;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
}

const json = <T>(file: string): T => JSON.parse(readFileSync(join(ROOT, file), "utf8")) as T;
const { packages } = json<{ packages: Record<string, Entry> }>("package-lock.json");
const installed = Object.entries(packages).filter(([path, { link }]) => path.includes("node_modules/") && !link);
const nameOf = (path: string): string => path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);

/** Whether a package at `path` would find `name`, as Node.js looks for it: beside its own packages, then further up. */
function finds(path: string, name: string): boolean {
  for (let folder = path; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf("node_modules/") - 1))) {
    if (`${folder === "" ? "" : `${folder}/`}node_modules/${name}` in packages) return true;
    if (folder === "") return false;
  }
}

describe("package-lock.json", () => {
  it("names no registry, so that npm asks the one that its user has, and holds what it answers to a hash", () => {
    expect(Object.values(packages).filter(({ resolved }) => resolved?.includes("://"))).toEqual([]);
    expect(installed.filter(([, { integrity }]) => !integrity?.startsWith("sha512-")).map(([path]) => path)).toEqual([]);
  });

  it("has the packages of every platform, not only of the one that it was written on", () => {
    const missing = installed.flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies)
        .filter((name) => !finds(path, name))
        .map((name) => `${path}: ${name}`),
    );
    expect(missing).toEqual([]);
  });

  it.each(["", ...workspaces()])("is in step with %s/package.json", (folder) => {
    const { dependencies = {}, devDependencies = {} } = json<Entry>(join(folder, "package.json"));
    const locked = packages[folder]!;
    expect([locked.dependencies ?? {}, locked.devDependencies ?? {}]).toEqual([dependencies, devDependencies]);
  });

  it("runs install scripts of reviewed packages only, and reviews no others", () => {
    const { allowScripts } = json<{ allowScripts: Record<string, boolean> }>("package.json");
    const scripted = new Set(installed.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => nameOf(path)));
    expect(Object.keys(allowScripts).sort()).toEqual([...scripted].sort());
  });
});
