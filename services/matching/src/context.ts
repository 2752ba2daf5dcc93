import { SameOrganisations, SubgraphContext, wholeStatement, type ListQuery } from "@gongjian/subgraph";
import { MatchService } from "./match/match.service";
import { MatchingService } from "./matching/matching.service";
import { NeedService } from "./need/need.service";
import { OfferService } from "./offer/offer.service";
import { MilestoneService } from "./project/milestone.service";
import { ProjectService } from "./project/project.service";
import { RoundService } from "./round/round.service";

/** What the resolvers of this subgraph have at hand. */
export class Context extends SubgraphContext {
  readonly sameOrganisations = new SameOrganisations(this);
  readonly rounds = new RoundService(this);
  readonly needs = new NeedService(this);
  readonly offers = new OfferService(this);
  readonly matches = new MatchService(this);
  readonly projects = new ProjectService(this);
  readonly milestones = new MilestoneService(this);
  readonly matching = new MatchingService(this);

  /** Reads all rows of a list that the code bounds (by keys, say). */
  select<T>(query: ListQuery): Promise<T[]> {
    const { statement, params } = wholeStatement(query);
    return this.rows<T>(statement, params);
  }
}
