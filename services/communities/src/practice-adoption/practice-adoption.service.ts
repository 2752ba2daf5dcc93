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
  nestedList,
  notFound,
  versionConflict,
  type AlreadyExists,
  type IdempotencyConflict,
  type InputProblem,
  type Page,
  type VersionConflict,
} from "@gongjian/subgraph";
import type { Context } from "../context";
import { checkPlace, findPlace, givenFields, type FoundPlace } from "../place/place";
import { canAdoptPractice, PRACTICE_KEEPERS } from "../practice/practice.policy";
import { placeText } from "../practice/practice.store";
import type { Practice } from "../practice/practice.type";
import type { AdoptPracticeInput, PracticeAdoptionsArgs, WithdrawPracticeAdoptionInput } from "./practice-adoption.inputs";
import { adoptionAlreadyWithdrawn, type AdoptionAlreadyWithdrawn } from "./practice-adoption.results";
import type { PracticeAdoption } from "./practice-adoption.type";

const COLUMNS = `d.id, d.practice_id AS "practiceId", d.community_id AS "communityId", d.organisation_id AS "organisationId", d.since,
  d.ended_on AS "endedOn", d.note, d.version`;
const BY_ID = statement("practice_adoption_by_id", `SELECT ${COLUMNS} FROM practice_adoption d WHERE d.id = $1::uuid`);
const LOCKED = statement("practice_adoption_locked", `${BY_ID.text} FOR NO KEY UPDATE`);

const below = (link: string) =>
  nestedList<Context, PracticeAdoptionsArgs, PracticeAdoption>({
    query: (_context, { current }) => ({
      select: COLUMNS,
      from: "practice_adoption d",
      where: current == null ? [] : [{ sql: `d.ended_on IS ${current ? "" : "NOT "}NULL`, params: [] }],
      ordering: {
        tag: "practice-adoptions",
        keys: [
          { sql: "d.since", field: "since", type: "date" },
          { sql: "d.id", field: "id", type: "uuid" },
        ],
        direction: "ASC",
      },
    }),
    link,
    parentType: "uuid",
  });
const ofPractice = below("d.practice_id = parent.id");
const ofCommunity = below("d.community_id = parent.id");
const ofOrganisation = below("d.organisation_id = parent.id");

type Values = Omit<PracticeAdoption, "id" | "version">;
const valuesOf = ({ id: _id, version: _version, ...values }: PracticeAdoption): Values => values;

/** Who works by which practice. */
export class PracticeAdoptionService {
  constructor(private readonly context: Context) {}

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
      practiceId: practice.id,
      communityId: adopter!.communityId,
      organisationId: adopter!.organisationId,
      since,
      endedOn: null,
      note: input.note?.trim() || null,
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
    if (endedOn > today) throw badInput([IN_FUTURE("endedOn")]);
    if (endedOn < adoption.since)
      throw badInput([{ field: "endedOn", code: "PERIOD_REVERSED", message: "The period ends before it begins." }]);
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

const IN_FUTURE = (field: string): InputProblem => ({ field, code: "IN_FUTURE", message: "The day has not come yet." });

function checkAdoption(practice: Practice, adopter: FoundPlace, since: string, today: string): InputProblem[] {
  const own =
    (adopter.communityId !== null && adopter.communityId === practice.communityId) ||
    (adopter.organisationId !== null && adopter.organisationId === practice.organisationId);
  return [
    ...(own ? [{ field: "practiceId", code: "SAME_RECORD", message: "A practice is adopted by others than its holder." }] : []),
    ...(since > today ? [IN_FUTURE("since")] : []),
  ];
}

async function readBack(tx: CommandTransaction, id: string): Promise<PracticeAdoption> {
  const [row] = await tx.rows<PracticeAdoption>(BY_ID, [id]);
  return { __typename: "PracticeAdoption", ...row! } as PracticeAdoption;
}
