import { checkText, checkTexts, type InputProblem } from "@gongjian/subgraph";

/** GB 32100-2015: the letters I, O, S, V and Z are not used. */
const ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const WEIGHTS = Array.from({ length: 17 }, (_, index) => 3 ** index % 31);

/** The check character for the first 17 characters of a unified social credit code (GB 32100-2015, modulus 31), or null when one is not of the alphabet. */
export function creditCodeCheck(first17: string): string | null {
  const values = [...first17].map((character) => ALPHABET.indexOf(character));
  if (values.length !== 17 || values.includes(-1)) return null;
  const sum = values.reduce((total, value, index) => total + value * WEIGHTS[index]!, 0);
  return ALPHABET[(31 - (sum % 31)) % 31]!;
}

/** Whether a text is a unified social credit code with a right check character. */
export const isCreditCode = (code: string): boolean => code.length === 18 && creditCodeCheck(code.slice(0, 17)) === code[17];

export interface OrganisationDraft {
  key?: string | null;
  name: string;
  creditCode?: string | null;
  capabilities?: readonly string[] | null;
  description?: string | null;
  source?: string | null;
}

/** What is wrong with an organisation as given, apart from what is stored. */
export function checkOrganisation(draft: OrganisationDraft): InputProblem[] {
  const problems = [
    ...checkText("name", draft.name, { least: 1, most: 200 }),
    ...(draft.key === null || draft.key === undefined ? [] : checkText("key", draft.key, { least: 1, most: 100 })),
    ...checkTexts("capabilities", draft.capabilities, { most: 50, mostItems: 30 }),
    ...checkText("description", draft.description, { most: 2000 }),
    ...checkText("source", draft.source, { most: 200 }),
  ];
  if (draft.creditCode && !isCreditCode(draft.creditCode.trim().toUpperCase())) {
    problems.push({
      field: "creditCode",
      code: "CHECK_CHARACTER",
      message: "This is not a unified social credit code (GB 32100-2015): 18 characters with a check character.",
    });
  }
  return problems;
}

interface CodeRow {
  key: string;
  creditCode?: string | null;
}

/** A row's credit code as it is stored. */
export const creditCodeOf = (row: CodeRow): string | null => row.creditCode?.trim().toUpperCase() || null;

/**
 * A credit code belongs to one organisation: not to another record, nor to a row above that finds another.
 * @param holders the ids of the records that have the codes now
 * @param stored the records that the rows' keys find
 */
export function takenCode(
  row: CodeRow,
  holders: ReadonlyMap<string, string>,
  seen: Map<string, string>,
  stored: ReadonlyMap<string, { id: string }>,
): InputProblem[] {
  const code = creditCodeOf(row);
  if (code === null) return [];
  const own = stored.get(row.key)?.id;
  const above = seen.get(code);
  if (above === undefined) seen.set(code, own ?? row.key);
  const free = (above === undefined || above === (own ?? row.key)) && (!holders.has(code) || holders.get(code) === own);
  return free ? [] : [{ field: "creditCode", code: "ALREADY_EXISTS", message: "Another organisation has this code." }];
}
