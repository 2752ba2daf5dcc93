import { isIP } from "node:net";
import { z } from "zod";

/** A check of one setting's text, and the words for what it accepts. */
export interface Parser<T> {
  schema: z.ZodType<T, string>;
  expected: string;
}

export function wholeNumber(min: number, max: number, unit = ""): Parser<number> {
  return {
    expected: `a whole number from ${min} to ${max}${unit && ` (${unit})`}`,
    schema: z
      .string()
      .regex(/^-?\d{1,15}$/)
      .transform(Number)
      .refine((value) => value >= min && value <= max),
  };
}

export function oneOf<const T extends string>(...values: readonly T[]): Parser<T> {
  return { expected: `one of ${values.join(", ")}`, schema: z.enum(values) as unknown as z.ZodType<T, string> };
}

export const flag: Parser<boolean> = {
  expected: "true or false",
  schema: z
    .enum(["true", "false", "1", "0", "yes", "no"])
    .transform((value) => ["true", "1", "yes"].includes(value)) as unknown as z.ZodType<boolean, string>,
};

export function text(expected: string, pattern: RegExp): Parser<string> {
  return { expected, schema: z.string().regex(pattern) };
}

function isUrl(value: string, protocols: readonly string[]): boolean {
  return URL.canParse(value) && protocols.includes(new URL(value).protocol);
}

export function url(...protocols: readonly string[]): Parser<string> {
  const expected = `a URL that begins with ${protocols.map((protocol) => `${protocol}//`).join(" or ")}`;
  return { expected, schema: z.string().refine((value) => isUrl(value, protocols)) };
}

function list(value: string): string[] {
  return value
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

export function urls(...protocols: readonly string[]): Parser<string[]> {
  return {
    expected: `${protocols.map((protocol) => `${protocol}//`).join(" or ")} URLs separated by commas`,
    schema: z
      .string()
      .transform(list)
      .refine((values) => values.every((value) => isUrl(value, protocols))),
  };
}

/** Origins as browsers send them: scheme, host and port, no path. `*` would let every page on the web in and is refused. */
export const origins: Parser<string[]> = {
  expected: "origins such as https://example.org, separated by commas",
  schema: z
    .string()
    .transform(list)
    .refine((values) => values.every((value) => URL.canParse(value) && new URL(value).origin === value)),
};

/** Some of the given words, separated by commas. */
export function listOf<const T extends string>(...values: readonly T[]): Parser<T[]> {
  return {
    expected: `some of ${values.join(", ")}, separated by commas`,
    schema: z
      .string()
      .transform(list)
      .refine((given) => given.every((value) => (values as readonly string[]).includes(value))) as unknown as z.ZodType<T[], string>,
  };
}

/** Internet addresses, and networks in CIDR notation. */
export const networks: Parser<string[]> = {
  expected: "addresses or networks such as 10.0.0.0/8 or ::1, separated by commas",
  schema: z
    .string()
    .transform(list)
    .refine((values) => values.every(isNetwork)),
};

function isNetwork(value: string): boolean {
  const [address = "", prefix, ...rest] = value.split("/");
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (family === 4 ? 32 : 128));
}
