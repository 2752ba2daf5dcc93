import type { AuditAnchor } from "./anchor";
import { chainHash, genesisHash, underId } from "./chain";
import { type ChainReader, type Link, withChain } from "./read";

/**
 * What is wrong with a chain.
 * edited: an entry's content is not what was hashed. missing: entries were taken out. inserted: an entry was put in by another way than
 * the trigger. reordered: entries changed places. truncated: entries were cut off the end. rewritten: the chain is whole, but not
 * the one that an anchor was taken of. unguarded: a trigger that protects the chain is missing or disabled.
 */
export type AuditProblemKind = "edited" | "missing" | "inserted" | "reordered" | "truncated" | "rewritten" | "unguarded";

export interface AuditProblem {
  kind: AuditProblemKind;
  /** The place in the chain where it begins; 0 where the trail as a whole is meant. */
  id: number;
  message: string;
}

export interface AuditReport {
  schema: string;
  /** Entries read, up to and with the one at which a problem was found. */
  entries: number;
  /** The first problem; null when the chain is whole. */
  problem: AuditProblem | null;
}

const BATCH = 1_000;

const problem = (kind: AuditProblemKind, id: number, message: string): AuditProblem => ({ kind, id, message });

/** Whether the entry's hash is right for this place in the chain. */
const fits = (link: Link, id: number): boolean => chainHash(link.previousHash, underId(link.texts, id)) === link.hash;

/**
 * Says what happened at the first link that does not hold. `prior` is the last entry that does, `link` the one after it: its id, its
 * content or its previous hash is wrong. An edit, an insertion or a removal that is followed by renumbering moves what comes after it, so the
 * place an entry was made for is looked for too.
 */
async function explain(chain: ChainReader, prior: { id: number; hash: string }, link: Link): Promise<AuditProblem> {
  const id = prior.id + 1;
  const head = await chain.head();
  if (head && head.id < id)
    return problem("inserted", link.id, `Entry ${link.id} stands after entry ${head.id}, where the head says the chain ends.`);
  if (link.id < id) return problem("inserted", link.id, `Entry ${link.id} stands before the beginning of the chain.`);
  if (link.id > id && fits(link, link.id)) {
    const last = link.id - 1;
    return problem("missing", id, id === last ? `Entry ${id} is missing.` : `Entries ${id} to ${last} are missing.`);
  }
  if (fits(link, link.id))
    return prior.id === 0
      ? problem("inserted", id, "The first entry does not follow the beginning of this schema's chain.")
      : problem("edited", prior.id, `Entry ${prior.id} was changed and hashed again: entry ${id} was written after another one.`);
  if (prior.id > 0 && fits(link, prior.id))
    return problem("inserted", prior.id, `Entry ${prior.id} was put in: the entry now numbered ${link.id} was written in its place.`);

  const [rightful] = (await chain.find("entry.previous_hash = decode($1, 'hex') AND entry.id <> $2", [prior.hash, link.id])).filter(
    (candidate) => fits(candidate, id),
  );
  if (rightful)
    return rightful.id === link.id + 1 && !(await placeOf(chain, link))
      ? problem("inserted", link.id, `Entry ${link.id} was put in: the entry now numbered ${rightful.id} was written in its place.`)
      : problem("reordered", link.id, `Entry ${rightful.id} was written as number ${id}, where another entry stands.`);
  const place = await placeOf(chain, link);
  if (place !== null && place > id)
    return problem("missing", id, `Entry ${id} is missing: the entry now numbered ${link.id} was written as ${place}.`);
  if (place !== null) return problem("reordered", link.id, `Entry ${link.id} was written as number ${place}.`);
  return problem("edited", link.id, `The content of entry ${link.id} is not what was written.`);
}

/** The place that an entry was written for, where it can be told from the entry that it names as its previous one, or from its neighbours. */
async function placeOf(chain: ChainReader, link: Link): Promise<number | null> {
  const previous = await chain.find("entry.hash = decode($1, 'hex')", [link.previousHash]);
  const around = [link.id, ...previous.map((entry) => entry.id)].flatMap((id) => [id - 1, id, id + 1, id + 2]);
  return around.find((id) => id >= 1 && fits(link, id)) ?? null;
}

/** What the end of the chain and the anchors say that its links do not. */
function checkEnd(last: { id: number; hash: string }, head: AuditAnchor | null, anchors: readonly AuditAnchor[]): AuditProblem | null {
  const beyond = anchors.filter((anchor) => anchor.id > last.id).sort((a, b) => a.id - b.id)[0];
  if (beyond) return problem("truncated", last.id + 1, `The chain ends at ${last.id}; an anchor of ${beyond.at} has ${beyond.id} entries.`);
  if (!head) return problem("missing", last.id, "The head of the chain is missing.");
  if (head.id > last.id) return problem("truncated", last.id + 1, `The chain ends at ${last.id}; its head says ${head.id}.`);
  if (head.id < last.id) return problem("inserted", head.id + 1, `The chain ends at ${last.id}; its head says ${head.id}.`);
  return head.hash === last.hash
    ? null
    : problem("rewritten", last.id, `Entry ${last.id} is not the one that the head of the chain names.`);
}

async function verifyChain(chain: ChainReader, schema: string, anchors: readonly AuditAnchor[], batch: number): Promise<AuditReport> {
  if (!(await chain.exists())) return { schema, entries: 0, problem: problem("missing", 0, "There is no audit trail.") };
  const report = (entries: number, found: AuditProblem | null): AuditReport => ({ schema, entries, problem: found });
  const anchored = new Map<number, AuditAnchor[]>();
  for (const anchor of anchors) anchored.set(anchor.id, [...(anchored.get(anchor.id) ?? []), anchor]);
  const contradicted = ({ id, hash }: { id: number; hash: string }): AuditProblem | null => {
    const anchor = anchored.get(id)?.find((candidate) => candidate.hash !== hash);
    return anchor ? problem("rewritten", id, `Entry ${id} is not the one that an anchor of ${anchor.at} names.`) : null;
  };

  let prior = { id: 0, hash: genesisHash(schema) };
  let entries = 0;
  const empty = contradicted(prior);
  if (empty) return report(0, empty);
  for await (const link of chain.links(batch)) {
    entries += 1;
    if (link.id !== prior.id + 1 || link.previousHash !== prior.hash || !fits(link, link.id))
      return report(entries, await explain(chain, prior, link));
    const found = contradicted(link);
    if (found) return report(entries, found);
    prior = { id: link.id, hash: link.hash };
  }
  const found = checkEnd(prior, await chain.head(), anchors);
  if (found) return report(entries, found);
  const disabled = await chain.disabledTriggers();
  return report(entries, disabled.length === 0 ? null : problem("unguarded", 0, `Not in force: ${disabled.join(", ")}.`));
}

/**
 * Walks the audit chain of each schema, recomputes every hash outside the database, and reports the first problem of each. Memory is
 * bounded by `batch` entries (1,000). `adminUrl` must be able to read all schemas. Anchors of other schemas are not looked at.
 */
export async function verifyAudit(
  adminUrl: string,
  schemas: readonly string[],
  options: { anchors?: readonly AuditAnchor[]; batch?: number } = {},
): Promise<AuditReport[]> {
  const reports: AuditReport[] = [];
  for (const schema of schemas) {
    const anchors = (options.anchors ?? []).filter((anchor) => anchor.schema === schema);
    reports.push(await withChain(adminUrl, schema, (chain) => verifyChain(chain, schema, anchors, options.batch ?? BATCH)));
  }
  return reports;
}

/** The heads of the schemas' chains, to be kept elsewhere. Verify first: an anchor of a broken chain vouches for it. */
export async function auditAnchors(adminUrl: string, schemas: readonly string[]): Promise<AuditAnchor[]> {
  const anchors: AuditAnchor[] = [];
  for (const schema of schemas) {
    const head = await withChain(adminUrl, schema, async (chain) => ((await chain.exists()) ? chain.head() : null));
    if (!head) throw new Error(`The schema ${schema} has no audit trail: run gongjian migrate`);
    anchors.push(head);
  }
  return anchors;
}
