import type { MembershipRole } from "@gongjian/entities-communities";
import { checkPeriod, checkText, isIssuer, isScope, isSubject, type InputProblem } from "@gongjian/subgraph";

/** Days of membership begin and end here: China and Taiwan share the hour. */
export const MEMBERSHIP_ZONE = "Asia/Shanghai";

export type PlaceKind = "*" | "region" | "community" | "organisation";

/** Over what each role can be held. */
export const SCOPES_OF_ROLE: Readonly<Record<MembershipRole, readonly PlaceKind[]>> = {
  RESIDENT: ["community"],
  COMMUNITY_WORKER: ["community"],
  ORGANISATION_REP: ["organisation"],
  OFFICER: ["region"],
  AUDITOR: ["*", "region"],
  ADMIN: ["*", "region"],
  SERVICE: ["*"],
};

/** The two halves of a scope: `region:510116` is `{ kind: "region", key: "510116" }`. Null for what is not a scope. */
export function partsOf(scope: string): { kind: PlaceKind; key: string } | null {
  if (!isScope(scope)) return null;
  const colon = scope.indexOf(":");
  return colon < 0 ? { kind: "*", key: "" } : { kind: scope.slice(0, colon) as PlaceKind, key: scope.slice(colon + 1) };
}

export interface Grant {
  issuer: string | null | undefined;
  subject: string;
  role: MembershipRole;
  scope: string;
  startsOn?: string | null;
  endsOn?: string | null;
  reason?: string | null;
}

const LONGEST_REASON = 500;
export const checkReason = (reason: string | null | undefined): InputProblem[] => checkText("reason", reason, { most: LONGEST_REASON });

/** What is wrong with a grant, apart from whether its place exists. Pure. */
export function checkGrant(grant: Grant): InputProblem[] {
  const problems = [...checkPeriod("endsOn", grant.startsOn, grant.endsOn), ...checkReason(grant.reason)];
  if (!isIssuer(grant.issuer)) problems.push({ field: "issuer", code: "REQUIRED", message: "An issuer has 1 to 500 plain characters." });
  if (!isSubject(grant.subject)) problems.push({ field: "subject", code: "REQUIRED", message: "A subject has 1 to 200 plain characters." });
  const parts = partsOf(grant.scope);
  if (!parts) {
    problems.push({
      field: "scope",
      code: "MALFORMED",
      message: "A scope is *, region:<code>, community:<id> or organisation:<id>, ids in lower case.",
    });
  } else if (!SCOPES_OF_ROLE[grant.role].includes(parts.kind)) {
    problems.push({ field: "scope", code: "SCOPE_UNFIT", message: "This role is not held over such a scope." });
  }
  return problems;
}
