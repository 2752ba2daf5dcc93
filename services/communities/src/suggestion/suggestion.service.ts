import { uuidv7 } from "@gongjian/database";
import { SuggestionEntity } from "@gongjian/entities-communities";
import {
  actingRole,
  badInput,
  checkText,
  command,
  communityScope,
  defineLoader,
  ensure,
  inOrder,
  isUuid,
  missingEntities,
  readPage,
  regionScope,
  wholeStatement,
  type BulkOutcome,
  type IdempotencyConflict,
  type InputProblem,
  type ListArgs,
  type Page,
} from "@gongjian/subgraph";
import { calendarOf } from "../calendar/calendar.service";
import { addWorkingDays } from "../calendar/calendar.rules";
import type { Context } from "../context";
import { ofShownEvent } from "../external/event.lists";
import { importSuggestions } from "./suggestion.import";
import type { ImportSuggestionsInput } from "./suggestion.import.inputs";
import { fateOfOwn } from "./suggestion.fate";
import type { RaiseSuggestionInput, SuggestionsArgs } from "./suggestion.inputs";
import { mergedInto, ofCommunity, ofEvent, ofOrganisation, ofRegion, ofSurveyPeriod, stepsOf, suggestionList } from "./suggestion.lists";
import { checkPlace, findPlace, givenFields, type FoundPlace } from "../place/place";
import { canRaise, SUGGESTION_RAISERS, visibleSuggestions } from "./suggestion.policy";
import { ANSWER_DAYS, checkSuggestion, TRIAGE_DAYS } from "./suggestion.rules";
import { searchedBy, similarTo, type SimilarArgs } from "./suggestion.similar";
import { appendStep, auditedValues, readBack, SUGGESTION_COLUMNS } from "./suggestion.store";
import type { Survey } from "../survey/survey.type";
import type { SimilarSuggestion, Suggestion, SuggestionFate, SuggestionStep } from "./suggestion.type";

const byId = defineLoader<Context, string, Suggestion | null>(async (context, ids) => {
  const { statement, params } = wholeStatement({
    select: SUGGESTION_COLUMNS,
    from: "suggestion s",
    where: [{ sql: "s.id = ANY(?::uuid[])", params: [ids] }, ...visibleSuggestions(context.viewer)],
    ordering: { tag: "", keys: [{ sql: "s.id", field: "id", type: "uuid" }], direction: "ASC" },
  });
  return inOrder(ids, await context.rows<Suggestion>(statement, params), (row) => row.id);
});

/** Reads suggestions, and takes new ones. The steps of their way are `SuggestionSteps`. */
export class SuggestionService {
  constructor(private readonly context: Context) {}

  async byId(id: string): Promise<Suggestion | null> {
    return isUuid(id) ? this.context.load(byId, id.toLowerCase()) : null;
  }

  list(args: SuggestionsArgs): Promise<Page<Suggestion>> {
    return ofShownEvent(this.context, args, (shown) => readPage<Suggestion>(this.context, suggestionList(this.context, shown), shown));
  }

  ofCommunity(id: string, args: SuggestionsArgs): Promise<Page<Suggestion>> {
    return ofShownEvent(this.context, args, (shown) => this.context.load(ofCommunity, { parent: id, args: shown }));
  }

  async ofEvent(id: string, args: SuggestionsArgs): Promise<Page<Suggestion> | null> {
    return isUuid(id)
      ? ofShownEvent(this.context, args, (shown) => this.context.load(ofEvent, { parent: id.toLowerCase(), args: shown }))
      : null;
  }

  ofSurveyPeriod(id: string, args: SuggestionsArgs): Promise<Page<Suggestion>> {
    return ofShownEvent(this.context, args, (shown) => this.context.load(ofSurveyPeriod, { parent: id, args: shown }));
  }

  ofOrganisation(id: string, args: SuggestionsArgs): Promise<Page<Suggestion>> {
    return ofShownEvent(this.context, args, (shown) => this.context.load(ofOrganisation, { parent: id, args: shown }));
  }

  ofRegion(code: string, args: SuggestionsArgs): Promise<Page<Suggestion>> {
    return ofShownEvent(this.context, args, (shown) => this.context.load(ofRegion, { parent: code, args: shown }));
  }

  mergedInto(id: string, args: SuggestionsArgs): Promise<Page<Suggestion>> {
    return ofShownEvent(this.context, args, (shown) => this.context.load(mergedInto, { parent: id, args: shown }));
  }

  fateOfOwn(id: string): Promise<SuggestionFate | null> {
    return this.context.load(fateOfOwn, id);
  }

  steps(id: string, args: ListArgs): Promise<Page<SuggestionStep>> {
    return this.context.load(stepsOf, { parent: id, args });
  }

  similar(args: SimilarArgs): Promise<SimilarSuggestion[]> {
    return similarTo(this.context, args);
  }

  async raise(input: RaiseSuggestionInput): Promise<Suggestion | IdempotencyConflict> {
    const { context } = this;
    const { viewer } = context;
    ensure(viewer, viewer.subject !== "anonymous");
    const where = { communityId: input.communityId, regionCode: input.regionCode };
    const inNameOf = input.inNameOf ?? {};
    const [place, raiser] = await Promise.all([
      givenFields(where).length === 1 ? findPlace(context, where) : null,
      givenFields(inNameOf).length === 1 ? findPlace(context, inNameOf) : null,
    ]);
    if (place) ensure(viewer, canRaise(viewer, place.scopes, inNameOf, raiser?.scopes ?? []));
    const problems = [
      ...checkPlace("", where, place),
      ...(input.inNameOf ? checkPlace("inNameOf", inNameOf, raiser) : []),
      ...checkSuggestion(input),
      ...(await this.checkEvent(input.eventId)),
      ...(await this.checkSurvey(input.surveyPeriodId, place)),
    ];
    if (problems.length > 0) throw badInput(problems);
    const today = await context.calendars.today();
    const days = await context.calendars.exceptions(calendarOf(place!.region!.scheme));
    const scopes = [...place!.scopes, ...(raiser?.scopes ?? [])];
    const role = actingRole(viewer, SUGGESTION_RAISERS, scopes);
    const id = uuidv7();
    return command(context, "raiseSuggestion", role, input, async (tx) => {
      const raised = {
        id,
        key: null,
        title: input.title.trim(),
        body: input.body.trim(),
        topic: input.topic,
        channel: input.channel,
        regionCode: place!.regionCode!,
        communityId: place!.communityId,
        eventId: input.eventId?.toLowerCase() ?? null,
        surveyPeriodId: input.surveyPeriodId?.toLowerCase() ?? null,
        raiserCommunityId: raiser?.communityId ?? null,
        raiserOrganisationId: raiser?.organisationId ?? null,
        raisedByIssuer: viewer.issuer ?? null,
        raisedBySubject: viewer.subject,
        raisedOn: today,
        dueOn: addWorkingDays(today, TRIAGE_DAYS, days),
        answerDueOn: addWorkingDays(today, ANSWER_DAYS.NORMAL, days),
        ...searchedBy(input.title.trim(), input.body.trim()),
      };
      await tx.manager.insert(SuggestionEntity, raised);
      const standing = {
        ...raised,
        state: "RAISED" as const,
        version: 1,
        assigneeRegionCode: null,
        assigneeCommunityId: null,
        assigneeOrganisationId: null,
      };
      await appendStep(tx, standing, { action: "RAISE", onDate: today, role, note: null });
      const shown = await readBack(tx, id);
      tx.audit({ action: "raise", concept: "suggestion", entityId: id, before: null, after: auditedValues(shown) });
      return shown;
    });
  }

  import(input: ImportSuggestionsInput): Promise<BulkOutcome | IdempotencyConflict> {
    return importSuggestions(this.context, input);
  }

  /** A survey asks in one community, or all over a region: what comes up in it is about a place there. */
  private async checkSurvey(id: string | null | undefined, about: FoundPlace | null): Promise<InputProblem[]> {
    if (!id) return [];
    const field = "surveyPeriodId";
    const survey = await this.surveyOf(id);
    if (!survey) return [{ field, code: "UNKNOWN_REFERENCE", message: "There is no such time of a survey." }];
    const within = survey.communityId === null ? regionScope(survey.regionCode) : communityScope(survey.communityId);
    return about === null || about.scopes.includes(within)
      ? []
      : [{ field, code: "NOT_ALLOWED", message: "The survey does not ask in the place that the suggestion is about." }];
  }

  private async surveyOf(periodId: string): Promise<Survey | null> {
    const period = await this.context.surveys.period(periodId);
    return period && this.context.surveys.byId(period.surveyId);
  }

  private async checkEvent(id: string | null | undefined): Promise<InputProblem[]> {
    if (!id) return [];
    const malformed = checkText("eventId", id, { most: 100 });
    if (malformed.length > 0) return malformed;
    const missing = await missingEntities(this.context, "events", "Event", [id], this.context.viewer);
    return missing.size > 0 ? [{ field: "eventId", code: "UNKNOWN_REFERENCE", message: "There is no such event." }] : [];
  }
}
