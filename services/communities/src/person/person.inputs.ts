import { BulkInput, CommandInput, PageArgs } from "@gongjian/subgraph";
import { ArgsType, Field, ID, InputType, Int } from "type-graphql";
import type { AppointmentRole } from "@gongjian/entities-communities";
import { AppointmentRoleEnum } from "../appointment/appointment.type";

@InputType({ description: "Which people to list. All conditions must hold." })
export class PersonFilter {
  @Field(() => String, { nullable: true, description: "Only names that match: either script, pinyin or initials." })
  search?: string | null;

  @Field(() => [AppointmentRoleEnum], { nullable: true, description: "Only who holds or held one of these roles, as far as you may see." })
  roles?: AppointmentRole[] | null;
}

@ArgsType()
export class PeopleArgs extends PageArgs {
  @Field(() => PersonFilter, { nullable: true, description: "Which people to list; all that you may see when left out." })
  filter?: PersonFilter | null;
}

@InputType({ description: "A correction of a person's record." })
export class UpdatePersonInput extends CommandInput {
  @Field(() => ID, { description: "The person's id." })
  id: string;

  @Field(() => Int, { description: "The version that the change was made against." })
  expectedVersion: number;

  @Field({ description: "The right name, 1 to 100 characters." })
  name: string;
}

@InputType({ description: "One person of a bulk import." })
export class PersonRow {
  @Field({ description: "The external key, 1 to 100 characters; a record with it is updated." })
  key: string;

  @Field({ description: "The name in its own script, 1 to 100 characters." })
  name: string;

  @Field(() => Boolean, { nullable: true, description: "Made up to show how the platform works." })
  illustrative?: boolean | null;

  @Field(() => String, { nullable: true, description: "Where the record comes from." })
  source?: string | null;
}

@InputType({ description: "People to create or update, found again by external key. They are seen once they have an appointment." })
export class ImportPeopleInput extends BulkInput {
  @Field(() => [PersonRow], { description: "At most 2,000 rows." })
  rows: PersonRow[];
}
