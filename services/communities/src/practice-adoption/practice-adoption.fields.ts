import type { Page } from "@gongjian/subgraph";
import { Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { Community } from "../community/community.type";
import type { Context } from "../context";
import { Organisation } from "../organisation/organisation.type";
import { partyAt } from "../place/party";
import { Practice } from "../practice/practice.type";
import { PracticeAdoptionsArgs } from "./practice-adoption.inputs";
import { PracticeAdopter, PracticeAdoption, PracticeAdoptionConnection } from "./practice-adoption.type";

@Resolver(() => PracticeAdoption)
export class PracticeAdoptionFields {
  @FieldResolver(() => Practice, { nullable: true, description: "The practice." })
  practice(@Root() { practiceId }: PracticeAdoption, @Ctx() context: Context): Promise<Practice | null> {
    return context.practices.byId(practiceId);
  }

  @FieldResolver(() => PracticeAdopter, { nullable: true, description: "Who works by it." })
  adopter(@Root() { communityId, organisationId }: PracticeAdoption, @Ctx() context: Context): Promise<typeof PracticeAdopter | null> {
    return partyAt(context, { communityId, organisationId }) as Promise<typeof PracticeAdopter | null>;
  }
}

@Resolver(() => Practice)
export class PracticeAdopters {
  @FieldResolver(() => PracticeAdoptionConnection, { description: "Who adopted it, the earliest first." })
  adoptions(
    @Root() { id }: Practice,
    @Args(() => PracticeAdoptionsArgs) args: PracticeAdoptionsArgs,
    @Ctx() context: Context,
  ): Promise<Page<PracticeAdoption>> {
    return context.practiceAdoptions.ofPractice(id, args);
  }
}

@Resolver(() => Community)
export class CommunityAdoptions {
  @FieldResolver(() => PracticeAdoptionConnection, { description: "The practices that the community adopted, the earliest first." })
  practiceAdoptions(
    @Root() { id }: Community,
    @Args(() => PracticeAdoptionsArgs) args: PracticeAdoptionsArgs,
    @Ctx() context: Context,
  ): Promise<Page<PracticeAdoption>> {
    return context.practiceAdoptions.ofCommunity(id, args);
  }
}

@Resolver(() => Organisation)
export class OrganisationAdoptions {
  @FieldResolver(() => PracticeAdoptionConnection, { description: "The practices that the organisation adopted, the earliest first." })
  practiceAdoptions(
    @Root() { id }: Organisation,
    @Args(() => PracticeAdoptionsArgs) args: PracticeAdoptionsArgs,
    @Ctx() context: Context,
  ): Promise<Page<PracticeAdoption>> {
    return context.practiceAdoptions.ofOrganisation(id, args);
  }
}
