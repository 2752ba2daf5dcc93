import { SameOrganisations, SubgraphContext } from "@gongjian/subgraph";
import { EventService } from "./event/event.service";
import { OrganiserService } from "./organiser/organiser.service";
import { SeriesService } from "./series/series.service";
import { SessionService } from "./session/session.service";

/** What the resolvers of this subgraph have at hand. */
export class Context extends SubgraphContext {
  readonly sameOrganisations = new SameOrganisations(this);
  readonly series = new SeriesService(this);
  readonly events = new EventService(this);
  readonly organisers = new OrganiserService(this);
  readonly sessions = new SessionService(this);
}
