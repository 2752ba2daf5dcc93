import { isDate, checkText, type InputProblem } from "@gongjian/subgraph";
import { normalise } from "../contact/contact.rules";

const SHAPE = /^[1-8]\d{16}[\dX]$/u;
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS = "10X98765432";

/** A citizen identification number as it is compared, or null when it is none: shape, date of birth and check character (GB 11643-1999). Pure. */
export function idNumber(value: string): string | null {
  const text = value.normalize("NFKC").replaceAll(/\s/gu, "").toUpperCase();
  if (!SHAPE.test(text) || !isDate(`${text.slice(6, 10)}-${text.slice(10, 12)}-${text.slice(12, 14)}`)) return null;
  const sum = WEIGHTS.reduce((total, weight, at) => total + weight * Number(text[at]), 0);
  return CHECKS[sum % 11] === text[17] ? text : null;
}

/** First and last character: `5****************X`. Pure. */
export const maskIdNumber = (value: string): string => `${value[0]}${"*".repeat(16)}${value[17]}`;

/** The family name alone: `王**`. Pure. */
export const maskName = (value: string): string => `${[...value][0] ?? ""}**`;

/** What is wrong with a record. No message repeats a value. Pure. */
export function checkRecord(record: { name: string; idNumber: string; mobile?: string | null }): InputProblem[] {
  const problems = checkText("name", record.name, { least: 1, most: 100 });
  if (idNumber(record.idNumber) === null)
    problems.push({ field: "idNumber", code: "MALFORMED", message: "This is not a citizen identification number." });
  if (record.mobile != null && normalise("MOBILE", record.mobile) === null)
    problems.push({ field: "mobile", code: "MALFORMED", message: "This is not a mobile number." });
  return problems;
}
