import type { ServiceField } from "@gongjian/entities-communities";
import { PageArgs } from "@gongjian/subgraph";
import { ArgsType, Field, ID, InputType } from "type-graphql";
import { ServiceFieldEnum } from "../suggestion/suggestion.type";
import { SearchKindEnum, type SearchKind } from "./search.hits.type";

@InputType({ description: "What a search looks through." })
export class SearchFilter {
  @Field(() => [SearchKindEnum], { nullable: true, description: "Only these kinds; all when left out." })
  kinds?: SearchKind[] | null;

  @Field(() => ID, {
    nullable: true,
    description: "Only in this region, at any depth, or managed by it. People: those with an appointment there.",
  })
  within?: string | null;

  @Field(() => ServiceFieldEnum, { nullable: true, description: "Only on this field; kinds of record that have no field are left out." })
  topic?: ServiceField | null;
}

@ArgsType()
export class SearchArgs extends PageArgs {
  @Field(() => String, { description: "What to look for, in either script, pinyin or initials; at most 100 characters are read." })
  text: string;

  @Field(() => SearchFilter, { nullable: true, description: "What to look through; everything when left out." })
  filter?: SearchFilter | null;
}
