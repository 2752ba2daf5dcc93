import { connectionOf, enumType, HanTextScalar } from "@gongjian/subgraph";
import { createUnionType, Field, Float, Int, ObjectType } from "type-graphql";
import { Community } from "../community/community.type";
import { Organisation } from "../organisation/organisation.type";
import { Facility } from "../facility/facility.type";
import { Person } from "../person/person.type";
import { Practice } from "../practice/practice.type";
import { Suggestion } from "../suggestion/suggestion.type";

export type SearchKind = "COMMUNITY" | "ORGANISATION" | "PERSON" | "PRACTICE" | "FACILITY" | "SUGGESTION";
export const SearchKindEnum = enumType<SearchKind>("SearchKind", "What a search can find.", {
  COMMUNITY: "A community.",
  ORGANISATION: "An organisation.",
  PERSON: "Somebody in a public role.",
  PRACTICE: "A practice, by its name or its parts.",
  FACILITY: "A facility, by its name or what it was before.",
  SUGGESTION: "A suggestion, by its title or its text.",
});

export type SearchMatch = "NAME" | "NAME_START" | "NAME_PART" | "READING" | "TEXT" | "SIMILAR";
export const SearchMatchEnum = enumType<SearchMatch>("SearchMatch", "By what a record was found, the nearest first.", {
  NAME: "Its name is what was looked for, in either script.",
  NAME_START: "Its name begins so.",
  NAME_PART: "Its name has it inside.",
  TEXT: "Its text has it.",
  READING: "Its name reads so in pinyin, begins so in initials, or has all that was looked for apart from one another.",
  SIMILAR: "Nothing has all of it: the name sounds so, or has some of the words.",
});

export const SearchNode = createUnionType({
  name: "SearchNode",
  description: "What a search finds.",
  types: () => [Community, Organisation, Person, Practice, Facility, Suggestion] as const,
});

@ObjectType({ description: "A record that a search found." })
export class SearchHit {
  @Field(() => SearchNode, { description: "The record." })
  node: typeof SearchNode;

  @Field(() => SearchKindEnum, { description: "What kind of record it is." })
  kind: SearchKind;

  @Field(() => Float, {
    description: "How near it is to what was looked for, 0 to 1: by what was found first, then the shorter name before the longer one.",
  })
  score: number;

  @Field(() => SearchMatchEnum, { description: "By what it was found." })
  matched: SearchMatch;

  @Field(() => HanTextScalar, { description: "Where it was found: the name, or some 60 characters of the text around the place." })
  snippet: string;
}

@ObjectType({ description: "How many records of a kind a search finds." })
export class SearchCount {
  @Field(() => SearchKindEnum, { description: "The kind." })
  kind: SearchKind;

  @Field(() => Int, { description: "How many, counted up to 1,000." })
  count: number;

  @Field({ description: "Whether there are more than were counted." })
  more: boolean;
}

export const SearchHitConnection = connectionOf(SearchHit, "SearchHit");
