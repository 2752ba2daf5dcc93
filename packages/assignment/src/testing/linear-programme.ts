import type { AssignmentInstance, NodeId } from "..";

/** The same problem as a linear programme in CPLEX LP text; a b-matching's programme has integral corners. */
export function asLinearProgramme({ left, right, edges }: AssignmentInstance): string {
  const sums = (position: 0 | 1, nodes: AssignmentInstance["left"], name: string) => {
    const terms = new Map<NodeId, string[]>(nodes.map(({ id }) => [id, []]));
    edges.forEach((edge, e) => {
      terms.get(edge[position])!.push(`x${e}`);
    });
    return nodes.flatMap(({ id, capacity }, k) => {
      const sum = terms.get(id)!;
      return sum.length === 0 ? [] : [` ${name}${k}: ${sum.join("\n + ")} <= ${capacity}`];
    });
  };
  const objective = edges.map(([, , score], e) => `${score < 0 ? "-" : "+"} ${Math.abs(score)} x${e}`);
  const bounds = edges.flatMap(([, , , limit], e) => (limit === undefined ? [] : [` 0 <= x${e} <= ${limit}`]));
  return [
    "Maximize",
    ` obj: ${objective.join("\n ")}`,
    "Subject To",
    ...sums(0, left, "l"),
    ...sums(1, right, "r"),
    "Bounds",
    ...bounds,
    "End",
  ].join("\n");
}
