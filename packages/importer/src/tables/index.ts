import type { TableDefinition } from "../definition";
import { areas } from "./areas";
import { calendar } from "./calendar";
import { compounds } from "./compounds";
import { events, organisers, series } from "./events";
import { facilities } from "./facilities";
import { needs } from "./needs";
import { offers } from "./offers";
import { honours } from "./honours";
import { adoptions } from "./adoptions";
import { practices } from "./practices";
import { isCreditCode, organisations } from "./organisations";
import { commitments, exchanges, pairings } from "./pairings";
import { appointments, people } from "./people";
import { communities, regions } from "./places";
import { populations } from "./populations";
import { rounds } from "./rounds";
import { participants, sessions } from "./sessions";
import { serviceFields, suggestions } from "./suggestions";
import { cards, responses, surveys } from "./surveys";
import { contacts } from "./contacts";
import { requests } from "./requests";
import { traits } from "./traits";
import { activities, teams } from "./teams";

export {
  adoptions,
  activities,
  teams,
  traits,
  appointments,
  areas,
  calendar,
  cards,
  commitments,
  communities,
  compounds,
  contacts,
  events,
  honours,
  practices,
  exchanges,
  facilities,
  isCreditCode,
  needs,
  offers,
  organisations,
  organisers,
  pairings,
  participants,
  people,
  populations,
  regions,
  requests,
  responses,
  rounds,
  series,
  serviceFields,
  sessions,
  suggestions,
  surveys,
};

/** Every table, in the order in which their rows may be written: what a row points to comes before it. */
export const TABLES = {
  regions,
  communities,
  traits,
  organisations,
  areas,
  populations,
  compounds,
  facilities,
  series,
  events,
  organisers,
  sessions,
  participants,
  people,
  appointments,
  teams,
  activities,
  practices,
  adoptions,
  honours,
  pairings,
  exchanges,
  commitments,
  calendar,
  suggestions,
  surveys,
  responses,
  cards,
  contacts,
  requests,
  rounds,
  needs,
  offers,
} as const;

export type TableName = keyof typeof TABLES;

export const TABLE_NAMES = Object.keys(TABLES) as TableName[];

/** The table of that name or title, or null. */
export function tableByName(name: string): TableDefinition | null {
  const wanted = name.trim().toLowerCase();
  const table = Object.values<TableDefinition<unknown>>(TABLES).find((found) => found.name === wanted || found.title === name.trim());
  return (table as TableDefinition | undefined) ?? null;
}

type RowOfTable<T> = T extends TableDefinition<infer Row> ? Row : never;

export type RegionRow = RowOfTable<typeof regions>;
export type CommunityRow = RowOfTable<typeof communities>;
export type TraitsRow = RowOfTable<typeof traits>;
export type OrganisationRow = RowOfTable<typeof organisations>;
export type AreasRow = RowOfTable<typeof areas>;
export type PopulationRow = RowOfTable<typeof populations>;
export type CompoundRow = RowOfTable<typeof compounds>;
export type FacilityRow = RowOfTable<typeof facilities>;
export type SeriesRow = RowOfTable<typeof series>;
export type EventRow = RowOfTable<typeof events>;
export type OrganiserRow = RowOfTable<typeof organisers>;
export type SessionRow = RowOfTable<typeof sessions>;
export type ParticipantRow = RowOfTable<typeof participants>;
export type PersonRow = RowOfTable<typeof people>;
export type AppointmentRow = RowOfTable<typeof appointments>;
export type ContactRow = RowOfTable<typeof contacts>;
export type RequestRow = RowOfTable<typeof requests>;
export type TeamRow = RowOfTable<typeof teams>;
export type ActivityRow = RowOfTable<typeof activities>;
export type AdoptionRow = RowOfTable<typeof adoptions>;
export type PracticeRow = RowOfTable<typeof practices>;
export type HonourRow = RowOfTable<typeof honours>;
export type RoundRow = RowOfTable<typeof rounds>;
export type NeedRow = RowOfTable<typeof needs>;
export type OfferRow = RowOfTable<typeof offers>;
