import { checkTraitCodes } from "../community-trait/community-trait.rules";
import { checkNumber, checkText, checkTexts, type InputProblem } from "@gongjian/subgraph";

export interface CommunityDraft {
  scheme: string;
  identifier: string;
  name: string;
  traits?: readonly string[] | null;
  description?: string | null;
  longitude?: number | null;
  latitude?: number | null;
  source?: string | null;
}

const IDENTIFIERS: Record<string, { form: RegExp; message: string }> = {
  CN_STATS: { form: /^[0-9]{12}$/u, message: "A statistical division code has 12 digits." },
  TW_MOI: { form: /^[0-9A-Za-z-]{1,64}$/u, message: "An identifier has 1 to 64 letters, digits or dashes." },
  GONGJIAN: { form: /^[A-Za-z0-9._-]{1,64}$/u, message: "An identifier has 1 to 64 letters, digits, dots, dashes or underscores." },
};

/** What is wrong with a community as given, apart from what is stored. */
export function checkCommunity(draft: CommunityDraft): InputProblem[] {
  const problems = [
    ...checkText("name", draft.name, { least: 1, most: 100 }),
    ...checkTexts("traits", draft.traits, { most: 50, mostItems: 20 }),
    ...checkText("description", draft.description, { most: 2000 }),
    ...checkText("source", draft.source, { most: 200 }),
    ...checkNumber("longitude", draft.longitude, { least: -180, most: 180 }),
    ...checkNumber("latitude", draft.latitude, { least: -90, most: 90 }),
  ];
  problems.push(...checkTraitCodes(draft.traits));
  const identifier = IDENTIFIERS[draft.scheme];
  if (identifier && !identifier.form.test(draft.identifier))
    problems.push({ field: "identifier", code: "MALFORMED", message: identifier.message });
  if (((draft.longitude ?? null) === null) !== ((draft.latitude ?? null) === null)) {
    problems.push({ field: "latitude", code: "INCOMPLETE", message: "Longitude and latitude are given together or not at all." });
  }
  return problems;
}
