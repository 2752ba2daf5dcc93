import { v5, v7 } from "uuid";

/** The project's own name space for version 5 UUIDs. Changing it would change the identity of every imported record. */
const NAMESPACE = "6f0d3c52-1b0e-5a53-9d0a-3d7a2f6c8e41";

/** A new identifier that sorts by its time of creation (RFC 9562, version 7). */
export const uuidv7 = (): string => v7();

/**
 * The identifier of a record that has a key of its own elsewhere (a division code, a register number): the same kind and key always
 * give the same UUID (RFC 9562, version 5), so that importing again finds the record.
 */
export const stableId = (kind: string, key: string): string => v5(JSON.stringify([kind, key]), NAMESPACE);
