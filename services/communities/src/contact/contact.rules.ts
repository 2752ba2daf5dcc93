import type { ContactKind } from "@gongjian/entities-communities";
import { checkText, type InputProblem } from "@gongjian/subgraph";
import { parsePhoneNumberFromString, type CountryCode } from "libphonenumber-js/max";

/** Numbers are read as of these places in turn: a number without a country code is a mainland one where it can be. */
const PLACES: readonly CountryCode[] = ["CN", "TW"];
const MOBILE_TYPES = new Set(["MOBILE", "FIXED_LINE_OR_MOBILE"]);
const EMAIL = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}$/u;
/** Tencent's rule: a letter, then 5 to 19 letters, digits, _ or -. */
const WECHAT = /^[A-Za-z][A-Za-z0-9_-]{5,19}$/u;
/** Service numbers that the numbering plan of the PRC gives for public use, e.g. 12345. */
const SHORT_CODE = /^(?:1[012]\d{1,3}|9[56]\d{3})$/u;

const withoutTag = (value: string): string => value.normalize("NFKC").trim();

function phone(value: string, mobile: boolean): string | null {
  const text = withoutTag(value);
  if (!mobile && SHORT_CODE.test(text)) return text;
  for (const place of PLACES) {
    const number = parsePhoneNumberFromString(text, { defaultCountry: place, extract: false });
    if (!number?.isValid()) continue;
    const type = number.getType();
    if (type !== undefined && MOBILE_TYPES.has(type) === mobile) return number.number + (number.ext ? `;ext=${number.ext}` : "");
  }
  return null;
}

/** The value as it is compared and stored: E.164 for numbers of the mainland, Taiwan and abroad, lower-case e-mail. Null: it is none. Pure. */
export function normalise(kind: ContactKind, value: string): string | null {
  const text = withoutTag(value);
  switch (kind) {
    case "PHONE":
      return phone(text, false);
    case "MOBILE":
      return phone(text, true);
    case "EMAIL":
      return text.length <= 254 && EMAIL.test(text) && !/\.\.|^\.|\.@/u.test(text) ? text.toLowerCase() : null;
    case "WECHAT":
      return WECHAT.test(text) || phone(text, true) !== null ? text : null;
    case "ADDRESS":
      return text;
  }
}

const stars = (text: string, first: number, last: number): string => {
  const all = [...text];
  if (all.length <= first + last) return "*".repeat(Math.max(4, all.length));
  return [...all.slice(0, first), "****", ...(last > 0 ? all.slice(-last) : [])].join("");
};

/** What those may see who may know that there is such a contact: `138****1234`, `a****@example.cn`. Pure. */
export function mask(kind: ContactKind, value: string): string {
  if (kind === "EMAIL") return `${value.slice(0, 1)}****${value.slice(value.indexOf("@"))}`;
  if (kind === "ADDRESS") return stars(value, 3, 0);
  if (kind === "WECHAT") return stars(value, 2, 1);
  const national = value.replace(/^\+86/u, "").replace(/;ext=.*$/u, "");
  return kind === "MOBILE" ? stars(national, national.startsWith("+") ? 4 : 3, 4) : stars(national, 2, 2);
}

const MALFORMED: Record<ContactKind, string> = {
  PHONE: "This is not a landline or service number.",
  MOBILE: "This is not a mobile number.",
  EMAIL: "This is not an e-mail address.",
  WECHAT: "This is not a WeChat id.",
  ADDRESS: "This is not an address.",
};

/** What is wrong with a contact. No message repeats the value. Pure. */
export function checkContact(contact: {
  kind: ContactKind;
  purpose: string;
  label?: string | null;
  published: boolean;
  value: string;
  /** The stored value stays: `value` says nothing. */
  unchanged?: boolean;
}): InputProblem[] {
  const problems = [
    ...checkText("purpose", contact.purpose, { least: 1, most: 100 }),
    ...checkText("label", contact.label, { most: 100 }),
    ...(contact.unchanged ? [] : checkText("value", contact.value, { least: 1, most: 300 })),
  ];
  if (!contact.unchanged && problems.length === 0 && normalise(contact.kind, contact.value) === null)
    problems.push({ field: "value", code: "MALFORMED", message: MALFORMED[contact.kind] });
  if (contact.published && (contact.kind === "MOBILE" || contact.kind === "WECHAT"))
    problems.push({
      field: "published",
      code: "NOT_PUBLISHABLE",
      message: "A mobile number or WeChat id is a person's and never published.",
    });
  return problems;
}
