import { statement } from "@gongjian/database";
import { OrganisationEntity, ServiceAreaEntity } from "@gongjian/entities-communities";
import {
  asGiven,
  bulkUpsert,
  ensureAmong,
  groupsInOrder,
  isUuid,
  roleAmong,
  type BulkOutcome,
  type IdempotencyConflict,
  type Scopes,
} from "@gongjian/subgraph";
import type { Context } from "../context";
import { canChangeOrganisation, ORGANISATION_EDITORS } from "../organisation/organisation.policy";
import type { Organisation } from "../organisation/organisation.type";
import { findPlace } from "../place/place";
import type { ImportServiceAreasInput, ServiceAreasRow } from "./service-area.inputs";
import { AREAS, areaProblems, areaRows } from "./service-area.rows";
import type { StoredArea } from "./service-area.type";

const LOCKED = statement(
  "service_area_organisations",
  "SELECT o.id, o.name FROM organisation o WHERE o.id = ANY($1::uuid[]) ORDER BY o.id FOR UPDATE",
);

/** Where one organisation serves, in one order. */
interface Served {
  organisationId: string;
  regionCodes: string[];
  communityIds: string[];
}

const gathered = (organisationId: string, areas: readonly StoredArea[]): Served => ({
  organisationId,
  regionCodes: areas.flatMap(({ regionCode }) => regionCode ?? []).sort(),
  communityIds: areas.flatMap(({ communityId }) => communityId ?? []).sort(),
});

/** Says of many organisations where they serve, each instead of what was said before. A second import of the same list changes nothing. */
export async function importServiceAreas(context: Context, input: ImportServiceAreasInput): Promise<BulkOutcome | IdempotencyConflict> {
  const { viewer } = context;
  ensureAmong(viewer, ORGANISATION_EDITORS);
  const found = new Map<ServiceAreasRow, { organisation: Organisation; scopes: Scopes } | null>();
  const problems = new Map<ServiceAreasRow, Awaited<ReturnType<typeof areaProblems>>>();
  await Promise.all(
    input.rows.map(async (row) => {
      const organisation = await context.organisations.byId(row.organisationId);
      const place = organisation && (await findPlace(context, { organisationId: organisation.id }));
      found.set(row, organisation && { organisation, scopes: place?.scopes ?? [] });
      problems.set(row, await areaProblems(context, row.regionCodes ?? [], row.communityIds ?? []));
    }),
  );
  const idOf = (row: ServiceAreasRow): string => found.get(asGiven(row))?.organisation.id ?? row.organisationId.toLowerCase();
  return bulkUpsert<ServiceAreasRow, Served, Served>(context, input, {
    operation: "importServiceAreas",
    concept: "serviceAreas",
    role: roleAmong(viewer, ORGANISATION_EDITORS),
    rows: input.rows,
    keyOf: idOf,
    check: (row) => [
      ...(found.get(asGiven(row))
        ? []
        : [{ field: "organisationId", code: "UNKNOWN_REFERENCE", message: "There is no such organisation." }]),
      ...problems.get(asGiven(row))!,
    ],
    existing: async (tx, keys) => {
      const ids = keys.filter(isUuid);
      await tx.rows(LOCKED, [ids]);
      const areas = groupsInOrder(ids, await tx.rows<StoredArea>(AREAS, [ids]), ({ organisationId }) => organisationId);
      return new Map(areas.flatMap((rows, index) => (rows.length > 0 ? [[ids[index]!, gathered(ids[index]!, rows)] as const] : [])));
    },
    idOf: ({ organisationId }) => organisationId,
    newId: idOf,
    toValues: (row) => gathered(idOf(row), areaRows(idOf(row), row.regionCodes ?? [], row.communityIds ?? [])),
    storedValues: (stored) => stored,
    permit: (row) => canChangeOrganisation(viewer, found.get(asGiven(row))!.scopes),
    write: async (tx, records) => {
      for (const { id, values } of records) {
        await tx.manager.delete(ServiceAreaEntity, { organisationId: id });
        const rows = areaRows(id, values.regionCodes, values.communityIds);
        if (rows.length > 0) await tx.manager.insert(ServiceAreaEntity, rows);
        const [row] = await tx.rows<{ name: string }>(LOCKED, [[id]]);
        await tx.manager.update(OrganisationEntity, { id }, { name: row!.name });
      }
    },
  });
}
