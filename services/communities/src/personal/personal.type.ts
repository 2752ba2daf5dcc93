import { connectionOf, DateTimeScalar } from "@gongjian/subgraph";
import { Field, ID, Int, ObjectType } from "type-graphql";

@ObjectType({
  description:
    "Who a resident is (居民实名信息). Its subject alone reads name and mobile; workers of their community see them masked. The ID number is never answered in full.",
})
export class PersonalRecord {
  readonly __typename?: "PersonalRecord";

  @Field(() => ID, { description: "The id." })
  id: string;

  issuer: string;
  subject: string;
  communityId: string | null;

  @Field(() => DateTimeScalar, { description: "When it was first given." })
  createdAt: string;

  @Field(() => Int, { description: "The version, for `expectedVersion`." })
  version: number;
}

export const PersonalRecordConnection = connectionOf(PersonalRecord, "PersonalRecord");

@ObjectType({ description: "Whether an ID number is the one of a record." })
export class IdNumberVerification {
  readonly __typename = "IdNumberVerification" as const;

  @Field(() => ID, { description: "The record." })
  recordId: string;

  @Field({ description: "Whether the number is its own." })
  matchesIdNumber: boolean;
}

@ObjectType({ description: "All that this subgraph stores about the one who asks, as JSON." })
export class PersonalDataExport {
  @Field(() => DateTimeScalar, { description: "When it was collected." })
  at: string;

  @Field({ description: "A JSON object with a list for each kind of record." })
  json: string;
}

@ObjectType({ description: "The erasure of somebody's personal data (个人信息删除)." })
export class Erasure {
  readonly __typename?: "Erasure";

  @Field(() => ID, { description: "The id." })
  id: string;

  @Field({ description: "What stands for the subject from now on, where a record must stay." })
  pseudonym: string;

  @Field(() => DateTimeScalar, { description: "When it was done." })
  at: string;

  @Field({ description: "Under which right: `SELF` or `ADMIN`." })
  by: string;
}
