import { CommandInput } from "@gongjian/subgraph";
import { Field, ID, InputType, Int } from "type-graphql";

@InputType({ description: "One's own record, whole." })
export class SavePersonalRecordInput extends CommandInput {
  @Field({ description: "The name, 1 to 100 characters." })
  name: string;

  @Field({ description: "The citizen identification number (GB 11643): 18 characters with a right check character." })
  idNumber: string;

  @Field(() => String, { nullable: true, description: "A mobile number of the mainland, of Taiwan, or with a country code." })
  mobile?: string | null;

  @Field(() => ID, { nullable: true, description: "The community whose workers may see the record masked." })
  communityId?: string | null;

  @Field(() => Int, { nullable: true, description: "The version that the change was made against; left out for the first record." })
  expectedVersion?: number | null;
}

@InputType({ description: "An ID number to compare with a record's." })
export class VerifyIdNumberInput extends CommandInput {
  @Field(() => ID, { description: "The record." })
  recordId: string;

  @Field({ description: "The number that was shown." })
  idNumber: string;
}

@InputType({ description: "Whose data to erase: one's own when nobody is named." })
export class ErasePersonalDataInput extends CommandInput {
  @Field(() => String, { nullable: true, description: "The `iss` of the subject's tokens; one's own when left out." })
  issuer?: string | null;

  @Field(() => String, { nullable: true, description: "The `sub` of the subject's tokens; one's own when left out." })
  subject?: string | null;

  @Field(() => String, { nullable: true, description: "Why, at most 500 characters; required of administrators. Nothing private." })
  reason?: string | null;
}
