import {
  Check,
  Column,
  CreateDateColumn,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryColumn,
  Unique,
  UpdateDateColumn,
  VersionColumn,
} from "typeorm";
import type { Relation } from "typeorm";
import { among, searchColumn } from "./columns";
import { CommunityEntity } from "./community.entity";
import { OrganisationEntity } from "./organisation.entity";
import { RegionEntity } from "./region.entity";
import type { ServiceField } from "./service-field";

/** What kind of place a facility is, each with the field of public service that it belongs to. */
export const FACILITY_FIELDS = {
  SERVICE_CENTRE: "GOVERNANCE",
  ELDERLY_CANTEEN: "ELDERLY_CARE",
  CLINIC: "HEALTH",
  SCHOOL: "EDUCATION",
  KINDERGARTEN: "CHILD_CARE",
  MARKET: "BUSINESS",
  CULTURE_ROOM: "CULTURE",
  SPORTS_GROUND: "CULTURE",
  LIBRARY: "CULTURE",
  MUSEUM: "CULTURE",
  PARK: "ENVIRONMENT",
  BUS_STOP: "TRANSPORT",
  NURSING_HOME: "ELDERLY_CARE",
  ELDERLY_DAY_CARE: "ELDERLY_CARE",
  PHARMACY: "HEALTH",
  SHOP: "BUSINESS",
  RESTAURANT: "BUSINESS",
  BANK: "BUSINESS",
  POST_OFFICE: "BUSINESS",
  TELECOM_SHOP: "BUSINESS",
  POLICE_STATION: "SAFETY",
  FIRE_STATION: "SAFETY",
  JUDICIAL_OFFICE: "GOVERNANCE",
  PUBLIC_TOILET: "ENVIRONMENT",
  WASTE_STATION: "ENVIRONMENT",
  RECYCLING_POINT: "ENVIRONMENT",
  METRO_STATION: "TRANSPORT",
  CAR_PARK: "TRANSPORT",
  BICYCLE_PARKING: "TRANSPORT",
  OTHER: "OTHER",
} as const satisfies Record<string, ServiceField>;
export type FacilityCategory = keyof typeof FACILITY_FIELDS;
export const FACILITY_CATEGORIES = Object.keys(FACILITY_FIELDS) as FacilityCategory[];
export const FACILITY_STATES = ["PLANNED", "BUILDING", "OPEN", "CLOSED"] as const;
export type FacilityState = (typeof FACILITY_STATES)[number];

export const KNOWN_CATEGORY = among("category", FACILITY_CATEGORIES);
const KNOWN_STATE = among("state", FACILITY_STATES);

/** A place that serves a community, or a street, town or district as a whole. */
@Entity({ name: "facility" })
@Unique("facility_key_once", ["key"])
@Check("facility_category_known", KNOWN_CATEGORY)
@Check("facility_state_known", KNOWN_STATE)
@Check(
  "facility_position_whole",
  "(longitude IS NULL) = (latitude IS NULL) AND longitude BETWEEN -180 AND 180 AND latitude BETWEEN -90 AND 90",
)
@Check("facility_hours_few", "cardinality(opening_hours) <= 21")
@Check("facility_capacity_range", "capacity BETWEEN 1 AND 1000000")
@Check("facility_place_one", "(community_id IS NULL) <> (region_code IS NULL)")
@Check("facility_operator_wanted", "NOT wants_operator OR (shared AND operator_id IS NULL)")
@Index("facility_by_community", ["communityId", "name", "id"])
@Index("facility_by_region", ["regionCode", "name", "id"])
@Index("facility_by_operator", ["operatorId"])
@Index("facility_by_name_key", ["nameKey"])
@Index("facility_search", { synchronize: false })
@Index("facility_by_position", ["latitude", "longitude"])
export class FacilityEntity {
  @PrimaryColumn({ type: "uuid", primaryKeyConstraintName: "facility_pkey" })
  id: string;

  @Column({ type: "text" })
  key: string;

  @Column({ type: "text" })
  name: string;

  @Column({ name: "name_key", type: "text" })
  nameKey: string;

  @Column(searchColumn)
  searchTokens: string[];

  @Column({ type: "text" })
  category: FacilityCategory;

  @Column({ type: "text" })
  state: FacilityState;

  /** The community that it lies in; null where it hangs on a region. */
  @Column({ name: "community_id", type: "uuid", nullable: true })
  communityId: string | null;

  @ManyToOne(() => CommunityEntity, { onDelete: "RESTRICT" })
  @JoinColumn({ name: "community_id", foreignKeyConstraintName: "facility_community_fk" })
  community?: Relation<CommunityEntity>;

  /** The street, town or district that it serves as a whole; null where it lies in a community. */
  @Column({ name: "region_code", type: "text", nullable: true })
  regionCode: string | null;

  @ManyToOne(() => RegionEntity, { onDelete: "RESTRICT" })
  @JoinColumn({ name: "region_code", foreignKeyConstraintName: "facility_region_fk" })
  region?: Relation<RegionEntity>;

  @Column({ name: "operator_id", type: "uuid", nullable: true })
  operatorId: string | null;

  @ManyToOne(() => OrganisationEntity, { onDelete: "RESTRICT" })
  @JoinColumn({ name: "operator_id", foreignKeyConstraintName: "facility_operator_fk" })
  operator?: Relation<OrganisationEntity>;

  @Column({ type: "double precision", nullable: true })
  longitude: number | null;

  @Column({ type: "double precision", nullable: true })
  latitude: number | null;

  @Column({ type: "text", nullable: true })
  address: string | null;

  /** How many people it holds. */
  @Column({ type: "integer", nullable: true })
  capacity: number | null;

  @Column({ type: "boolean", default: false })
  shared: boolean;

  @Column({ name: "wants_operator", type: "boolean", default: false })
  wantsOperator: boolean;

  /** What the place was before it became this one. */
  @Column({ type: "text", nullable: true })
  formerly: string | null;

  @Column({ type: "text", array: true, default: "{}" })
  exhibitions: string[];

  /** Times of the week as OpenStreetMap writes them, `Mo-Fr 09:00-17:00`; none: not known. */
  @Column({ name: "opening_hours", type: "text", array: true, default: "{}" })
  openingHours: string[];

  /** The minutes of the week that these are, from Monday 00:00: kept by a trigger, which refuses what is no time of the week. */
  @Column({ name: "open_minutes", type: "int4multirange", default: "{}", select: false, insert: false, update: false })
  openMinutes: string;

  /** By which day its state is known. */
  @Column({ name: "as_of", type: "date" })
  asOf: string;

  @Column({ type: "text", nullable: true })
  source: string | null;

  @VersionColumn({ type: "integer", default: 1 })
  version: number;

  @CreateDateColumn({ name: "created_at", type: "timestamptz" })
  createdAt: Date;

  @UpdateDateColumn({ name: "updated_at", type: "timestamptz" })
  updatedAt: Date;
}

/** What a facility was, day by day: written by a trigger with every change, and never changed again. */
@Entity({ name: "facility_event" })
@Check("facility_event_category_known", KNOWN_CATEGORY)
@Check("facility_event_state_known", KNOWN_STATE)
export class FacilityEventEntity {
  @PrimaryColumn({ name: "facility_id", type: "uuid", primaryKeyConstraintName: "facility_event_pkey" })
  facilityId: string;

  @ManyToOne(() => FacilityEntity, { onDelete: "RESTRICT" })
  @JoinColumn({ name: "facility_id", foreignKeyConstraintName: "facility_event_facility_fk" })
  facility?: Relation<FacilityEntity>;

  /** The version of the facility that it was with. */
  @PrimaryColumn({ type: "integer", primaryKeyConstraintName: "facility_event_pkey" })
  version: number;

  @Column({ type: "text" })
  name: string;

  @Column({ type: "text" })
  category: FacilityCategory;

  @Column({ type: "text" })
  state: FacilityState;

  @Column({ name: "as_of", type: "date" })
  asOf: string;
}
