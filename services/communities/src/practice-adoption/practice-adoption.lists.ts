import { nestedList, type Condition, type ListQuery } from "@gongjian/subgraph";
import type { Context } from "../context";
import { PRACTICE_REGION } from "../practice/practice.lists";
import type { PracticeAdoptionFilter, PracticeAdoptionsArgs } from "./practice-adoption.inputs";
import type { PracticeAdoption } from "./practice-adoption.type";

export const ADOPTION_COLUMNS = `d.id, d.key, d.practice_id AS "practiceId", d.community_id AS "communityId", d.organisation_id AS "organisationId",
  d.since, d.ended_on AS "endedOn", d.note, d.illustrative, d.source, d.version`;

/** The region that an adopter lies in, with `d`. */
const REGION = `coalesce((SELECT c.region_code FROM community c WHERE c.id = d.community_id),
  (SELECT o.region_code FROM organisation o WHERE o.id = d.organisation_id))`;
const below = (code: string): Condition["sql"] => `${code} IN (SELECT code FROM region WHERE scope_codes @> ARRAY[?::text])`;

/** What an adoption says, as it is stored and audited. */
export type Values = Omit<PracticeAdoption, "id" | "version">;

export const adoptionList = ({ filter }: { filter?: PracticeAdoptionFilter | null }): ListQuery => ({
  select: ADOPTION_COLUMNS,
  from: "practice_adoption d",
  where: [
    ...(filter?.current == null ? [] : [{ sql: `d.ended_on IS ${filter.current ? "" : "NOT "}NULL`, params: [] }]),
    ...(filter?.within ? [{ sql: below(REGION), params: [filter.within.replaceAll("\0", "")] }] : []),
    ...(filter?.heldWithin
      ? [
          {
            sql: `EXISTS (SELECT 1 FROM practice p WHERE p.id = d.practice_id AND ${below(PRACTICE_REGION)})`,
            params: [filter.heldWithin.replaceAll("\0", "")],
          },
        ]
      : []),
  ],
  ordering: {
    tag: "practice-adoptions",
    keys: [
      { sql: "d.since", field: "since", type: "date" },
      { sql: "d.id", field: "id", type: "uuid" },
    ],
    direction: "ASC",
  },
});

const nested = (link: string) =>
  nestedList<Context, PracticeAdoptionsArgs, PracticeAdoption>({
    query: (_context, { current }) => adoptionList({ filter: { current: current ?? null } }),
    link,
    parentType: "uuid",
  });
export const ofPractice = nested("d.practice_id = parent.id");
export const ofCommunity = nested("d.community_id = parent.id");
export const ofOrganisation = nested("d.organisation_id = parent.id");

export const valuesOf = ({ id: _id, version: _version, ...values }: PracticeAdoption): Values => values;
