import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { Community } from "../community/community.type";
import type { Context } from "../context";
import { PersonalRecord } from "./personal.type";

@Resolver(() => PersonalRecord)
export class PersonalFields {
  @FieldResolver(() => Community, { nullable: true, description: "The community whose workers may see it masked." })
  community(@Root() { communityId }: PersonalRecord, @Ctx() context: Context): Promise<Community | null> | null {
    return communityId === null ? null : context.communities.byId(communityId);
  }

  @FieldResolver(() => String, { nullable: true, description: "The name, for its subject alone." })
  name(@Root() record: PersonalRecord, @Ctx() context: Context): Promise<string | null> {
    return context.personal.own(record, "name");
  }

  @FieldResolver(() => String, { nullable: true, description: "The mobile number, for its subject alone." })
  mobile(@Root() record: PersonalRecord, @Ctx() context: Context): Promise<string | null> {
    return context.personal.own(record, "mobile");
  }

  @FieldResolver(() => String, { nullable: true, description: "The family name alone. Null when it was erased meanwhile." })
  maskedName(@Root() { id }: PersonalRecord, @Ctx() context: Context): Promise<string | null> {
    return context.personal.masked(id, "name");
  }

  @FieldResolver(() => String, { nullable: true, description: "The mobile number, e.g. `138****1234`." })
  maskedMobile(@Root() { id }: PersonalRecord, @Ctx() context: Context): Promise<string | null> {
    return context.personal.masked(id, "mobile");
  }

  @FieldResolver(() => String, { nullable: true, description: "The first and the last character of the ID number." })
  maskedIdNumber(@Root() { id }: PersonalRecord, @Ctx() context: Context): Promise<string | null> {
    return context.personal.masked(id, "idNumber");
  }
}
