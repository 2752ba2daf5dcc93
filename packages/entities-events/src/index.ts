import { commonEntities } from "@gongjian/database";
import { EventSeriesEntity } from "./event-series.entity";
import { EventEntity } from "./event.entity";
import { AuditIssuer1700000000110 } from "./migrations/1700000000110-audit-issuer";
import { Events1700000000001 } from "./migrations/1700000000001-events";
import { OrganiserEntity } from "./organiser.entity";
import { SessionEntity, SessionParticipantEntity } from "./session.entity";

export * from "./event-series.entity";
export * from "./event.entity";
export * from "./organiser.entity";
export * from "./session.entity";

export const entities = [...commonEntities, EventSeriesEntity, EventEntity, OrganiserEntity, SessionEntity, SessionParticipantEntity];
export const name = "events" as const;
export const migrations = [Events1700000000001, AuditIssuer1700000000110];
