import { constraintOf, uuidv7 } from "@gongjian/database";
import { SurveyEntity, SurveyPeriodEntity, SurveyResponseEntity } from "@gongjian/entities-communities";
import {
  actingRole,
  badInput,
  command,
  communityScope,
  ensure,
  isUuid,
  notFound,
  readPage,
  versionConflict,
  type IdempotencyConflict,
  type ListArgs,
  type Page,
  type Scopes,
  type VersionConflict,
} from "@gongjian/subgraph";
import type { Context } from "../context";
import { checkPlace, findPlace, givenFields } from "../place/place";
import { placesOfCommunity, placesOfPeriod, responsesOf, resultsOf } from "./survey.figures";
import type {
  AnswerSurveyInput,
  CloseSurveyPeriodInput,
  CreateSurveyInput,
  OpenSurveyPeriodInput,
  ReviseSurveyInput,
  SurveysArgs,
} from "./survey.inputs";
import { periodsOfSurvey, surveyList } from "./survey.lists";
import { canAnswerSurvey, canKeepSurvey, seesRunningResults, SURVEY_KEEPERS } from "./survey.policy";
import type { AlreadyAnswered, PeriodTaken, SurveyNotOpen } from "./survey.results";
import { answersInOrder, checkQuestions, checkSurvey, checkSurveyPeriod, digestOf } from "./survey.rules";
import {
  lockPeriod,
  lockSurvey,
  periodById,
  periodToAnswer,
  questionsKey,
  questionsOf,
  readPeriod,
  readSurvey,
  surveyById,
  writePeriod,
  writeQuestions,
} from "./survey.store";
import type { Survey, SurveyPeriod, SurveyPlace, SurveyQuestion, SurveyReceipt, SurveyResult } from "./survey.type";

/** Keeps surveys, takes answers and shows results. */
export class SurveyService {
  constructor(private readonly context: Context) {}

  async byId(id: string): Promise<Survey | null> {
    return isUuid(id) ? this.context.load(surveyById, id.toLowerCase()) : null;
  }

  async period(id: string): Promise<SurveyPeriod | null> {
    return isUuid(id) ? this.context.load(periodById, id.toLowerCase()) : null;
  }

  list(args: SurveysArgs): Promise<Page<Survey>> {
    return readPage<Survey>(this.context, surveyList(args), args);
  }

  questions(surveyId: string, questionnaire: number): Promise<SurveyQuestion[]> {
    return this.context.load(questionsOf, questionsKey(surveyId, questionnaire));
  }

  periods(surveyId: string, args: ListArgs): Promise<Page<SurveyPeriod>> {
    return this.context.load(periodsOfSurvey, { parent: surveyId, args });
  }

  places(periodId: string, args: ListArgs): Promise<Page<SurveyPlace>> {
    return this.context.load(placesOfPeriod, { parent: periodId, args });
  }

  ofCommunity(communityId: string, args: ListArgs): Promise<Page<SurveyPlace>> {
    return this.context.load(placesOfCommunity, { parent: communityId, args });
  }

  /** Null where it would tell of fewer than five people. */
  responses({ periodId, communityId }: SurveyPlace): Promise<number | null> {
    return this.context.load(responsesOf, `${periodId}/${communityId}`);
  }

  /**
   * Null while the period runs, for all but those who keep the survey and auditors: nobody is to be led by the others' answers. They are
   * told how many have answered, and not what: means read before and after an answer would tell it.
   */
  async results(period: SurveyPeriod, communityId: string | null): Promise<SurveyResult[] | null> {
    const { context } = this;
    const today = await context.calendars.today();
    if (period.closedOn === null && period.endsOn >= today) {
      const survey = await this.byId(period.surveyId);
      if (!seesRunningResults(context.viewer, await this.scopesOf(survey!))) return null;
      const answers = await resultsOf(context, period, communityId);
      return answers.map((result) => ({ ...result, mean: null, content: null }));
    }
    return resultsOf(context, period, communityId);
  }

  async create(input: CreateSurveyInput): Promise<Survey | IdempotencyConflict> {
    const { context } = this;
    ensure(context.viewer, context.viewer.subject !== "anonymous");
    const where = { communityId: input.communityId, regionCode: input.regionCode };
    const place = givenFields(where).length === 1 ? await findPlace(context, where) : null;
    if (place) ensure(context.viewer, canKeepSurvey(context.viewer, place.scopes));
    const problems = [...checkPlace("", where, place), ...checkSurvey(input), ...checkQuestions(input.questions)];
    if (problems.length > 0) throw badInput(problems);
    const id = uuidv7();
    return command(context, "createSurvey", actingRole(context.viewer, SURVEY_KEEPERS, place!.scopes), input, async (tx) => {
      await tx.manager.insert(SurveyEntity, {
        id,
        key: null,
        title: input.title.trim(),
        regionCode: place!.regionCode!,
        communityId: place!.communityId,
        questionnaire: 1,
      });
      await writeQuestions(tx, id, 1, input.questions);
      tx.audit({
        action: "create",
        concept: "survey",
        entityId: id,
        before: null,
        after: { title: input.title, questions: input.questions },
      });
      return readSurvey(tx, id);
    });
  }

  async revise(input: ReviseSurveyInput): Promise<Survey | VersionConflict | IdempotencyConflict> {
    const { context } = this;
    const { survey, scopes } = await this.kept(input.id);
    const problems = checkQuestions(input.questions);
    if (problems.length > 0) throw badInput(problems);
    return command<Survey | VersionConflict>(
      context,
      "reviseSurvey",
      actingRole(context.viewer, SURVEY_KEEPERS, scopes),
      input,
      async (tx) => {
        const stored = await lockSurvey(tx, survey.id);
        if (stored!.version !== input.expectedVersion) return tx.rollback(versionConflict(stored!.version));
        const questionnaire = stored!.questionnaire + 1;
        await tx.manager.update(SurveyEntity, { id: survey.id }, { questionnaire });
        await writeQuestions(tx, survey.id, questionnaire, input.questions);
        tx.audit({
          action: "revise",
          concept: "survey",
          entityId: survey.id,
          before: { questionnaire: stored!.questionnaire },
          after: { questionnaire, questions: input.questions },
        });
        return readSurvey(tx, survey.id);
      },
    );
  }

  async open(input: OpenSurveyPeriodInput): Promise<SurveyPeriod | PeriodTaken | IdempotencyConflict> {
    const { context } = this;
    const { survey, scopes } = await this.kept(input.surveyId);
    const problems = checkSurveyPeriod(input);
    if (problems.length > 0) throw badInput(problems);
    try {
      return await command(context, "openSurveyPeriod", actingRole(context.viewer, SURVEY_KEEPERS, scopes), input, async (tx) => {
        const stored = await lockSurvey(tx, survey.id);
        const id = await writePeriod(tx, stored!, input);
        const { name, startsOn, endsOn } = input;
        tx.audit({
          action: "open",
          concept: "surveyPeriod",
          entityId: id,
          before: null,
          after: { surveyId: survey.id, name, startsOn, endsOn },
        });
        return readPeriod(tx, id);
      });
    } catch (error) {
      const constraint = constraintOf(error)?.constraint;
      if (constraint === "survey_period_name_once" || constraint === "survey_period_pkey") return taken("name");
      if (constraint === "survey_period_apart") return taken("startsOn");
      throw error;
    }
  }

  async close(input: CloseSurveyPeriodInput): Promise<SurveyPeriod | VersionConflict | IdempotencyConflict> {
    const { context } = this;
    const period = await this.period(input.id);
    if (!period) throw notFound("SurveyPeriod");
    const { scopes } = await this.kept(period.surveyId);
    const today = await context.calendars.today();
    return command<SurveyPeriod | VersionConflict>(
      context,
      "closeSurveyPeriod",
      actingRole(context.viewer, SURVEY_KEEPERS, scopes),
      input,
      async (tx) => {
        const stored = await lockPeriod(tx, period.id);
        if (stored.version !== input.expectedVersion) return tx.rollback(versionConflict(stored.version));
        // closed before: there is nothing left to do
        if (stored.closedOn !== null) return { ...stored, __typename: "SurveyPeriod" as const };
        // the days that were left are free again
        const endsOn = stored.endsOn < today ? stored.endsOn : stored.startsOn > today ? stored.startsOn : today;
        await tx.manager.update(SurveyPeriodEntity, { id: period.id }, { closedOn: today, endsOn, salt: null });
        const before = { closedOn: null, endsOn: stored.endsOn };
        tx.audit({ action: "close", concept: "surveyPeriod", entityId: period.id, before, after: { closedOn: today, endsOn } });
        return readPeriod(tx, period.id);
      },
    );
  }

  /** Neither the audit nor the record of the idempotency key tells what was answered. */
  async answer(input: AnswerSurveyInput): Promise<SurveyReceipt | AlreadyAnswered | SurveyNotOpen | IdempotencyConflict> {
    const { context } = this;
    const { viewer } = context;
    const period = await this.period(input.periodId);
    const communityId = input.communityId.toLowerCase();
    ensure(viewer, canAnswerSurvey(viewer, communityId));
    const community = await context.communities.byId(communityId);
    const survey = period && (await this.byId(period.surveyId));
    if (!period || !survey || !community) throw notFound(community ? "SurveyPeriod" : "Community");
    const region = await context.regions.byCode(community.regionCode);
    const held = survey.communityId === null ? region!.scopeCodes.includes(survey.regionCode) : survey.communityId === communityId;
    if (!held) throw badInput([{ field: "communityId", code: "OUTSIDE", message: "The survey is not held there." }]);
    const questions = await this.questions(survey.id, period.questionnaire);
    const { answers, problems } = answersInOrder(questions, input.answers);
    if (problems.length > 0) throw badInput(problems);
    const today = await context.calendars.today();
    const body = { idempotencyKey: input.idempotencyKey ?? null, periodId: period.id, communityId };
    try {
      return await command(context, "answerSurvey", actingRole(viewer, ["RESIDENT"], [communityScope(communityId)]), body, async (tx) => {
        const now = await periodToAnswer(tx, period.id);
        if (now.salt === null || today < now.startsOn || today > now.endsOn)
          return tx.rollback({ __typename: "SurveyNotOpen" as const, message: "The survey is not open for answers." });
        const respondent = digestOf(now.salt, viewer.issuer ?? null, viewer.subject);
        await tx.manager.insert(SurveyResponseEntity, { periodId: period.id, respondent, communityId, answers });
        tx.audit({ action: "answer", concept: "surveyPeriod", entityId: period.id, before: null, after: { communityId } });
        return { __typename: "SurveyReceipt" as const, period: await readPeriod(tx, period.id) };
      });
    } catch (error) {
      if (constraintOf(error)?.constraint === "survey_response_pkey")
        return { __typename: "AlreadyAnswered", message: "You have answered in this period already." };
      throw error;
    }
  }

  async scopesOf(survey: Survey): Promise<Scopes> {
    const place = await findPlace(
      this.context,
      survey.communityId === null ? { regionCode: survey.regionCode } : { communityId: survey.communityId },
    );
    return place?.scopes ?? [];
  }

  private async kept(id: string): Promise<{ survey: Survey; scopes: Scopes }> {
    const survey = await this.byId(id);
    if (!survey) throw notFound("Survey");
    const scopes = await this.scopesOf(survey);
    ensure(this.context.viewer, canKeepSurvey(this.context.viewer, scopes));
    return { survey, scopes };
  }
}

const taken = (field: string): PeriodTaken => ({
  __typename: "PeriodTaken",
  message: "Another period of the survey has the same name or some of the same days.",
  field,
});
