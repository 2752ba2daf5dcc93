import { stableId } from "@gongjian/database";
import { GROUND } from "./ground";

const { region, communityId, organisationId } = GROUND;

const idOf = (concept: string) => (key: string) => stableId(concept, key);
const KEYS = { open: "open", office: "office", expert: "expert", community: "community", organisation: "organisation", region: "region" };
const ids = (concept: string): typeof KEYS => {
  const id = idOf(concept);
  return {
    open: id("open"),
    office: id("office"),
    expert: id("expert"),
    community: id("community"),
    organisation: id("organisation"),
    region: id("region"),
  };
};
/** Somebody for each appointment: three that are published, and one that is not at each kind of place. */
export const PERSON = ids("person");
export const APPOINTMENT = ids("appointment");

export const PEOPLE = Object.keys(KEYS).map((key) => ({ key, name: `某人${key}` }));

/** The appointments, with the id of an event that everybody sees and of one that is a draft. */
export const appointments = (openEvent: string, draftEvent: string): { key: string; [column: string]: unknown }[] => {
  const at = (key: string, role: string, place: object, more: object) => ({
    key,
    personKey: key,
    role,
    at: place,
    startsOn: "2020-01-01",
    ...more,
  });
  return [
    at("open", "ADVISER", { communityId }, { published: true, eventId: draftEvent, conferredBy: { communityId } }),
    at("office", "DIRECTOR", { communityId }, { published: true }),
    at("expert", "EXPERT", { organisationId }, { published: true, expertise: ["社会工作"], conferredBy: { organisationId } }),
    at("community", "MEDIATOR", { communityId }, { published: false, eventId: openEvent, onBehalfOf: { organisationId } }),
    at("organisation", "TEAM_MEMBER", { organisationId }, { published: false, onBehalfOf: { communityId } }),
    at("region", "ADVISER", { regionCode: region }, { published: false }),
  ];
};

/** What hides them, in the words of the table. */
export const PEOPLE_HIDDEN: readonly [string, string][] = [
  [`Appointment:${APPOINTMENT.community}`, "it is not published"],
  [`Appointment:${APPOINTMENT.organisation}`, "it is not published, at an organisation"],
  [`Appointment:${APPOINTMENT.region}`, "it is not published, at a region"],
  [`Person:${PERSON.community}`, "no appointment is published"],
  [`Person:${PERSON.organisation}`, "no appointment is published, at an organisation"],
  [`Person:${PERSON.region}`, "no appointment is published, at a region"],
];

/** The published appointment that a row of the table speaks of. */
const spokenOf = (when: string | undefined): string =>
  when === "to an office of a community" ? APPOINTMENT.office : when === "at an organisation" ? APPOINTMENT.expert : APPOINTMENT.open;

export const FACILITY = stableId("facility", "yard");

export const REGION_FACILITY = stableId("facility", "hall");
const kept = (when: string | undefined): string => (when === "of a region" ? REGION_FACILITY : FACILITY);
const placed = (when: string | undefined) => (when === "of a region" ? { regionCode: region } : { communityId });

/** Filled in when the story has been told: by facility. */
export const FACILITY_CHANGE: Record<string, string> = {};
/** Filled in when the story has been told. */
export const COMPOUND = { id: "" };

/** How the mutations on people and appointments are tried. */
export const PEOPLE_MUTATIONS = (expectedVersion: number): Record<string, (tag: number, when?: string) => object> => ({
  updatePerson: () => ({ id: PERSON.open, expectedVersion, name: "另名" }),
  importPeople: (tag, when) => ({
    rows: [when === "somebody with an appointment" ? { key: "open", name: "另名" } : { key: `try-${tag}`, name: `新人${tag}` }],
    dryRun: true,
  }),
  appoint: (tag, when) => ({
    personName: `新人${tag}`,
    startsOn: "2021",
    ...(when === "to an office of a community" && { role: "DIRECTOR", at: { communityId } }),
    ...(when === "at a community" && { role: "HONORARY_DIRECTOR", at: { communityId } }),
    ...(when === "at an organisation" && { role: "EXPERT", at: { organisationId } }),
    ...(when === "in an organisation's name" && { role: "EXPERT", at: { organisationId }, conferredBy: { organisationId } }),
  }),
  updateAppointment: (_tag, when) => ({ id: spokenOf(when), expectedVersion, capacity: "另述" }),
  revokeAppointment: (_tag, when) => ({ id: spokenOf(when), expectedVersion, reason: "有误" }),
  issueLetter: (_tag, when) => ({ appointmentId: when === "in an organisation's name" ? APPOINTMENT.expert : APPOINTMENT.open }),
  setServiceAreas: () => ({ organisationId, expectedVersion, regionCodes: [region], communityIds: [] }),
  importServiceAreas: () => ({ rows: [{ organisationId, communityIds: [communityId] }], dryRun: true }),
  importTeams: () => ({ rows: [{ organisationId, communityId, members: 20 }], dryRun: true }),
  importFacilities: (tag, when) => ({
    rows: [{ key: `try-${tag}`, name: `小院${tag}`, category: "CULTURE_ROOM", state: "OPEN", ...placed(when), asOf: "2024-01-01" }],
    dryRun: true,
  }),
  createFacility: (tag, when) => ({
    facility: { key: `one-${tag}`, name: `小院${tag}`, category: "CULTURE_ROOM", state: "OPEN", ...placed(when), asOf: "2024-01-01" },
  }),
  recordFacilityChange: (_tag, when) => ({ facilityId: kept(when), was: "空地", since: "1980-01-01", until: "1990-01-01" }),
  correctFacilityChange: (_tag, when) => ({ id: FACILITY_CHANGE[kept(when)], reason: "记错", was: "空场" }),
  updateFacility: (_tag, when) => ({ id: kept(when), expectedVersion, asOf: "2024-01-02", capacity: 1 }),
  createCompound: (tag) => ({ compound: { communityId, name: `苑${tag}`, kind: "MIXED" } }),
  updateCompound: () => ({ id: COMPOUND.id, expectedVersion, households: 1 }),
  importCompounds: (tag) => ({ rows: [{ communityId, name: `里${tag}`, kind: "MIXED" }], dryRun: true }),
  importTeamActivities: (tag) => ({
    rows: [{ key: `try-${tag}`, organisationId, kind: "SHOW", title: `演出${tag}`, asOf: "2024-01-01" }],
    dryRun: true,
  }),
  importAppointments: () => ({
    rows: [{ key: "open", personKey: "open", role: "ADVISER", at: { communityId }, startsOn: "2020-01-01" }],
    dryRun: true,
  }),
});

/** Which of them name a record, and which record. */
export const PEOPLE_TARGETS = [
  { type: "Person", named: [PERSON.open], mutations: ["updatePerson"] },
  { type: "Appointment", named: [APPOINTMENT.open], mutations: ["updateAppointment", "revokeAppointment", "issueLetter"] },
];
