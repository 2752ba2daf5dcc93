import { DEFINITIONS, type Definition } from "./definitions";

/** All settings as a Markdown table, for the README. */
export function settingsTable(): string {
  const rows = (Object.values(DEFINITIONS) as Definition<unknown>[]).map((definition) =>
    [`\`${definition.variable}\``, defaultOf(definition), `${definition.description}. Expected: ${definition.expected}`]
      .map((cell) => cell.replaceAll("|", "\\|"))
      .join(" | "),
  );
  return ["| Variable | Default | Meaning |", "|---|---|---|", ...rows.map((row) => `| ${row} |`)].join("\n");
}

function defaultOf({ default: standard, defaultText }: Definition<unknown>): string {
  if (defaultText) return defaultText;
  if (standard === undefined || (Array.isArray(standard) && standard.length === 0)) return "none";
  return `\`${String(standard)}\``;
}

/** The settings as they may be logged: secrets are replaced. */
export function printable(settings: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(settings).map(([name, value]) => {
      const secret = (DEFINITIONS as Record<string, { secret: boolean }>)[name]?.secret ?? true;
      return [name, secret && value !== undefined && String(value) !== "" ? "[set]" : value];
    }),
  );
}
