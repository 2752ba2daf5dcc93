import { constraintOf, uuidv7, type CommandTransaction } from "@gongjian/database";
import { FacilityChangeEntity } from "@gongjian/entities-communities";
import {
  actingRole,
  alreadyExists,
  badInput,
  checkText,
  command,
  ensure,
  isUuid,
  notFound,
  type AlreadyExists,
  type IdempotencyConflict,
  type Page,
} from "@gongjian/subgraph";
import type { Context } from "../context";
import { canKeepFacility, FACILITY_KEEPERS } from "../facility/facility.policy";
import type { CorrectFacilityChangeInput, FacilityChangesArgs, RecordFacilityChangeInput } from "./facility-change.inputs";
import { CHANGE_STORED, changeById, changesOfFacility, OVERLAPPED } from "./facility-change.lists";
import { changesOverlap, type FacilityChangesOverlap } from "./facility-change.results";
import { checkChange } from "./facility-change.rules";
import type { FacilityChange } from "./facility-change.type";

type Values = Omit<FacilityChange, "id" | "superseded">;

/** What facilities were before: a log that grows and is never rewritten. */
export class FacilityChangeService {
  constructor(private readonly context: Context) {}

  ofFacility(parent: string, args: FacilityChangesArgs): Promise<Page<FacilityChange>> {
    return this.context.load(changesOfFacility, { parent, args });
  }

  async byId(id: string): Promise<FacilityChange | null> {
    return isUuid(id) ? this.context.load(changeById, id.toLowerCase()) : null;
  }

  async record(input: RecordFacilityChangeInput): Promise<FacilityChange | FacilityChangesOverlap | IdempotencyConflict> {
    const { facilityId, role } = await this.keeping(input.facilityId, "Facility");
    const values: Values = {
      facilityId,
      was: input.was.trim(),
      category: input.category ?? null,
      since: input.since ?? null,
      until: input.until,
      note: input.note?.trim() || null,
      source: input.source ?? null,
      correctsId: null,
      withdrawn: false,
      correctionReason: null,
    };
    const problems = checkChange(values, await this.context.calendars.today());
    if (problems.length > 0) throw badInput(problems);
    return this.apart(values, () => command(this.context, "recordFacilityChange", role, input, (tx) => append(tx, values, null)));
  }

  /** Appends what an entry should have said; the entry stays, and counts no longer. */
  async correct(input: CorrectFacilityChangeInput): Promise<FacilityChange | FacilityChangesOverlap | AlreadyExists | IdempotencyConflict> {
    const old = await this.byId(input.id);
    const { role } = await this.keeping(old?.facilityId ?? "", "FacilityChange");
    const values = corrected(old!, input);
    const problems = [
      ...checkChange(values, await this.context.calendars.today()),
      ...checkText("reason", input.reason, { least: 1, most: 500 }),
    ];
    if (problems.length > 0) throw badInput(problems);
    try {
      return await this.apart(values, () => command(this.context, "correctFacilityChange", role, input, (tx) => append(tx, values, old)));
    } catch (error) {
      if (constraintOf(error)?.constraint === "facility_change_corrected_once") return alreadyExists("id");
      throw error;
    }
  }

  /** The facility, and in which role the viewer keeps it. @throws PublicError NOT_FOUND, UNAUTHENTICATED or FORBIDDEN */
  private async keeping(id: string, concept: "Facility" | "FacilityChange") {
    const { context } = this;
    ensure(context.viewer, context.viewer.subject !== "anonymous");
    const facility = await context.facilities.byId(id);
    const scopes = facility && (await context.facilities.scopesOf(facility));
    if (!facility || !scopes) throw notFound(concept);
    ensure(context.viewer, canKeepFacility(context.viewer, scopes));
    return { facilityId: facility.id, role: actingRole(context.viewer, FACILITY_KEEPERS, scopes) };
  }

  /** That periods of one facility do not overlap is for the database to say. */
  private async apart<T>(values: Values, work: () => Promise<T>): Promise<T | FacilityChangesOverlap> {
    try {
      return await work();
    } catch (error) {
      if (constraintOf(error)?.constraint !== "facility_change_apart") throw error;
      const { facilityId, since, until, correctsId } = values;
      const [change] = await this.context.rows<FacilityChange>(OVERLAPPED, [facilityId, since, until, correctsId]);
      return changesOverlap(change ?? null);
    }
  }
}

/** What the corrected entry says: what is left out stays as it was, and null takes it away. */
function corrected(old: FacilityChange, input: CorrectFacilityChangeInput): Values {
  const given = <T>(value: T | undefined, before: T): T => (value === undefined ? before : value);
  return {
    facilityId: old.facilityId,
    was: (input.was ?? old.was).trim(),
    category: given(input.category, old.category),
    since: given(input.since, old.since),
    until: input.until ?? old.until,
    note: given(input.note, old.note)?.trim() || null,
    source: given(input.source, old.source),
    correctsId: old.id,
    withdrawn: input.withdrawn ?? false,
    correctionReason: input.reason.trim(),
  };
}

async function append(tx: CommandTransaction, values: Values, old: FacilityChange | null): Promise<FacilityChange> {
  const id = uuidv7();
  await tx.manager.insert(FacilityChangeEntity, { ...values, id });
  tx.audit({
    action: old === null ? "create" : "correct",
    concept: "facilityChange",
    entityId: id,
    before: old && { ...old },
    after: values,
  });
  const [row] = await tx.rows<FacilityChange>(CHANGE_STORED, [id]);
  return { __typename: "FacilityChange", ...row! } as FacilityChange;
}
