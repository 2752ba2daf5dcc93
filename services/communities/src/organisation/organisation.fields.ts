import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Context } from "../context";
import { Region } from "../region/region.type";
import { Organisation } from "./organisation.type";

@Resolver(() => Organisation)
export class OrganisationFields {
  @FieldResolver(() => String, { description: "The official name in its own script." })
  officialName(@Root() organisation: Organisation): string {
    return organisation.name;
  }

  @FieldResolver(() => Region, { nullable: true, description: "The region it belongs to." })
  region(@Root() organisation: Organisation, @Ctx() context: Context): Promise<Region | null> | null {
    return organisation.regionCode === null ? null : context.regions.byCode(organisation.regionCode);
  }
}
