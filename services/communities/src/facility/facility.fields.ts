import { isMissing } from "./facility.rules";
import { AssumedSize, DateTimeScalar, nodesOf, type Page } from "@gongjian/subgraph";
import { Arg, Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { OFFICE_ZONE } from "../calendar/calendar.rules";
import { Community, Location } from "../community/community.type";
import type { Context } from "../context";
import { Organisation } from "../organisation/organisation.type";
import { Region } from "../region/region.type";
import { GeoJsonFeatureScalar, type FacilityFeature } from "./facility.geojson";
import { FacilitiesArgs } from "./facility.inputs";
import { Facility, FacilityConnection, FacilityEvent, OpeningPeriod, ServiceCircleEntry, ServiceCoverage } from "./facility.type";
import { DAYS, isOpenAt, periodsOf, WEEKDAYS } from "./opening-hours";

/** What a feature weighs in the cost of an operation: as many fields as it has properties, and what it reads of community and operator. */
const FEATURE_WEIGHT = 20;

@Resolver(() => Facility)
export class FacilityFields {
  @FieldResolver(() => Location, { nullable: true, description: "Where it is, when known." })
  location(@Root() { longitude, latitude }: Facility): Location | null {
    return longitude === null || latitude === null ? null : { longitude, latitude };
  }

  @FieldResolver(() => Community, {
    nullable: true,
    description: "The community that it lies in; null when it serves a region as a whole.",
  })
  community(@Root() { communityId }: Facility, @Ctx() context: Context): Promise<Community | null> | null {
    return communityId === null ? null : context.communities.byId(communityId);
  }

  @FieldResolver(() => Region, {
    nullable: true,
    description: "The street, town or district that it serves as a whole; null when it lies in a community.",
  })
  region(@Root() { regionCode }: Facility, @Ctx() context: Context): Promise<Region | null> | null {
    return regionCode === null ? null : context.regions.byCode(regionCode);
  }

  @FieldResolver(() => Organisation, { nullable: true, description: "The organisation that runs it." })
  operator(@Root() { operatorId }: Facility, @Ctx() context: Context): Promise<Organisation | null> | null {
    return operatorId === null ? null : context.organisations.byId(operatorId);
  }

  @AssumedSize(21)
  @FieldResolver(() => [OpeningPeriod], { description: "The same as data." })
  openingPeriods(@Root() { openingHours }: Facility): OpeningPeriod[] {
    return periodsOf(openingHours).map((period) => ({ ...period, days: period.days.map((day) => WEEKDAYS[DAYS.indexOf(day)]!) }));
  }

  @FieldResolver(() => Boolean, {
    nullable: true,
    description:
      "Whether it is open at an instant, now when none is given, by its hours of the week at UTC+8, the time of the mainland and of Taiwan; null when they are not known, false while the facility is not open at all. Public holidays are not looked at.",
  })
  openAt(
    @Root() { openingHours, state }: Facility,
    @Arg("at", () => DateTimeScalar, { nullable: true, description: "The instant." }) at: string | null,
  ): boolean | null {
    if (state !== "OPEN") return false;
    return isOpenAt(periodsOf(openingHours), at ? new Date(at) : new Date(), OFFICE_ZONE);
  }

  @AssumedSize(5)
  @FieldResolver(() => [FacilityEvent], { description: "What it was, the earliest first." })
  history(@Root() { id }: Facility, @Ctx() context: Context): Promise<FacilityEvent[]> {
    return context.facilities.historyOf(id);
  }
}

@Resolver(() => FacilityConnection)
export class FacilityConnectionFields {
  @FieldResolver(() => String, {
    description:
      "Always `FeatureCollection`: with `features` beside it the page is a GeoJSON feature collection (RFC 7946) that a map takes as it is.",
  })
  type(): string {
    return "FeatureCollection";
  }

  @AssumedSize(FEATURE_WEIGHT)
  @FieldResolver(() => [GeoJsonFeatureScalar], {
    description:
      "The facilities of this page as GeoJSON features. Their properties are the columns that facilities are imported by: `key`, `name`, `category`, `state`, `shared`, `wantsOperator`, `formerly`, `exhibitions`, `openingHours`, `address`, `capacity`, `asOf`, `source`, `community` (its identifier) or `region` (its code) and `operator` (its key, or its name); what is not known is left out. Each counts as twenty fields.",
  })
  features(@Root() page: Page<Facility>, @Ctx() context: Context): Promise<FacilityFeature[]> {
    return Promise.all(nodesOf(page).map((facility) => context.facilities.featureOf(facility)));
  }
}

@Resolver(() => Community)
export class CommunityFacilities {
  @FieldResolver(() => FacilityConnection, { description: "The facilities in the community." })
  facilities(
    @Root() { id }: Community,
    @Args(() => FacilitiesArgs) args: FacilitiesArgs,
    @Ctx() context: Context,
  ): Promise<Page<Facility>> {
    return context.facilities.ofCommunity(id, args);
  }

  @AssumedSize(29)
  @FieldResolver(() => [ServiceCircleEntry], {
    nullable: true,
    description:
      "What can be walked to in fifteen minutes, category by category, without OTHER; null when the community's position is not known.",
  })
  async serviceCircle(
    @Root() community: Community,
    @Arg("reached", () => Boolean, {
      nullable: true,
      description: "Only the categories that are reached, or only those that are missing; all when left out.",
    })
    reached: boolean | null,
    @Ctx() context: Context,
  ): Promise<ServiceCircleEntry[] | null> {
    const { id, longitude, latitude } = community;
    if (longitude === null || latitude === null) return null;
    const entries = await context.facilities.circleOf({ id, longitude, latitude });
    return typeof reached === "boolean" ? entries.filter((entry) => (reached ? entry.nearest !== null : isMissing(entry))) : entries;
  }
}

@Resolver(() => Region)
export class RegionFacilities {
  @FieldResolver(() => FacilityConnection, {
    description: "The facilities in the region, at any depth or managed by it, and those that serve it as a whole.",
  })
  facilities(@Root() { code }: Region, @Args(() => FacilitiesArgs) args: FacilitiesArgs, @Ctx() context: Context): Promise<Page<Facility>> {
    return context.facilities.ofRegion(code, args);
  }

  @FieldResolver(() => ServiceCoverage, {
    description: "How many of its communities reach what on foot in fifteen minutes (十五分钟生活圈).",
  })
  serviceCoverage(@Root() { code }: Region, @Ctx() context: Context): Promise<ServiceCoverage> {
    return context.facilities.coverageOf(code);
  }
}

@Resolver(() => Organisation)
export class OrganisationFacilities {
  @FieldResolver(() => FacilityConnection, { description: "The facilities that it runs." })
  facilities(
    @Root() { id }: Organisation,
    @Args(() => FacilitiesArgs) args: FacilitiesArgs,
    @Ctx() context: Context,
  ): Promise<Page<Facility>> {
    return context.facilities.ofOperator(id, args);
  }
}
