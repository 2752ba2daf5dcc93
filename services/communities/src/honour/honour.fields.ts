import { PageArgs, type Page } from "@gongjian/subgraph";
import { Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { Community } from "../community/community.type";
import type { Context } from "../context";
import { Organisation } from "../organisation/organisation.type";
import { partyAt } from "../place/party";
import { Practice } from "../practice/practice.type";
import { Honour, HonourConnection, HonourHolder } from "./honour.type";

@Resolver(() => Honour)
export class HonourFields {
  @FieldResolver(() => HonourHolder, { nullable: true, description: "Who or what was honoured." })
  async holder(@Root() honour: Honour, @Ctx() context: Context): Promise<typeof HonourHolder | null> {
    if (honour.practiceId === null) return partyAt(context, honour) as Promise<typeof HonourHolder | null>;
    const practice = await context.practices.byId(honour.practiceId);
    return practice && ({ ...practice, __typename: "Practice" } as typeof HonourHolder);
  }

  @FieldResolver(() => Organisation, { nullable: true, description: "The organisation that awarded it." })
  awarder(@Root() { awarderId }: Honour, @Ctx() context: Context): Promise<Organisation | null> | null {
    return awarderId === null ? null : context.organisations.byId(awarderId);
  }
}

@Resolver(() => Community)
export class CommunityHonours {
  @FieldResolver(() => HonourConnection, {
    description: "What the community was honoured with, the latest first; not what its practices were.",
  })
  honours(@Root() { id }: Community, @Args(() => PageArgs) args: PageArgs, @Ctx() context: Context): Promise<Page<Honour>> {
    return context.honours.ofCommunity(id, args);
  }
}

@Resolver(() => Organisation)
export class OrganisationHonours {
  @FieldResolver(() => HonourConnection, {
    description: "What the organisation was honoured with, the latest first; not what its practices were.",
  })
  honours(@Root() { id }: Organisation, @Args(() => PageArgs) args: PageArgs, @Ctx() context: Context): Promise<Page<Honour>> {
    return context.honours.ofOrganisation(id, args);
  }
}

@Resolver(() => Practice)
export class PracticeHonours {
  @FieldResolver(() => HonourConnection, { description: "What the practice was honoured with, the latest first." })
  honours(@Root() { id }: Practice, @Args(() => PageArgs) args: PageArgs, @Ctx() context: Context): Promise<Page<Honour>> {
    return context.honours.ofPractice(id, args);
  }
}
