import type { Problem } from "./problem";
import type { Summary } from "./read";

/** Problems as lines for people (Chinese, then English) or as one JSON array for programs. */
export function formatProblems(problems: readonly Problem[], format: "text" | "json"): string {
  if (format === "json") return JSON.stringify(problems, null, 2);
  return problems.map(line).join("\n");
}

function line({ row, cell, column, code, severity, message, value }: Problem): string {
  const place = [row > 0 ? `第 ${row} 行 row ${row}` : "文件 file", cell, column].filter(Boolean).join(" · ");
  const shown = value === undefined ? "" : ` 〔${value.replace(/\s+/g, " ")}〕`;
  return `${severity === "error" ? "✗" : "!"} ${place}: ${code} ${message.zh} / ${message.en}${shown}`;
}

/** One line on how many rows were read, good and bad. */
export function formatSummary({ rows, good, bad, errors, warnings }: Summary): string {
  return `${rows} 行：${good} 行可用，${bad} 行有误（${errors} 处错误，${warnings} 处提醒） / ${rows} rows: ${good} good, ${bad} bad (${errors} errors, ${warnings} warnings)`;
}
