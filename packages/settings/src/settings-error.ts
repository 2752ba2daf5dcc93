/** One or more settings are broken. `message` has one line for each: the variable, what is wrong with it, what is expected. */
export class SettingsError extends Error {
  constructor(readonly problems: readonly { variable: string; line: string }[]) {
    super(problems.map(({ line }) => line).join("\n"));
    this.name = "SettingsError";
  }
}
