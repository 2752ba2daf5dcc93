export { ASSERTION_HEADER, ASSERTION_LIFETIME_SECONDS, type Asserted, isAboutBody, signAssertion, verifyAssertion } from "./assertion";
export { LOCAL_AUDIENCE, LOCAL_ISSUER, type LocalIssuer, localIssuer } from "./local-issuer";
export { MergedOrganisations, type MergedOrganisationsOptions } from "./merged-organisations";
export { requestIdFrom, scriptFrom } from "./request";
export { MAX_IDS_ASKED, RevokedTokens, type RevokedTokensOptions } from "./revoked-tokens";
export { StoredMemberships, type StoredMembershipsOptions } from "./stored-memberships";
export {
  IssuerUnavailable,
  MEMBERSHIPS_CLAIM,
  REVOCATION_SECONDS,
  TOKEN_ALGORITHMS,
  TokenVerifier,
  type TokenVerifierOptions,
  type TrustedIssuer,
  Unauthenticated,
} from "./tokens";
export {
  ANONYMOUS,
  type Call,
  type Grant,
  GRANTS,
  isGranted,
  isIssuer,
  isPlatform,
  isReservedSubject,
  isRole,
  isScope,
  isSubject,
  MAX_MEMBERSHIPS,
  type Membership,
  parseViewer,
  PLATFORM,
  PLATFORM_ISSUER,
  ROLES,
  type Role,
  type Script,
  type Viewer,
} from "./viewer";
