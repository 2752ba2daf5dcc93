import type { Role, Viewer } from "../identity";
import { holds } from "../policy/policy";

export const AUDIT_READERS = ["AUDITOR", "ADMIN"] as const satisfies readonly Role[];

/** Auditors and administrators of the whole platform read audit trails: an entry's record can lie anywhere, so a narrower scope does not do. */
export const canReadAudit = (viewer: Viewer): boolean => holds(viewer, AUDIT_READERS, []);
