import {
  CommunityAdoptions,
  OrganisationAdoptions,
  PracticeAdopters,
  PracticeAdoptionFields,
} from "../practice-adoption/practice-adoption.fields";
import { PracticeAdoptionQueries } from "../practice-adoption/practice-adoption.queries";
import { PracticeAdoptionMutations } from "../practice-adoption/practice-adoption.mutations";
import { CommunityPractices, EventPractices, OrganisationPractices, PracticeFields, RegionPractices } from "./practice.fields";
import { PracticeMutations } from "./practice.mutations";
import { PracticeQueries } from "./practice.queries";
import { CommunityHonours, HonourFields, OrganisationHonours, PracticeHonours } from "../honour/honour.fields";
import { HonourMutations } from "../honour/honour.mutations";
import { HonourQueries } from "../honour/honour.queries";

/** Practices, who adopted them, and what they and others were honoured with. */
export const PRACTICE_RESOLVERS = [
  PracticeQueries,
  PracticeMutations,
  PracticeFields,
  RegionPractices,
  CommunityPractices,
  OrganisationPractices,
  EventPractices,
  HonourQueries,
  HonourMutations,
  HonourFields,
  CommunityHonours,
  OrganisationHonours,
  PracticeHonours,
  PracticeAdoptionQueries,
  PracticeAdoptionMutations,
  PracticeAdoptionFields,
  PracticeAdopters,
  CommunityAdoptions,
  OrganisationAdoptions,
] as const;
