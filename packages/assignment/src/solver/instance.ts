import { AssignmentInputError } from "./errors";
import type { Network } from "./network";
import { TIE_SCALE } from "./network-simplex";

/** A node's name: a safe integer or a text of 1 to 1,024 characters without NUL. 1 and "1" are two names. */
export type NodeId = string | number;

export interface AssignmentNode {
  readonly id: NodeId;
  /** Units that the node can give or take: a safe integer >= 0. */
  readonly capacity: number;
}

/**
 * [left id, right id, score of one unit, limit?]. The score is a safe integer, and an edge with a negative one is never used.
 * The limit is a safe integer >= 0; without it only the capacities of the two ends bound the edge.
 */
export type AssignmentEdge = readonly [left: NodeId, right: NodeId, score: number, limit?: number];

export interface AssignmentInstance {
  readonly left: readonly AssignmentNode[];
  readonly right: readonly AssignmentNode[];
  readonly edges: readonly AssignmentEdge[];
}

/** Most nodes on one side. */
export const MAX_NODES = 1_000_000;
/** Most edges. */
export const MAX_EDGES = 10_000_000;
const MAX_ID_LENGTH = 1_024;

/** An instance with its ids in canonical order and the network that speaks of them by position. */
export interface CompiledInstance {
  readonly leftIds: readonly NodeId[];
  readonly rightIds: readonly NodeId[];
  readonly network: Network;
}

/** Integers first, by size; then texts, by UTF-16 code units. The order of everything this package returns. */
export function compareIds(a: NodeId, b: NodeId): number {
  if (typeof a !== typeof b) return typeof a === "number" ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * Checks an instance, puts it in canonical order and drops the edges that can never carry anything (negative score or
 * limit 0).
 *
 * @throws AssignmentInputError for anything malformed, for more than MAX_NODES or MAX_EDGES, and when the value or a price
 * could leave the safe integers (see `checkRange`).
 */
export function compileInstance(instance: unknown): CompiledInstance {
  if (typeof instance !== "object" || instance === null || Array.isArray(instance)) {
    throw new AssignmentInputError("NOT_AN_OBJECT", "$", "an object with left, right and edges is wanted");
  }
  const { left, right, edges } = instance as Record<string, unknown>;
  const leftNodes = compileNodes(left, "left");
  const rightNodes = compileNodes(right, "right");
  const network = compileEdges(edges, leftNodes, rightNodes);
  checkRange(network);
  return { leftIds: leftNodes.ids, rightIds: rightNodes.ids, network };
}

interface CompiledNodes {
  readonly ids: NodeId[];
  readonly capacity: Float64Array;
  readonly indexOf: ReadonlyMap<unknown, number>;
}

function compileNodes(value: unknown, path: string): CompiledNodes {
  const nodes = list(value, path, MAX_NODES);
  const capacityOf = new Map<NodeId, number>();
  for (let i = 0; i < nodes.length; i++) {
    const node = nodes[i];
    if (typeof node !== "object" || node === null) {
      throw new AssignmentInputError("NOT_AN_OBJECT", `${path}[${i}]`, "an object with id and capacity is wanted");
    }
    const { id, capacity } = node as Record<string, unknown>;
    if (!isNodeId(id)) {
      throw new AssignmentInputError("MALFORMED_ID", `${path}[${i}].id`, `an integer, or 1 to ${MAX_ID_LENGTH} characters without NUL`);
    }
    if (capacityOf.has(id)) throw new AssignmentInputError("DUPLICATE_ID", `${path}[${i}].id`, "the id is already taken on this side");
    capacityOf.set(
      id,
      count(capacity, () => `${path}[${i}].capacity`),
    );
  }
  const ids = [...capacityOf.keys()].sort(compareIds);
  return {
    ids,
    capacity: Float64Array.from(ids, (id) => capacityOf.get(id)!),
    indexOf: new Map(ids.map((id, index) => [id, index])),
  };
}

function compileEdges(value: unknown, left: CompiledNodes, right: CompiledNodes): Network {
  const edges = list(value, "edges", MAX_EDGES);
  const leftEnd = new Int32Array(edges.length);
  const rightEnd = new Int32Array(edges.length);
  const score = new Float64Array(edges.length);
  const limit = new Float64Array(edges.length);
  for (let i = 0; i < edges.length; i++) {
    const edge = edges[i];
    if (!Array.isArray(edge) || edge.length < 3 || edge.length > 4) {
      throw new AssignmentInputError(
        "MALFORMED_EDGE",
        `edges[${i}]`,
        "[left id, right id, score] or [left id, right id, score, limit] is wanted",
      );
    }
    leftEnd[i] = knownId(edge[0], left, i, 0);
    rightEnd[i] = knownId(edge[1], right, i, 1);
    if (!Number.isSafeInteger(edge[2])) throw new AssignmentInputError("NOT_AN_INTEGER", `edges[${i}][2]`, "the score is no safe integer");
    score[i] = edge[2];
    limit[i] = edge[3] === undefined ? Number.POSITIVE_INFINITY : count(edge[3], () => `edges[${i}][3]`);
  }
  const order = Int32Array.from(leftEnd.keys()).sort((a, b) => leftEnd[a]! - leftEnd[b]! || rightEnd[a]! - rightEnd[b]! || a - b);
  const usable: number[] = [];
  for (let k = 0; k < order.length; k++) {
    const e = order[k]!;
    const before = order[k - 1];
    if (before !== undefined && leftEnd[before] === leftEnd[e] && rightEnd[before] === rightEnd[e]) {
      throw new AssignmentInputError("DUPLICATE_EDGE", `edges[${e}]`, "the two ends are already joined by another edge");
    }
    if (score[e]! >= 0 && limit[e]! > 0) usable.push(e);
  }
  return {
    leftCapacity: left.capacity,
    rightCapacity: right.capacity,
    edgeLeft: Int32Array.from(usable, (e) => leftEnd[e]!),
    edgeRight: Int32Array.from(usable, (e) => rightEnd[e]!),
    edgeScore: Float64Array.from(usable, (e) => score[e]!),
    edgeLimit: Float64Array.from(usable, (e) => limit[e]!),
  };
}

/**
 * Refuses what cannot be computed exactly in doubles: when the highest score times the units that one side could place exceeds
 * 2^53 - 1, or when a path through all nodes could sum to more than 2^52 in the solver's scale (10,000 against 10,000 nodes
 * may score up to 2.8e10 a unit).
 *
 * @throws AssignmentInputError VALUE_TOO_LARGE
 */
export function checkRange(network: Network): void {
  const { leftCapacity, rightCapacity, edgeLeft, edgeRight, edgeScore } = network;
  const bestLeft = new Float64Array(leftCapacity.length);
  const bestRight = new Float64Array(rightCapacity.length);
  let highest = 0;
  for (let e = 0; e < edgeScore.length; e++) {
    const score = edgeScore[e]!;
    if (score > highest) highest = score;
    if (score > bestLeft[edgeLeft[e]!]!) bestLeft[edgeLeft[e]!] = score;
    if (score > bestRight[edgeRight[e]!]!) bestRight[edgeRight[e]!] = score;
  }
  const bound = (capacity: Float64Array, best: Float64Array) =>
    capacity.reduce((sum, units, i) => (best[i] === 0 ? sum : sum + BigInt(units) * BigInt(best[i]!)), 0n);
  const byLeft = bound(leftCapacity, bestLeft);
  const byRight = bound(rightCapacity, bestRight);
  if ((byLeft < byRight ? byLeft : byRight) > BigInt(Number.MAX_SAFE_INTEGER)) {
    throw new AssignmentInputError("VALUE_TOO_LARGE", "edges", "the value could exceed 2^53 - 1; use smaller scores or capacities");
  }
  const longestPath = 2 * Math.min(leftCapacity.length, rightCapacity.length) + 2;
  if (BigInt(longestPath) * (BigInt(TIE_SCALE) * BigInt(highest) + 1n) > 2n ** 52n) {
    throw new AssignmentInputError("VALUE_TOO_LARGE", "edges", "the scores are too large for exact arithmetic on this many nodes");
  }
}

function list(value: unknown, path: string, most: number): unknown[] {
  if (!Array.isArray(value)) throw new AssignmentInputError("NOT_A_LIST", path, "a list is wanted");
  if (value.length > most) throw new AssignmentInputError("TOO_MANY", path, `at most ${most} entries`);
  return value;
}

function isNodeId(id: unknown): id is NodeId {
  if (typeof id === "number") return Number.isSafeInteger(id);
  return typeof id === "string" && id.length > 0 && id.length <= MAX_ID_LENGTH && !id.includes("\0");
}

function knownId(id: unknown, nodes: CompiledNodes, edge: number, position: number): number {
  const index = nodes.indexOf.get(id);
  if (index !== undefined) return index;
  const path = `edges[${edge}][${position}]`;
  if (isNodeId(id)) throw new AssignmentInputError("UNKNOWN_ID", path, "no node on this side has the id");
  throw new AssignmentInputError("MALFORMED_ID", path, `an integer, or 1 to ${MAX_ID_LENGTH} characters without NUL`);
}

function count(value: unknown, path: () => string): number {
  if (!Number.isSafeInteger(value)) throw new AssignmentInputError("NOT_AN_INTEGER", path(), "a safe integer is wanted");
  if ((value as number) < 0) throw new AssignmentInputError("OUT_OF_RANGE", path(), "0 or more is wanted");
  return value as number;
}
