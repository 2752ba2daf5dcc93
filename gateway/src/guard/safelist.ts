import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { type Call, Refusal } from "@gongjian/subgraph";
import type { GatewaySettings } from "../settings";

/** What a request says about its operation: the text, its hash, or both. */
export interface Asked {
  query?: unknown;
  /** `sha256:<hash>`, as the GraphQL over HTTP proposal for persisted documents has it. */
  documentId?: unknown;
  /** `persistedQuery.sha256Hash`, as Apollo's clients send it. */
  extensions?: unknown;
}

/** What may be executed, when it is not everything. */
export interface Safelist {
  /** The text of the listed operation that is asked for; null: not listed, but this caller may ask all the same. @throws Refusal */
  textOf(asked: Asked, call: Call): string | null;
  readonly size: number;
}

const HASH = /^[0-9a-f]{64}$/;

/** Reads the file of the setting, when there is one. @throws Error that says what is wrong with it */
export function safelist({
  safelist: path,
  safelistExemptRoles,
}: Pick<GatewaySettings, "safelist" | "safelistExemptRoles">): Safelist | null {
  if (path === undefined) return null;
  const byHash = readDocuments(path);
  const texts = new Set(byHash.values());
  const exempt = new Set<string>(safelistExemptRoles);
  return {
    size: byHash.size,
    textOf(asked, { viewer }) {
      const text = textOf(asked, byHash, texts);
      if (text !== null) return text;
      if (exempt.size > 0 && viewer.memberships.some(({ role }) => exempt.has(role))) return null;
      throw new Refusal(403, "OPERATION_NOT_ALLOWED", "Only the operations that are listed here are executed");
    },
  };
}

function textOf(asked: Asked, byHash: ReadonlyMap<string, string>, texts: ReadonlySet<string>): string | null {
  const { query } = asked;
  if (typeof query === "string" && query !== "") return texts.has(query) ? query : null;
  const hash = hashOf(asked);
  return hash === null ? null : (byHash.get(hash) ?? null);
}

function hashOf({ documentId, extensions }: Asked): string | null {
  if (typeof documentId === "string") return bare(documentId);
  const hash = (extensions as { persistedQuery?: { sha256Hash?: unknown } } | null | undefined)?.persistedQuery?.sha256Hash;
  return typeof hash === "string" ? hash : null;
}

const bare = (hash: string) => (hash.startsWith("sha256:") ? hash.slice(7) : hash);

function readDocuments(path: string): Map<string, string> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new Error(`SAFELIST: ${path} cannot be read as JSON: ${(error as Error).message}`);
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) {
    throw new Error(`SAFELIST: ${path} is not an object of documents by their hash`);
  }
  const documents = new Map<string, string>();
  for (const [key, text] of Object.entries(parsed)) {
    const hash = bare(key);
    if (!HASH.test(hash) || typeof text !== "string" || createHash("sha256").update(text).digest("hex") !== hash) {
      throw new Error(`SAFELIST: ${path} has a document under ${JSON.stringify(key.slice(0, 80))}, which is not its SHA-256 hash`);
    }
    documents.set(hash, text);
  }
  return documents;
}
