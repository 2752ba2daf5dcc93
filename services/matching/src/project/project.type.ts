import type { Evaluator, ProjectPhase, ProjectSide, ProjectState } from "@gongjian/entities-matching";
import { connectionOf, DateScalar, enumType, HanTextScalar } from "@gongjian/subgraph";
import { Directive, Field, Float, ID, Int, ObjectType } from "type-graphql";

export const ProjectStateEnum = enumType<ProjectState>("ProjectState", "Where a project stands.", {
  PLANNED: "It is being planned 规划.",
  BUILDING: "It is being built, or the service is being rendered 施工.",
  COMPLETED: "It was completed and handed over 完工.",
  MAINTAINED: "It is kept up 养护.",
  CLOSED: "It was closed after it had been completed 结项.",
  CANCELLED: "It was given up, with the reason 取消.",
});

export const ProjectPhaseEnum = enumType<ProjectPhase>("ProjectPhase", "The part of a project that a milestone belongs to.", {
  PLAN: "Planning 规划设计.",
  BUILD: "Building, or rendering the service 施工: all of these are accepted before a project is completed.",
  MAINTAIN: "Upkeep 养护.",
});

export const ProjectSideEnum = enumType<ProjectSide>("ProjectSide", "A side of a project.", {
  COMMUNITY: "The community whose need it meets.",
  ORGANISATION: "The organisation of the match that it comes from.",
});

export const EvaluatorEnum = enumType<Evaluator>("Evaluator", "Who judges a project.", {
  COMMUNITY: "The community.",
  ORGANISATION: "The organisation of the match.",
  RESIDENTS: "The residents, as the community has asked them.",
  OFFICE: "The office of the round's region.",
});

export type MilestoneStatus = "OPEN" | "OVERDUE" | "DONE" | "ACCEPTED";
export const MilestoneStatusEnum = enumType<MilestoneStatus>(
  "MilestoneStatus",
  "Where a milestone stands today, in the office's time zone.",
  {
    OPEN: "It is not due yet.",
    OVERDUE: "Its day has passed, and it is not done.",
    DONE: "It is done and waits to be accepted.",
    ACCEPTED: "It was accepted.",
  },
);

@ObjectType({
  description:
    "What is built, renewed or rendered to meet a need (项目): from a signed match, or by the need's own community. Community, organisation and budget are those of the need and the match.",
})
@Directive('@key(fields: "id")')
export class Project {
  @Field(() => ID, { description: "The platform's id of the project." })
  id: string;

  @Field(() => String, { nullable: true, description: "Its external key." })
  key: string | null;

  @Field(() => HanTextScalar, { description: "The title." })
  title: string;

  @Field(() => HanTextScalar, { nullable: true, description: "What is done, and to what effect." })
  description: string | null;

  @Field(() => ProjectStateEnum, { description: "Where it stands." })
  state: ProjectState;

  @Field(() => DateScalar, { nullable: true, description: "The day on which building began." })
  startedOn: string | null;

  @Field(() => DateScalar, { nullable: true, description: "The day on which it was completed and handed over." })
  completedOn: string | null;

  @Field(() => DateScalar, { nullable: true, description: "The day on which it was closed or cancelled." })
  endedOn: string | null;

  @Field(() => HanTextScalar, { nullable: true, description: "Why it was cancelled or closed." })
  reason: string | null;

  @Field(() => Float, {
    nullable: true,
    description: "The mean of its evaluations, 1 to 5, rounded to two decimals; null before the first.",
  })
  averageRating: number | null;

  @Field({ description: "Made up to show how the platform works." })
  illustrative: boolean;

  @Field(() => String, { nullable: true, description: "Where the record comes from, e.g. the id of a report." })
  source: string | null;

  @Field(() => Int, { description: "Rises with every change; pass it as `expectedVersion`." })
  version: number;

  needId: string;
  matchId: string | null;
  roundId: string;
  communityId: string;
  organisationId: string | null;
  facilityId: string | null;
}

export const ProjectConnection = connectionOf(Project, "Project");

@ObjectType({ description: "A step of a project with the day that it is due (里程碑)." })
export class Milestone {
  @Field(() => ID, { description: "The platform's id of the milestone." })
  id: string;

  @Field(() => ProjectPhaseEnum, { description: "The part of the project that it belongs to." })
  phase: ProjectPhase;

  @Field(() => HanTextScalar, { description: "What is to be done." })
  title: string;

  @Field(() => DateScalar, { description: "The day on which it is due." })
  dueOn: string;

  @Field(() => ProjectSideEnum, { description: "Which side carries it out." })
  side: ProjectSide;

  @Field(() => HanTextScalar, { nullable: true, description: "Which office or unit of that side." })
  responsible: string | null;

  @Field(() => MilestoneStatusEnum, { description: "Where it stands today." })
  status: MilestoneStatus;

  @Field(() => DateScalar, { nullable: true, description: "The day on which it was done." })
  doneOn: string | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: "The day on which it was accepted (验收); who accepted it stands in the audit trail.",
  })
  acceptedOn: string | null;

  @Field(() => HanTextScalar, { nullable: true, description: "What was noted when it was accepted." })
  acceptanceNote: string | null;

  @Field(() => Int, { description: "Rises with every change; pass it as `expectedVersion`." })
  version: number;

  projectId: string;
}

export const MilestoneConnection = connectionOf(Milestone, "Milestone");

@ObjectType({ description: "How one side judges a completed project (评价)." })
export class Evaluation {
  @Field(() => ID, { description: "The platform's id of the evaluation." })
  id: string;

  @Field(() => EvaluatorEnum, { description: "Who judges." })
  evaluator: Evaluator;

  @Field(() => Int, { description: "1 (bad) to 5 (excellent)." })
  rating: number;

  @Field(() => HanTextScalar, { nullable: true, description: "In words." })
  comment: string | null;

  @Field(() => HanTextScalar, { nullable: true, description: "How it was before." })
  before: string | null;

  @Field(() => HanTextScalar, { nullable: true, description: "How it is now." })
  after: string | null;

  projectId: string;
}
