/** Fields whose values never stand in the audit trail: identifiers, ways to reach a person, ballots and secrets. In camelCase. */
export const PRIVATE_FIELDS = [
  "phone",
  "phones",
  "mobile",
  "telephone",
  "fax",
  "email",
  "emails",
  "contact",
  "contacts",
  "wechat",
  "homeAddress",
  "birthDate",
  "dateOfBirth",
  "idNumber",
  "idCard",
  "identityNumber",
  "passport",
  "bankAccount",
  "ballot",
  "ballots",
  "token",
  "password",
  "secret",
] as const;

/** What stands in place of a private value. That a value was absent (null) still shows. */
export const PRIVATE = "[private]";

/** `contactPhone`, `contact_phone` and `ContactPhone` as the words `_contact_phone_`. */
const words = (name: string): string =>
  `_${name
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, "$1_$2")
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, "$1_$2")
    .replace(/[^\p{L}\d]+/gu, "_")
    .toLowerCase()}_`;

const PRIVATE_WORDS = PRIVATE_FIELDS.map(words);
const MOST_REMEMBERED = 5_000;
const remembered = new Map<string, boolean>();

/** Whether a field's name holds one of PRIVATE_FIELDS as whole words: `idNumber`, `id_number` and `emailAddress`, not `searchTokens`. */
export function isPrivateField(name: string): boolean {
  const known = remembered.get(name);
  if (known !== undefined) return known;
  const own = words(name);
  const answer = PRIVATE_WORDS.some((word) => own.includes(word));
  if (remembered.size < MOST_REMEMBERED) remembered.set(name, answer);
  return answer;
}

const hide = (name: string, value: unknown): unknown => (value !== null && value !== undefined && isPrivateField(name) ? PRIVATE : value);

const hideText = (name: string, value: unknown): unknown => (typeof value === "string" && isPrivateField(name) ? PRIVATE : value);

/** The same JSON with every private text, at any depth, replaced by `"[private]"`; what a private field holds beside texts stays. */
export const withoutPrivate = (json: string): string => JSON.stringify(JSON.parse(json), hideText);

/** JSON with every private field's value, at any depth, replaced by `"[private]"`; null for undefined. */
export const auditJson = (value: unknown): string | null => (value === undefined ? null : (JSON.stringify(value, hide) ?? null));
