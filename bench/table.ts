/** One line of the table: what was measured, and beside it what it is compared with. */
export interface Row {
  name: string;
  /** The figure, rounded for reading, with its unit. */
  value: string;
  reference?: string;
  /** value / reference, or the bound that the target speaks of. */
  ratio?: number;
  target?: { text: string; met: boolean };
  note?: string;
}

const cell = (text: string): string => text.replaceAll("|", "\\|");

const ratioText = (ratio: number | undefined): string =>
  ratio === undefined ? "" : ratio >= 2 ? `${ratio.toFixed(2)} ×` : `${(ratio * 100).toFixed(ratio < 0.1 ? 1 : 0)} %`;

const targetText = (target: Row["target"]): string => (target ? `${target.text}: ${target.met ? "met" : "missed"}` : "");

/** The rows as one Markdown table. */
export function markdown(rows: readonly Row[]): string {
  const lines = rows.map(({ name, value, reference = "", ratio, target, note = "" }) =>
    [name, value, reference, ratioText(ratio), targetText(target), note].map(cell).join(" | "),
  );
  return [
    "| measurement | value | reference | ratio | target | note |",
    "|---|--:|--:|--:|---|---|",
    ...lines.map((line) => `| ${line} |`),
  ].join("\n");
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (sorted.length === 0) throw new Error("There is no median of nothing");
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
};

/** The value below which `share` (0 to 1) of the sorted values lie. */
export const quantile = (sorted: ArrayLike<number>, share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
