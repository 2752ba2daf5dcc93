import { constraintOf, statement, uuidv7, type CommandTransaction } from "@gongjian/database";
import { PracticeAdoptionEntity } from "@gongjian/entities-communities";
import {
  actingRole,
  alreadyExists,
  badInput,
  checkText,
  command,
  ensure,
  ensureAmong,
  isUuid,
  readPage,
  notFound,
  versionConflict,
  type AlreadyExists,
  type IdempotencyConflict,
  type Page,
  type VersionConflict,
} from "@gongjian/subgraph";
import type { Context } from "../context";
import { checkPlace, findPlace, givenFields } from "../place/place";
import { canAdoptPractice, PRACTICE_KEEPERS } from "../practice/practice.policy";
import { placeText } from "../practice/practice.store";
import type {
  AdoptPracticeInput,
  AllPracticeAdoptionsArgs,
  PracticeAdoptionsArgs,
  WithdrawPracticeAdoptionInput,
} from "./practice-adoption.inputs";
import { ADOPTION_COLUMNS, adoptionList, ofCommunity, ofOrganisation, ofPractice, valuesOf, type Values } from "./practice-adoption.lists";
import { adoptionAlreadyWithdrawn, type AdoptionAlreadyWithdrawn } from "./practice-adoption.results";
import { checkAdoption, checkEnd } from "./practice-adoption.rules";
import type { PracticeAdoption } from "./practice-adoption.type";

const BY_ID = statement("practice_adoption_by_id", `SELECT ${ADOPTION_COLUMNS} FROM practice_adoption d WHERE d.id = $1::uuid`);
const LOCKED = statement("practice_adoption_locked", `${BY_ID.text} FOR NO KEY UPDATE`);

/** Who works by which practice. */
export class PracticeAdoptionService {
  constructor(private readonly context: Context) {}

  list(args: AllPracticeAdoptionsArgs): Promise<Page<PracticeAdoption>> {
    return readPage<PracticeAdoption>(this.context, adoptionList(args), args);
  }

  ofPractice(parent: string, args: PracticeAdoptionsArgs): Promise<Page<PracticeAdoption>> {
    return this.context.load(ofPractice, { parent, args });
  }

  ofCommunity(parent: string, args: PracticeAdoptionsArgs): Promise<Page<PracticeAdoption>> {
    return this.context.load(ofCommunity, { parent, args });
  }

  ofOrganisation(parent: string, args: PracticeAdoptionsArgs): Promise<Page<PracticeAdoption>> {
    return this.context.load(ofOrganisation, { parent, args });
  }

  async adopt(input: AdoptPracticeInput): Promise<PracticeAdoption | AlreadyExists | IdempotencyConflict> {
    const { context } = this;
    const { communityId, organisationId } = input;
    const { viewer } = context;
    ensureAmong(viewer, PRACTICE_KEEPERS);
    const given = { communityId, organisationId };
    const adopter = givenFields(given).length === 1 ? await findPlace(context, given) : null;
    const misplaced = checkPlace("", given, adopter);
    if (misplaced.length > 0) throw badInput(misplaced);
    ensure(viewer, canAdoptPractice(viewer, adopter!.scopes));
    const practice = await context.practices.byId(input.practiceId);
    if (!practice) throw notFound("Practice");
    const today = await context.calendars.today();
    const since = input.since ?? today;
    const problems = [...checkAdoption(practice, adopter!, since, today), ...checkText("note", input.note, { most: 500 })];
    if (problems.length > 0) throw badInput(problems);
    const id = uuidv7();
    const values: Values = {
      key: null,
      practiceId: practice.id,
      communityId: adopter!.communityId,
      organisationId: adopter!.organisationId,
      since,
      endedOn: null,
      note: input.note?.trim() || null,
      illustrative: false,
      source: null,
    };
    try {
      return await command(context, "adoptPractice", actingRole(viewer, PRACTICE_KEEPERS, adopter!.scopes), input, async (tx) => {
        await tx.manager.insert(PracticeAdoptionEntity, { ...values, id, place: placeText(values) });
        tx.audit({ action: "create", concept: "practice-adoption", entityId: id, before: null, after: values });
        return readBack(tx, id);
      });
    } catch (error) {
      if (constraintOf(error)?.constraint === "practice_adoption_once") return alreadyExists("practiceId");
      throw error;
    }
  }

  async withdraw(
    input: WithdrawPracticeAdoptionInput,
  ): Promise<PracticeAdoption | AdoptionAlreadyWithdrawn | VersionConflict | IdempotencyConflict> {
    const { context } = this;
    ensureAmong(context.viewer, PRACTICE_KEEPERS);
    const [adoption] = isUuid(input.id) ? await context.rows<PracticeAdoption>(BY_ID, [input.id]) : [];
    const adopter = adoption && (await findPlace(context, { communityId: adoption.communityId, organisationId: adoption.organisationId }));
    if (!adoption || !adopter) throw notFound("PracticeAdoption");
    ensure(context.viewer, canAdoptPractice(context.viewer, adopter.scopes));
    const today = await context.calendars.today();
    const endedOn = input.endedOn ?? today;
    const problems = checkEnd({ since: adoption.since, endedOn }, today);
    if (problems.length > 0) throw badInput(problems);
    return command<PracticeAdoption | AdoptionAlreadyWithdrawn | VersionConflict>(
      context,
      "withdrawPracticeAdoption",
      actingRole(context.viewer, PRACTICE_KEEPERS, adopter.scopes),
      input,
      async (tx) => {
        const [stored] = await tx.rows<PracticeAdoption>(LOCKED, [adoption.id]);
        if (stored!.version !== input.expectedVersion) return tx.rollback(versionConflict(stored!.version));
        if (stored!.endedOn !== null) return tx.rollback(adoptionAlreadyWithdrawn());
        await tx.manager.update(PracticeAdoptionEntity, { id: adoption.id }, { endedOn });
        const before = valuesOf(stored!);
        tx.audit({ action: "withdraw", concept: "practice-adoption", entityId: adoption.id, before, after: { ...before, endedOn } });
        return readBack(tx, adoption.id);
      },
    );
  }
}

async function readBack(tx: CommandTransaction, id: string): Promise<PracticeAdoption> {
  const [row] = await tx.rows<PracticeAdoption>(BY_ID, [id]);
  return { __typename: "PracticeAdoption", ...row! } as PracticeAdoption;
}
