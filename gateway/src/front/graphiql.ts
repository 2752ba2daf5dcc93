import { readdirSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { extname, join } from "node:path";
import { SECURITY_HEADERS, sendError, sendJson } from "@gongjian/subgraph";

const FOLDER = join(__dirname, "..", "..", "graphiql");
const TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".ttf": "font/ttf",
  ".woff": "font/woff",
  ".woff2": "font/woff2",
};
/** Everything comes from here and nothing goes elsewhere. The editor writes its colours into style elements. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

export interface Example {
  name: string;
  query: string;
}

/** The example queries that GraphiQL opens with, in the order of their file names. */
export function readExamples(folder = join(FOLDER, "examples")): Example[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".graphql"))
    .sort()
    .map((file) => ({ name: file.slice(0, -".graphql".length), query: readFileSync(join(folder, file), "utf8") }));
}

/** Serves the bundled GraphiQL under /graphiql; `path` is the request's path. */
export function graphiql(dist = join(FOLDER, "dist")): (path: string, response: ServerResponse) => Promise<void> {
  const files = new Set(listFiles(dist));
  const examples = JSON.stringify(readExamples());
  const read = new Map<string, Promise<Buffer>>();
  /** Each file once: whoever does not take an answer holds no copy of it. */
  const contentOf = (file: string): Promise<Buffer> => {
    const known = read.get(file) ?? readFile(join(dist, file));
    read.set(file, known);
    known.catch(() => read.delete(file));
    return known;
  };
  return async (path, response) => {
    const file = path.slice("/graphiql".length).replace(/^\//, "") || "index.html";
    if (file === "examples.json") return sendJson(response, 200, examples);
    if (!files.has(file))
      return sendError(response, 404, "NOT_FOUND", files.size === 0 ? "GraphiQL has not been built" : "There is nothing here");
    const content = await contentOf(file);
    const isAsset = file.startsWith("assets/");
    response.writeHead(200, {
      ...SECURITY_HEADERS,
      "content-security-policy": POLICY,
      "content-type": TYPES[extname(file)] ?? "application/octet-stream",
      "content-length": content.length,
      // names of assets carry a hash of their content
      "cache-control": isAsset ? "public, max-age=31536000, immutable" : "no-cache",
    });
    response.end(content);
  };
}

function listFiles(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: "utf8" }).map((file) => file.replaceAll("\\", "/"));
  } catch {
    return [];
  }
}
