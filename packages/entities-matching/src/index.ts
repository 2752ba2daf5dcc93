import { commonEntities } from "@gongjian/database";
import { MatchEntity } from "./match.entity";
import { AuditIssuer1700000000110 } from "./migrations/1700000000110-audit-issuer";
import { Rounds1700000000001 } from "./migrations/1700000000001-rounds";
import { Agreement1700000000002 } from "./migrations/1700000000002-agreement";
import { Guards1700000000100 } from "./migrations/1700000000100-guards";
import { Guests1700000000101 } from "./migrations/1700000000101-guests";
import { OriginOfNeeds1700000000200 } from "./migrations/1700000000200-origin-of-needs";
import { Projects1700000000220 } from "./migrations/1700000000220-projects";
import { NeedEntity, NeedOutlookEntity } from "./need.entity";
import { OfferEntity } from "./offer.entity";
import { EvaluationEntity, MilestoneEntity, ProjectEntity } from "./project.entity";
import { RoundEntity } from "./round.entity";

export * from "./match.entity";
export * from "./need.entity";
export * from "./offer.entity";
export * from "./project.entity";
export * from "./round.entity";

export const name = "matching" as const;
export const entities = [
  ...commonEntities,
  RoundEntity,
  NeedEntity,
  NeedOutlookEntity,
  OfferEntity,
  MatchEntity,
  ProjectEntity,
  MilestoneEntity,
  EvaluationEntity,
];
export const migrations = [
  Rounds1700000000001,
  Agreement1700000000002,
  Guards1700000000100,
  Guests1700000000101,
  AuditIssuer1700000000110,
  OriginOfNeeds1700000000200,
  Projects1700000000220,
];
