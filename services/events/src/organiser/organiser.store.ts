import { stableId, statement, type CommandTransaction } from "@gongjian/database";
import { ORGANISER_ROLES, OrganiserEntity, type OrganiserRole } from "@gongjian/entities-events";
import { In } from "typeorm";
import type { PartyColumns } from "../external/party";
import type { Organiser } from "./organiser.type";

export const ORGANISER_COLUMNS = `o.id, o.event_id AS "eventId", o.role, o.position AS "order", o.community_id AS "communityId", o.organisation_id AS "organisationId", o.source`;
/** In the order in which organisers are named. */
export const ROLE_ORDER = `array_position(ARRAY[${ORGANISER_ROLES.map((role) => `'${role}'`).join(", ")}], o.role), o.position`;
const OF_EVENTS = statement(
  "organiser_of_events",
  `SELECT ${ORGANISER_COLUMNS} FROM organiser o WHERE o.event_id = ANY($1::uuid[]) ORDER BY o.event_id, ${ROLE_ORDER}`,
);

export interface OrganiserValues extends PartyColumns {
  eventId: string;
  role: OrganiserRole;
  order: number;
  source: string | null;
}

export const valuesOf = ({ eventId, role, order, communityId, organisationId, source }: OrganiserValues): OrganiserValues => ({
  eventId,
  role,
  order,
  communityId,
  organisationId,
  source,
});

export const organiserId = (eventId: string, role: string, order: number): string => stableId("organiser", `${eventId}:${role}:${order}`);

/** The organisers of events that the transaction has locked. */
export const organisersOf = (tx: CommandTransaction, eventIds: readonly string[]): Promise<Organiser[]> =>
  tx.rows<Organiser>(OF_EVENTS, [eventIds]);

/** Takes the places `gone` away and writes the given ones, whatever stood there before. */
export async function writeOrganisers(
  tx: CommandTransaction,
  records: readonly { id: string; values: OrganiserValues }[],
  gone: readonly string[],
): Promise<void> {
  const replaced = [...gone, ...records.map(({ id }) => id)];
  if (replaced.length > 0) await tx.manager.delete(OrganiserEntity, { id: In(replaced) });
  if (records.length === 0) return;
  await tx.manager.insert(
    OrganiserEntity,
    records.map(({ id, values: { order, ...values } }) => ({ ...values, id, position: order })),
  );
}
