import { SubgraphContext } from "@gongjian/subgraph";
import { AppointmentService } from "./appointment/appointment.service";
import { CalendarService } from "./calendar/calendar.service";
import { CommunityService } from "./community/community.service";
import { ContactService } from "./contact/contact.service";
import { LetterService } from "./letter/letter.service";
import { MembershipService } from "./membership/membership.service";
import { OrganisationService } from "./organisation/organisation.service";
import { ErasureService } from "./personal/erasure.service";
import { PersonalService } from "./personal/personal.service";
import { PersonService } from "./person/person.service";
import { PopulationService } from "./population/population.service";
import { RegionService } from "./region/region.service";
import { SearchService } from "./search/search.service";
import { ServiceContactService } from "./service-contact/service-contact.service";
import { SuggestionFiguresService } from "./suggestion/suggestion.figures";
import { SuggestionService } from "./suggestion/suggestion.service";
import { ServiceAreaService } from "./service-area/service-area.service";
import { TeamService } from "./team/team.service";
import { SuggestionSteps } from "./suggestion/suggestion.steps";
import { TokenService } from "./token/token.service";
import { SurveyService } from "./survey/survey.service";

/** What the resolvers of this subgraph have at hand. */
export class Context extends SubgraphContext {
  readonly regions = new RegionService(this);
  readonly communities = new CommunityService(this);
  readonly organisations = new OrganisationService(this);
  readonly populations = new PopulationService(this);
  readonly memberships = new MembershipService(this);
  readonly contacts = new ContactService(this);
  readonly tokens = new TokenService(this);
  readonly personal = new PersonalService(this);
  readonly erasures = new ErasureService(this);
  readonly people = new PersonService(this);
  readonly appointments = new AppointmentService(this);
  readonly letters = new LetterService(this);
  readonly teams = new TeamService(this);
  readonly serviceAreas = new ServiceAreaService(this);
  readonly search = new SearchService(this);
  readonly calendars = new CalendarService(this);
  readonly suggestions = new SuggestionService(this);
  readonly suggestionSteps = new SuggestionSteps(this);
  readonly serviceContacts = new ServiceContactService(this);
  readonly surveys = new SurveyService(this);
  readonly suggestionFigures = new SuggestionFiguresService(this);
}
