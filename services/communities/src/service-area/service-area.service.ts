import { statement } from "@gongjian/database";
import { OrganisationEntity, ServiceAreaEntity } from "@gongjian/entities-communities";
import {
  actingRole,
  badInput,
  command,
  defineLoader,
  ensure,
  groupsInOrder,
  nestedList,
  notFound,
  versionConflict,
  type BulkOutcome,
  type IdempotencyConflict,
  type Page,
  type VersionConflict,
} from "@gongjian/subgraph";
import { hasWord } from "../search/words";
import type { Context } from "../context";
import { canChangeOrganisation, ORGANISATION_EDITORS } from "../organisation/organisation.policy";
import { ORGANISATION_COLUMNS } from "../organisation/organisation.service";
import type { Organisation } from "../organisation/organisation.type";
import { findPlace } from "../place/place";
import { importServiceAreas } from "./service-area.import";
import type { ImportServiceAreasInput, ServingArgs, SetServiceAreasInput } from "./service-area.inputs";
import { AREAS, areaProblems, areaRows } from "./service-area.rows";
import type { StoredArea } from "./service-area.type";

const LOCKED = statement(
  "service_area_organisation",
  `SELECT ${ORGANISATION_COLUMNS} FROM organisation o WHERE o.id = $1::uuid FOR UPDATE`,
);

const areasOf = defineLoader<Context, string, StoredArea[]>(async (context, ids) =>
  groupsInOrder(ids, await context.rows<StoredArea>(AREAS, [ids]), (row) => row.organisationId),
);
/** Those that name the community itself, and those that name a region that contains or manages its own. */
const serving = nestedList<Context, ServingArgs, Organisation>({
  query: (_context, { capability }) => ({
    select: ORGANISATION_COLUMNS,
    from: "organisation o",
    where: capability ? [hasWord("o.capabilities", capability)] : [],
    ordering: {
      tag: "serving",
      keys: [
        { sql: "o.name", field: "name", type: "text" },
        { sql: "o.id", field: "id", type: "uuid" },
      ],
      direction: "ASC",
    },
  }),
  link: `EXISTS (SELECT 1 FROM service_area s WHERE s.organisation_id = o.id AND (s.community_id = parent.id
    OR s.region_code = ANY((SELECT r.scope_codes FROM community c JOIN region r ON r.code = c.region_code WHERE c.id = parent.id)::text[])))`,
  parentType: "uuid",
});

/** Where organisations serve. */
export class ServiceAreaService {
  constructor(private readonly context: Context) {}

  ofOrganisation(id: string): Promise<StoredArea[]> {
    return this.context.load(areasOf, id);
  }

  serving(communityId: string, args: ServingArgs): Promise<Page<Organisation>> {
    return this.context.load(serving, { parent: communityId, args });
  }

  import(input: ImportServiceAreasInput): Promise<BulkOutcome | IdempotencyConflict> {
    return importServiceAreas(this.context, input);
  }

  async set(input: SetServiceAreasInput): Promise<Organisation | VersionConflict | IdempotencyConflict> {
    const { context } = this;
    const organisation = await context.organisations.byId(input.organisationId);
    if (!organisation) throw notFound("Organisation");
    const place = await findPlace(context, { organisationId: organisation.id });
    const scopes = place?.scopes ?? [];
    ensure(context.viewer, canChangeOrganisation(context.viewer, scopes));
    const regionCodes = [...new Set(input.regionCodes)];
    const communityIds = [...new Set(input.communityIds.map((id) => id.toLowerCase()))];
    const problems = await areaProblems(context, regionCodes, communityIds);
    if (problems.length > 0) throw badInput(problems);
    return command<Organisation | VersionConflict>(
      context,
      "setServiceAreas",
      actingRole(context.viewer, ORGANISATION_EDITORS, scopes),
      input,
      async (tx) => {
        const [stored] = await tx.rows<Organisation>(LOCKED, [organisation.id]);
        if (stored!.version !== input.expectedVersion) return tx.rollback(versionConflict(stored!.version));
        const areas = (rows: StoredArea[]) => rows.map(({ regionCode, communityId }) => regionCode ?? communityId);
        const before = await tx.rows<StoredArea>(AREAS, [[organisation.id]]);
        await tx.manager.delete(ServiceAreaEntity, { organisationId: organisation.id });
        const rows = areaRows(organisation.id, regionCodes, communityIds);
        if (rows.length > 0) await tx.manager.insert(ServiceAreaEntity, rows);
        await tx.manager.update(OrganisationEntity, { id: organisation.id }, { name: stored!.name });
        tx.audit({
          action: "update",
          concept: "serviceAreas",
          entityId: organisation.id,
          before: { serves: areas(before) },
          after: { serves: areas(rows) },
        });
        const [now] = await tx.rows<Organisation>(LOCKED, [organisation.id]);
        return { __typename: "Organisation", ...now! } as Organisation;
      },
    );
  }
}
