/** What a person or service may be in Gongjian. What each role may do is decided by the policies, never here. */
export const ROLES = ["PUBLIC", "RESIDENT", "COMMUNITY_WORKER", "ORGANISATION_REP", "OFFICER", "AUDITOR", "ADMIN", "SERVICE"] as const;
export type Role = (typeof ROLES)[number];

/** A role held somewhere. `scope` is "*", "region:<code>", "community:<uuid>" or "organisation:<uuid>". */
export interface Membership {
  role: Role;
  scope: string;
}

/**
 * What an issuer may let a service do beyond reading what is published, as words of its tokens' `scope` claim (RFC 8693, 4.2). A grant counts
 * only together with a SERVICE membership over `*`, and none of them lets anything be written: who writes needs a membership for it.
 */
export const GRANTS = ["events:read-drafts", "matching:read-drafts", "sdl"] as const;
export type Grant = (typeof GRANTS)[number];

/** Who asks. The public is `ANONYMOUS`: subject "anonymous", no memberships. */
export interface Viewer {
  /** Who answers for the subject: the `iss` of the token. Absent for the public and for calls from within the platform. */
  issuer?: string;
  subject: string;
  memberships: readonly Membership[];
  /** What the issuer grants a service; absent where it grants nothing. */
  grants?: readonly Grant[];
}

export type Script = "zh-Hans" | "zh-Hant";

/** What crosses from the gateway to a subgraph with each request. */
export interface Call {
  viewer: Viewer;
  requestId: string;
  /** The script that the caller asked for with Accept-Language; null: official names in their own script. */
  script: Script | null;
  /** Whether whoever asks has come to the subgraph themselves: what they name nobody has looked for. Absent where the gateway asks. */
  isDirect?: boolean;
}

export const ANONYMOUS: Viewer = Object.freeze({ subject: "anonymous", memberships: Object.freeze([]) });

/** The platform's own issuer, which no token can name: a TokenVerifier refuses to trust an issuer of this name. */
export const PLATFORM_ISSUER = "urn:gongjian:platform";

/** As whom the platform asks itself what no person and no service may ask: who holds which membership. */
export const PLATFORM: Viewer = Object.freeze({
  issuer: PLATFORM_ISSUER,
  subject: "platform",
  memberships: Object.freeze([Object.freeze({ role: "SERVICE", scope: "*" })]),
});

/** The platform itself, and no token's holder: whom subgraphs and gateway are to one another. */
export const isPlatform = (viewer: Viewer): boolean => viewer.issuer === PLATFORM_ISSUER;

/** Whether the viewer is the platform, or a service that its issuer has granted this. */
export const isGranted = (viewer: Viewer, grant: Grant): boolean =>
  isPlatform(viewer) ||
  (viewer.grants?.includes(grant) === true && viewer.memberships.some(({ role, scope }) => role === "SERVICE" && scope === "*"));

/** The known words of a `scope` claim, each once; undefined where there are none. What is unknown here is another system's business. */
export function grantsOf(scope: unknown): readonly Grant[] | undefined {
  const words = new Set(typeof scope === "string" ? scope.split(" ") : []);
  const grants = GRANTS.filter((grant) => words.has(grant));
  return grants.length > 0 ? Object.freeze(grants) : undefined;
}

/** Subjects that mean something within the platform: no token may name one. */
const RESERVED = new Set(["anonymous", "gateway", "operator", "platform", "service"]);
export const isReservedSubject = (subject: string): boolean => RESERVED.has(subject);

/** More memberships than any office holds; a token beyond it is refused before it costs anything. */
export const MAX_MEMBERSHIPS = 200;
const UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
const SCOPE = new RegExp(`^(?:\\*|region:[A-Za-z0-9._-]{1,64}|(?:community|organisation):${UUID})$`);
// half a surrogate pair is stored as U+FFFD, as which several subjects would be one
const SUBJECT = /^[^\p{Cc}\p{Cs}]{1,200}$/u;
const ISSUER = /^[^\p{Cc}\p{Cs}]{1,500}$/u;

export function isRole(value: unknown): value is Role {
  return (ROLES as readonly unknown[]).includes(value);
}

export function isScope(value: unknown): value is string {
  return typeof value === "string" && SCOPE.test(value);
}

/** 1 to 200 characters, none of them a control character or half of one. */
export function isSubject(value: unknown): value is string {
  return typeof value === "string" && SUBJECT.test(value);
}

/** The `jti` or `sid` of a token that can be revoked: 1 to 200 characters, none of them a control character or half of one. */
export function isTokenId(value: unknown): value is string {
  return isSubject(value);
}

/** 1 to 500 characters, none of them a control character or half of one. */
export function isIssuer(value: unknown): value is string {
  return typeof value === "string" && ISSUER.test(value);
}

/** A frozen viewer from untrusted parts, or null when any part is malformed: half a credential is none. */
export function parseViewer(subject: unknown, memberships: unknown, issuer?: unknown, scope?: unknown): Viewer | null {
  if (!isSubject(subject) || (issuer !== undefined && !isIssuer(issuer))) return null;
  if (!Array.isArray(memberships) || memberships.length > MAX_MEMBERSHIPS) return null;
  const parsed: Membership[] = [];
  for (const entry of memberships as unknown[]) {
    if (typeof entry !== "object" || entry === null) return null;
    const { role, scope } = entry as Record<string, unknown>;
    if (!isRole(role) || !isScope(scope)) return null;
    parsed.push(Object.freeze({ role, scope }));
  }
  const grants = grantsOf(scope);
  return Object.freeze({
    ...(issuer !== undefined && { issuer }),
    subject,
    memberships: Object.freeze(parsed),
    ...(grants && { grants }),
  });
}
