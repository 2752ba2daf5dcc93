import { statement } from "@gongjian/database";
import { CommunityEntity } from "@gongjian/entities-communities";
import {
  bulkUpsert,
  checkTexts,
  ensureAmong,
  isUuid,
  roleAmong,
  type BulkOutcome,
  type IdempotencyConflict,
  type Scopes,
} from "@gongjian/subgraph";
import { canChangeCommunity, COMMUNITY_EDITORS, scopesOfCommunity } from "../community/community.policy";
import { scopesOfRegions } from "../region/region.scopes";
import type { Context } from "../context";
import type { CommunityTraitsRow, ImportCommunityTraitsInput } from "./community-trait.inputs";
import { checkTraitCodes, traitLabels } from "./community-trait.rules";

interface Stored {
  id: string;
  traits: string[];
  regionCode: string;
}
type Values = Pick<Stored, "traits">;

const LOCKED = statement(
  "community_traits_locked",
  `SELECT c.id, c.traits, c.region_code AS "regionCode" FROM community c WHERE c.id = ANY($1::uuid[]) ORDER BY c.id FOR NO KEY UPDATE`,
);

/** Sets what characterises communities that are on record, and touches nothing else of them. */
export async function importCommunityTraits(
  context: Context,
  input: ImportCommunityTraitsInput,
): Promise<BulkOutcome | IdempotencyConflict> {
  const { viewer } = context;
  ensureAmong(viewer, COMMUNITY_EDITORS);
  const keyOf = ({ communityId }: CommunityTraitsRow): string => communityId.toLowerCase();
  let stored = new Map<string, Stored>();
  let scopes = new Map<string, Scopes>();
  return bulkUpsert<CommunityTraitsRow, Values, Stored>(context, input, {
    operation: "importCommunityTraits",
    concept: "community",
    role: roleAmong(viewer, COMMUNITY_EDITORS),
    rows: input.rows,
    keyOf,
    check: (row) => [
      ...(stored.has(keyOf(row)) ? [] : [{ field: "communityId", code: "UNKNOWN_REFERENCE", message: "There is no such community." }]),
      ...checkTexts("traits", row.traits, { most: 50, mostItems: 20 }),
      ...checkTraitCodes(row.traits),
    ],
    existing: async (tx, keys) => {
      const rows = await tx.rows<Stored>(LOCKED, [keys.filter(isUuid)]);
      const regions = await scopesOfRegions(
        tx,
        rows.map(({ regionCode }) => regionCode),
      );
      scopes = new Map(rows.map(({ id, regionCode }) => [id, scopesOfCommunity({ id }, { scopeCodes: regions.get(regionCode) ?? [] })]));
      stored = new Map(rows.map((row) => [row.id, row]));
      return stored;
    },
    idOf: ({ id }) => id,
    newId: keyOf,
    toValues: ({ traits }) => ({ traits: traitLabels(traits) }),
    storedValues: ({ traits }) => ({ traits }),
    permit: (row) => canChangeCommunity(viewer, scopes.get(keyOf(row)) ?? []),
    write: async (tx, records) => {
      for (const { id, values } of records) await tx.manager.update(CommunityEntity, { id }, values);
    },
  });
}
