import type { SuggestionDecision } from "@gongjian/entities-communities";
import type { Exceptions } from "../calendar/calendar.rules";
import type { SuggestionRow } from "./suggestion.import.inputs";
import type { FoundPlace } from "../place/place";
import type { Suggestion } from "./suggestion.type";

type Raised = Pick<
  Suggestion,
  | "title"
  | "body"
  | "topic"
  | "channel"
  | "urgency"
  | "regionCode"
  | "communityId"
  | "eventId"
  | "raiserCommunityId"
  | "raiserOrganisationId"
  | "raisedOn"
  | "illustrative"
  | "source"
>;
type Assignee = Pick<Suggestion, "assigneeRegionCode" | "assigneeCommunityId" | "assigneeOrganisationId">;
interface Answer {
  decision: SuggestionDecision;
  answer: string;
  answeredOn: string;
  promisedOn: string | null;
}
interface Done {
  outcome: string;
  doneOn: string;
}

/** What a suggestion tells, part by part: a part that is there is never rewritten, the next one may follow. */
export interface Values {
  raised: Raised;
  published: boolean;
  assignee: Assignee | null;
  answer: Answer | null;
  done: Done | null;
  rating: number | null;
}
export const PARTS = ["raised", "assignee", "answer", "done", "rating"] as const;

export function storedValues(stored: Suggestion): Values {
  const { decision, answer, answeredOn, doneOn, outcome } = stored;
  const held = stored.assigneeRegionCode ?? stored.assigneeCommunityId ?? stored.assigneeOrganisationId;
  return {
    raised: {
      title: stored.title,
      body: stored.body,
      topic: stored.topic,
      channel: stored.channel,
      urgency: stored.urgency,
      regionCode: stored.regionCode,
      communityId: stored.communityId,
      eventId: stored.eventId,
      raiserCommunityId: stored.raiserCommunityId,
      raiserOrganisationId: stored.raiserOrganisationId,
      raisedOn: stored.raisedOn,
      illustrative: stored.illustrative,
      source: stored.source,
    },
    published: stored.published,
    assignee:
      held === null
        ? null
        : {
            assigneeRegionCode: stored.assigneeRegionCode,
            assigneeCommunityId: stored.assigneeCommunityId,
            assigneeOrganisationId: stored.assigneeOrganisationId,
          },
    answer:
      decision === null
        ? null
        : { decision, answer: answer!, answeredOn: answeredOn!, promisedOn: stored.state === "ANSWERED" ? stored.dueOn : null },
    done: outcome === null || doneOn === null ? null : { outcome, doneOn },
    rating: stored.rating,
  };
}

export interface Found {
  place: FoundPlace | null;
  raiser: FoundPlace | null;
  assignee: FoundPlace | null;
  days: Exceptions;
}

const assigneeValues = ({ regionCode, communityId, organisationId }: FoundPlace): Assignee => ({
  assigneeRegionCode: communityId === null && organisationId === null ? regionCode : null,
  assigneeCommunityId: communityId,
  assigneeOrganisationId: organisationId,
});

/** Once it is kept, a promise is no longer told: it is compared only while it stands. */
const answerValues = (row: SuggestionRow, existing: Suggestion | null): Answer => ({
  decision: row.decision!,
  answer: row.answer!.trim(),
  answeredOn: row.answeredOn!,
  promisedOn: existing !== null && existing.decision !== null && existing.state !== "ANSWERED" ? null : (row.promisedOn ?? null),
});

const raisedValues = (row: SuggestionRow, { place, raiser }: Found, stored: Raised | null): Raised => ({
  title: row.title.trim(),
  body: row.body.trim(),
  topic: row.topic,
  channel: row.channel,
  urgency: row.urgency ?? stored?.urgency ?? "NORMAL",
  regionCode: place!.regionCode!,
  communityId: place!.communityId,
  eventId: row.eventId?.toLowerCase() ?? null,
  ...(row.inNameOf === undefined && stored !== null
    ? { raiserCommunityId: stored.raiserCommunityId, raiserOrganisationId: stored.raiserOrganisationId }
    : { raiserCommunityId: raiser?.communityId ?? null, raiserOrganisationId: raiser?.organisationId ?? null }),
  raisedOn: row.raisedOn,
  illustrative: row.illustrative ?? false,
  source: row.source ?? null,
});

/** What a row tells; what it leaves out is as it is stored. */
export function toValues(row: SuggestionRow, found: Found, existing: Suggestion | null): Values {
  const { assignee } = found;
  const stored = existing === null ? null : storedValues(existing);
  return {
    raised: raisedValues(row, found, stored?.raised ?? null),
    // whoever took it from the public did so after the list was written
    published: stored?.published ?? row.published ?? false,
    assignee: assignee ? assigneeValues(assignee) : (stored?.assignee ?? null),
    answer: row.decision ? answerValues(row, existing) : (stored?.answer ?? null),
    done: row.doneOn ? { outcome: row.outcome!.trim(), doneOn: row.doneOn } : (stored?.done ?? null),
    rating: row.rating ?? stored?.rating ?? null,
  };
}
