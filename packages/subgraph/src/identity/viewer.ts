/** What a person or service may be in Gongjian. What each role may do is decided by the policies, never here. */
export const ROLES = ["PUBLIC", "RESIDENT", "COMMUNITY_WORKER", "ORGANISATION_REP", "OFFICER", "AUDITOR", "ADMIN", "SERVICE"] as const;
export type Role = (typeof ROLES)[number];

/** A role held somewhere. `scope` is "*", "region:<code>", "community:<uuid>" or "organisation:<uuid>". */
export interface Membership {
  role: Role;
  scope: string;
}

/** Who asks. The public is `ANONYMOUS`: subject "anonymous", no memberships. */
export interface Viewer {
  subject: string;
  memberships: readonly Membership[];
}

export type Script = "zh-Hans" | "zh-Hant";

/** What crosses from the gateway to a subgraph with each request. */
export interface Call {
  viewer: Viewer;
  requestId: string;
  /** The script that the caller asked for with Accept-Language; null: official names in their own script. */
  script: Script | null;
}

export const ANONYMOUS: Viewer = Object.freeze({ subject: "anonymous", memberships: Object.freeze([]) });

/** More memberships than any office holds; a token beyond it is refused before it costs anything. */
const MAX_MEMBERSHIPS = 200;
const UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
const SCOPE = new RegExp(`^(?:\\*|region:[A-Za-z0-9._-]{1,64}|(?:community|organisation):${UUID})$`);
const SUBJECT = /^[^\p{Cc}]{1,200}$/u;

export function isRole(value: unknown): value is Role {
  return (ROLES as readonly unknown[]).includes(value);
}

export function isScope(value: unknown): value is string {
  return typeof value === "string" && SCOPE.test(value);
}

/** A frozen viewer from untrusted parts, or null when any part is malformed: half a credential is none. */
export function parseViewer(subject: unknown, memberships: unknown): Viewer | null {
  if (typeof subject !== "string" || !SUBJECT.test(subject)) return null;
  if (!Array.isArray(memberships) || memberships.length > MAX_MEMBERSHIPS) return null;
  const parsed: Membership[] = [];
  for (const entry of memberships as unknown[]) {
    if (typeof entry !== "object" || entry === null) return null;
    const { role, scope } = entry as Record<string, unknown>;
    if (!isRole(role) || !isScope(scope)) return null;
    parsed.push(Object.freeze({ role, scope }));
  }
  return Object.freeze({ subject, memberships: Object.freeze(parsed) });
}
