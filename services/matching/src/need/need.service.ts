import { NeedEntity } from "@gongjian/entities-matching";
import { isUuid, nodesOf, type BulkOutcome, type IdempotencyConflict, type Page, type PageArgs } from "@gongjian/subgraph";
import type { Context } from "../context";
import { keeping, type EntryChanged, type EntryCreated, type EntryValues } from "../round/entry-kind";
import { EntryWriter } from "../round/entry-writer";
import type { RoundCommunity } from "../round/round-community.type";
import { trimmed } from "../text";
import type { CreateNeedInput, ImportNeedsInput, NeedContent, NeedsArgs, UpdateNeedInput, WithdrawNeedInput } from "./need.inputs";
import {
  communitiesOfRound,
  NEED_COLUMNS,
  needById,
  needsOfCommunity,
  needsOfRound,
  needsOfRoundCommunity,
  needsOfSuggestion,
  needList,
} from "./need.lists";
import { unknownOrigins } from "./need.origin";
import { outsideRound } from "./need.participants";
import { canWriteNeed, NEED_WRITERS, scopesOfNeed } from "./need.policy";
import { checkNeed } from "./need.rules";
import type { Need } from "./need.type";

/** What a need says of itself. */
type Content = Omit<Need, "id" | "version" | keyof EntryValues<"communityId", unknown>>;

function merged(given: NeedContent, before: Content | null): Content {
  const keep = keeping<Content>(given, before);
  return {
    kind: (given.kind ?? before?.kind)!,
    title: (given.title ?? before?.title ?? "").trim(),
    description: keep("description", null),
    fundKind: keep("fundKind", "NONE"),
    budgetMin: keep("budgetMin", null),
    budgetMax: keep("budgetMax", null),
    currency: keep("currency", "CNY"),
    startsOn: keep("startsOn", null),
    endsOn: keep("endsOn", null),
    tags: trimmed(keep("tags", [])),
    requiredQualifications: trimmed(keep("requiredQualifications", [])),
    beneficiaries: keep("beneficiaries", null),
    quantity: keep("quantity", 1),
    originSuggestionId: keep("originSuggestionId", null)?.toLowerCase() ?? null,
  };
}

const writer = new EntryWriter({
  type: "Need",
  entity: NeedEntity,
  columns: NEED_COLUMNS,
  alias: "n",
  owner: { field: "communityId", type: "Community" },
  units: "quantity",
  writers: NEED_WRITERS,
  mayWrite: canWriteNeed,
  scopesOf: scopesOfNeed,
  check: checkNeed,
  unknown: unknownOrigins,
  outside: outsideRound,
  merged,
  seen: (context, id) => context.load(needById, id),
});

/** Reads and writes needs. */
export class NeedService {
  constructor(private readonly context: Context) {}

  async byId(id: string): Promise<Need | null> {
    return isUuid(id) ? this.context.load(needById, id.toLowerCase()) : null;
  }

  list(args: NeedsArgs): Promise<Page<Need>> {
    return needList(this.context, args);
  }

  ofRound(roundId: string, args: NeedsArgs): Promise<Page<Need>> {
    return this.context.load(needsOfRound, { parent: roundId, args });
  }

  async ofCommunity(communityId: string, args: NeedsArgs): Promise<Page<Need> | null> {
    return isUuid(communityId) ? this.context.load(needsOfCommunity, { parent: communityId.toLowerCase(), args }) : null;
  }

  async ofSuggestion(suggestionId: string, args: NeedsArgs): Promise<Page<Need> | null> {
    return isUuid(suggestionId) ? this.context.load(needsOfSuggestion, { parent: suggestionId.toLowerCase(), args }) : null;
  }

  /** The first of a community's needs in a round, by title. */
  async ofRoundCommunity(roundId: string, communityId: string, first: number): Promise<Need[]> {
    return nodesOf(await this.context.load(needsOfRoundCommunity, { parent: `${roundId}:${communityId}`, args: { first } }));
  }

  communitiesOfRound(roundId: string, args: PageArgs): Promise<Page<RoundCommunity>> {
    return this.context.load(communitiesOfRound, { parent: roundId, args });
  }

  create(input: CreateNeedInput): Promise<EntryCreated<Need>> {
    return writer.create(this.context, input);
  }

  update(input: UpdateNeedInput): Promise<EntryChanged<Need>> {
    return writer.update(this.context, input);
  }

  withdraw(input: WithdrawNeedInput): Promise<EntryChanged<Need>> {
    return writer.withdraw(this.context, input);
  }

  import(input: ImportNeedsInput): Promise<BulkOutcome | IdempotencyConflict> {
    return writer.import(this.context, input);
  }
}
