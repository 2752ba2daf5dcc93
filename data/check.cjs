"use strict";
/**
 * Checks the committed data: `node data/check.cjs`. Every reference must resolve to exactly one row of the register or of
 * the demo, every fact must name its report, and the Huayang round must be the exercise that demo/README.md promises.
 * Prints one line a problem and exits 1, or a summary and exits 0.
 */
const { readFileSync } = require("node:fs");
const path = require("node:path");
const { parse } = require("csv-parse/sync");
const { kindOf } = require("./register/extract.cjs");
const { checkRound } = require("./check-round.cjs");

const problems = [];
const fail = (where, message) => problems.push(`${where}: ${message}`);
const list = (cell) =>
  (cell ?? "")
    .split(/[;；、]/)
    .map((item) => item.trim())
    .filter(Boolean);

const folder = path.resolve(process.argv[2] ?? __dirname);
function read(file) {
  const text = readFileSync(path.join(folder, file), "utf8");
  if (text.includes("\r") || text.startsWith("\uFEFF")) fail(file, "must be UTF-8 with LF and no byte order mark");
  const rows = parse(text, { columns: true, skip_empty_lines: true });
  return rows.map((row, index) => ({ ...row, where: `${file}:${index + 2}` }));
}
const demo = (name) => read(`demo/${name}.csv`);

function oneOf(row, column, allowed) {
  if (!allowed.includes(row[column])) fail(row.where, `${column} "${row[column]}" is not one of ${allowed.join(", ")}`);
}

function unique(rows, keyOf, what) {
  const seen = new Map();
  for (const row of rows) {
    const key = keyOf(row);
    if (!key) fail(row.where, `${what} is missing`);
    else if (seen.has(key)) fail(row.where, `${what} "${key}" is taken by ${seen.get(key).where}`);
    else seen.set(key, row);
  }
  return seen;
}

// ---- register and the regions and communities that the demo adds
const registerRegions = read("register/regions.csv");
const registerCommunities = read("register/communities.csv");
const demoRegions = demo("regions");
const demoCommunities = demo("communities");

const regions = unique(
  [...registerRegions.map((row) => ({ ...row, parent: row.parentCode })), ...demoRegions],
  (row) => row.code,
  "region code",
);
for (const row of regions.values()) {
  if (row.parent && !regions.has(row.parent)) fail(row.where, `parent ${row.parent} is unknown`);
  for (const code of list(row.manages)) {
    if (row.kind !== "ZONE" || regions.get(code)?.level !== "STREET")
      fail(row.where, `manages ${code}, which is no street of the register`);
  }
}
for (const row of demoRegions) {
  oneOf(row, "level", ["PROVINCE", "CITY", "DISTRICT", "STREET"]);
  oneOf(row, "kind", ["ADMINISTRATIVE", "ZONE"]);
  oneOf(row, "scheme", ["CN-STATS", "TW-MOI", "GONGJIAN"]);
}

const communities = unique(registerCommunities, (row) => row.code, "community code");
for (const row of registerCommunities) {
  if (!regions.has(row.streetCode)) fail(row.where, `street ${row.streetCode} is unknown`);
  if (row.kind !== kindOf(row.code)) fail(row.where, `kind ${row.kind} does not follow from the code`);
}
const known = new Map([...communities].map(([code, row]) => [code, { code, name: row.name, region: row.streetCode, kind: row.kind }]));
unique(demoCommunities, (row) => `${row.scheme} ${row.identifier}`, "community identifier");
for (const row of demoCommunities) {
  oneOf(row, "scheme", ["CN-STATS", "TW-MOI", "GONGJIAN"]);
  oneOf(row, "kind", ["URBAN", "VILLAGE", "LI"]);
  if (!regions.has(row.region)) fail(row.where, `region ${row.region} is unknown`);
  const registered = communities.get(row.identifier);
  if (row.scheme === "CN-STATS") {
    if (!registered) fail(row.where, `${row.identifier} is not in the register`);
    else if (registered.name !== row.name || registered.streetCode !== row.region || registered.kind !== row.kind) {
      fail(row.where, `differs from the register's ${registered.name} in ${registered.streetCode}`);
    }
  } else known.set(row.identifier, { code: row.identifier, name: row.name, region: row.region, kind: row.kind });
}

// ---- names: what an importer has to do with "community + within"
const SUFFIX = /(居民委员会|村民委员会|居委会|村委会)$/;
const bare = (name) => name.replace(SUFFIX, "");
const ancestors = (code) => (code ? [code, ...ancestors(regions.get(code)?.parent)] : []);

/** A region by its code, or by a path of names from above ("成都市/双流区/华阳街道"), of which some steps may be left out. */
function regionsNamed(reference) {
  if (regions.has(reference)) return [reference];
  const steps = reference.split("/").reverse();
  return [...regions.keys()].filter((code) => {
    const names = ancestors(code).map((ancestor) => regions.get(ancestor).name);
    let at = -1;
    return names[0] === steps[0] && steps.every((step) => (at = names.indexOf(step, at + 1)) >= 0);
  });
}
function regionOf(row, column) {
  const found = regionsNamed(row[column]);
  if (found.length !== 1) fail(row.where, `${column} "${row[column]}" names ${found.length} regions`);
  return found[0];
}
function communityOf(row, reference, within) {
  if (known.has(reference)) return known.get(reference);
  const inside = within ? regionsNamed(within) : null;
  const named = [...known.values()].filter((each) => each.name === reference || bare(each.name) === bare(reference));
  const found = named.filter((each) => !inside || ancestors(each.region).some((code) => inside.includes(code)));
  if (found.length !== 1) fail(row.where, `community "${reference}" within "${within}" names ${found.length} communities`);
  return found[0];
}

const traits = unique(demo("traits"), (row) => communityOf(row, row.community, row.within)?.code, "community with traits");
for (const [code, row] of traits) {
  if (list(row.traits).length === 0) fail(row.where, "names no trait");
  // both tables would take turns
  if (demoCommunities.some((each) => each.identifier === code && each.traits)) fail(row.where, "communities.csv names traits of it too");
}

// ---- organisations, populations
const organisations = demo("organisations");
unique(organisations, (row) => row.key, "organisation key");
const organisationNames = unique(organisations, (row) => row.name, "organisation name");
for (const row of organisations) {
  oneOf(
    row,
    "kind",
    "SOCIAL_ORGANISATION ENTERPRISE SOCIAL_ENTERPRISE GOVERNMENT PARTY_BODY SCHOOL MEDIA RESIDENT_TEAM SUPPORT_CENTRE INSTITUTION OTHER".split(
      " ",
    ),
  );
  oneOf(row, "illustrative", ["yes", "no"]);
  if (row.region) regionOf(row, "region");
  if (row.name.startsWith("示例·") !== (row.illustrative === "yes"))
    fail(row.where, "the label 示例· and the column illustrative disagree");
}
const ETHNIC_CODES =
  "HA MG HU ZA UG MH YI ZH BY CS MA DO YA BA TJ HN KZ DA LI LS VA SH GS LH SU DX NX JP KG TU DU ML QI BL SL MN GL XB AC PM TA NU UZ RS EW DE BN YG GI TT DR OR HZ MB LB JN".split(
    " ",
  );
for (const row of demo("populations")) {
  communityOf(row, row.community, row.within);
  for (const code of list(row.ethnicGroups)) if (!ETHNIC_CODES.includes(code)) fail(row.where, `${code} is no GB/T 3304 code`);
  if (row.ethnicGroupCount && list(row.ethnicGroups).length > Number(row.ethnicGroupCount))
    fail(row.where, "more groups listed than counted");
}

const compounds = demo("compounds");
unique(compounds, (row) => `${communityOf(row, row.community, row.within).code} ${row.name}`, "compound");
for (const row of compounds) {
  oneOf(row, "illustrative", ["yes", "no"]);
  if (row.name.startsWith("示例·") !== (row.illustrative === "yes")) fail(row.where, "the label 示例· and the column illustrative disagree");
}
const counted = demo("populations").find((row) => row.community === "吉福社区");
if (counted?.compounds !== "23" || counted.ethnicGroupCount !== "18" || counted.residents !== "23000" || counted.residentsPrecision !== "OVER")
  fail("demo/populations.csv", "report-004 has 23 compounds, 18 ethnic groups and over 23,000 residents in one community");

const facilities = unique(demo("facilities"), (row) => row.key, "facility key");
for (const row of facilities.values()) {
  if (Boolean(row.community) === Boolean(row.region)) fail(row.where, "lies in a community or serves a region, one of the two");
  if (row.community) communityOf(row, row.community, row.within);
  else regionOf(row, "region");
  if (row.operator && !organisations.some(({ key }) => key === row.operator)) fail(row.where, `operator ${row.operator} is unknown`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(row.asOf) || !row.note) fail(row.where, "must say as of which day it is known, and why that day");
  // no report gives a position: whatever has one is made up and says so
  const madeUp = row.name.startsWith("示例·");
  if ((row.longitude || row.latitude) && !madeUp) fail(row.where, "has a position that no report gives");
  if (madeUp !== row.note.startsWith("示意：")) fail(row.where, "the label 示例· and the note disagree");
  if (row.wantsOperator === "yes" && (row.shared !== "yes" || row.operator)) fail(row.where, "only a shared space without an operator wants one");
}
if (facilities.get("fusi-culture-yard")?.formerly !== "年久失修的自行车棚")
  fail("demo/facilities.csv", "the culture yard of report-002 was a bicycle shed");

// ---- events
const series = unique(demo("series"), (row) => row.key, "series key");
const events = unique(demo("events"), (row) => row.key, "event key");
const sessions = unique(demo("sessions"), (row) => row.key, "session key");
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/;
for (const row of [...events.values(), ...sessions.values()]) {
  if (row.timeZone !== undefined) {
    if (row.series && !series.has(row.series)) fail(row.where, `series ${row.series} is unknown`);
    if (row.timeZone !== "Asia/Shanghai") fail(row.where, `unexpected time zone ${row.timeZone}`);
    oneOf(row, "kind", "FORUM SALON LECTURE DIALOGUE MATCHMAKING STUDY_SEASON MARKET TRAINING CEREMONY VISIT VOLUNTEERING".split(" "));
    regionOf(row, "region");
  } else {
    oneOf(
      row,
      "kind",
      "OPENING PRESENTATION PUBLICATION NEGOTIATION ROUND_TABLE VISIT LECTURE SIGNING TRAINING MARKET PERFORMANCE OTHER".split(" "),
    );
    const event = events.get(row.event);
    if (!event) fail(row.where, `event ${row.event} is unknown`);
    else if (row.startsAt && (row.startsAt < event.startsAt || row.endsAt > event.endsAt)) fail(row.where, "lies outside its event");
    if (!row.startsAt && !row.endsAt) continue;
  }
  if (!INSTANT.test(row.startsAt) || !INSTANT.test(row.endsAt) || row.startsAt >= row.endsAt)
    fail(row.where, `bad span ${row.startsAt} - ${row.endsAt}`);
}

function parties(rows, ownerColumn, owners, roles) {
  const orders = new Map();
  const seen = new Set();
  for (const row of rows) {
    if (!owners.has(row[ownerColumn])) fail(row.where, `${ownerColumn} ${row[ownerColumn]} is unknown`);
    oneOf(row, "role", roles);
    oneOf(row, "partyKind", ["COMMUNITY", "ORGANISATION"]);
    const slot = `${row[ownerColumn]} ${row.role}`;
    orders.set(slot, (orders.get(slot) ?? 0) + 1);
    if (Number(row.order) !== orders.get(slot)) fail(row.where, `order ${row.order} should be ${orders.get(slot)}`);
    row.partyId = row.partyKind === "COMMUNITY" ? communityOf(row, row.party, row.within)?.code : organisationNames.get(row.party)?.key;
    if (!row.partyId) fail(row.where, `party "${row.party}" is unknown`);
    const once = `${slot} ${row.partyId}`;
    if (seen.has(once)) fail(row.where, `"${row.party}" appears twice as ${row.role}`);
    seen.add(once);
  }
}
const participants = demo("participants");
const organisers = demo("organisers");
parties(organisers, "event", events, ["HOST", "ORGANISER", "CO_ORGANISER", "SUPPORTER", "MODERATOR"]);
parties(participants, "session", sessions, ["SPEAKER", "PRESENTER", "PARTICIPANT", "MODERATOR"]);

// ---- the round
const rounds = unique(demo("rounds"), (row) => row.key, "round key");
for (const row of rounds.values()) {
  regionOf(row, "region");
  if (row.event && !events.has(row.event)) fail(row.where, `event ${row.event} is unknown`);
}
const needs = demo("needs");
const offers = demo("offers");
for (const row of [...needs, ...offers]) if (!rounds.has(row.批次)) fail(row.where, `round ${row.批次} is unknown`);
unique(needs, (row) => row.编号, "need key");
unique(offers, (row) => row.编号, "offer key");
for (const row of needs) row.communityCode = communityOf(row, row.社区, row.所属街道)?.code;
for (const row of offers) {
  if (!organisationNames.has(row.机构名称)) fail(row.where, `organisation "${row.机构名称}" is unknown`);
  row.covered = list(row.服务范围).flatMap((name) => regionOf({ ...row, 服务范围: name }, "服务范围") ?? []);
}
const zonesOf = (code) => demoRegions.filter((zone) => list(zone.manages).includes(code)).map((zone) => zone.code);
const scopes = (communityCode) => ancestors(known.get(communityCode)?.region).flatMap((code) => [code, ...zonesOf(code)]);
const round = checkRound({ needs, offers, participants, registered: registerCommunities, list, scopes, fail });

// ---- where it comes from
// ---- practices and honours
const practices = unique(demo("practices"), (row) => row.key, "practice key");
for (const row of practices.values()) {
  if (row.holderKind === "REGION") regionOf(row, "holder");
  else if (row.holderKind === "COMMUNITY") communityOf(row, row.holder, row.within);
  for (const event of row.events.split(";").filter(Boolean)) if (!events.has(event)) fail(row.where, `event ${event} is unknown`);
}
const pattern = (practices.get("erxian-model")?.parts.match(/\*\d+/g) ?? []).map((count) => count.slice(1)).join("-");
if (pattern !== "1-5-3-1") fail("demo/practices.csv", "report-000 has one core, five drives, three reforms and one governance");
const partyKnown = (row, kind, column) => {
  if (kind === "COMMUNITY") communityOf(row, row[column], row.within);
  else if (kind === "PRACTICE" && !practices.has(row[column])) fail(row.where, `practice ${row[column]} is unknown`);
  else if (kind === "ORGANISATION" && !organisations.some(({ key, name }) => key === row[column] || name === row[column]))
    fail(row.where, `${column} ${row[column]} is unknown`);
};
for (const row of unique(demo("adoptions"), (each) => each.key, "adoption key").values()) {
  if (!practices.has(row.practice)) fail(row.where, `practice ${row.practice} is unknown`);
  oneOf(row, "adopterKind", ["COMMUNITY", "ORGANISATION"]);
  partyKnown(row, row.adopterKind, "adopter");
  if (!/^\d{4}-\d{2}-\d{2}$/.test(row.since) || (row.endedOn && row.endedOn < row.since)) fail(row.where, "has no good days");
  if (!row.note || (row.illustrative === "yes") !== row.note.startsWith("示意：")) fail(row.where, "the note must say what is made up");
}
const honours = unique(demo("honours"), (row) => row.key, "honour key");
for (const row of honours.values()) {
  oneOf(row, "holderKind", ["COMMUNITY", "ORGANISATION", "PRACTICE"]);
  partyKnown(row, row.holderKind, "holder");
  if (row.title.startsWith("示例·") !== (row.illustrative === "yes")) fail(row.where, "the label 示例· and the column illustrative disagree");
}
if (![...honours.values()].some((row) => row.holder === "吉福社区" && row.year === "2019" && row.awarder === "国家民委"))
  fail("demo/honours.csv", "report-004 has the honour of 2019 of one community");

// ---- people in public roles and their appointments
const people = unique(demo("people"), (row) => row.key, "person key");
for (const row of people.values()) {
  oneOf(row, "illustrative", ["yes", "no"]);
  if (row.name.startsWith("示例·") !== (row.illustrative === "yes")) fail(row.where, "the label 示例· and the column illustrative disagree");
}
const SINGLE = ["SECRETARY", "DIRECTOR", "LI_CHIEF", "PRESIDENT"];
const PARTIAL = /^\d{4}(-\d\d(-\d\d)?)?$/;
const byKeyOrName = (reference) => organisations.find((row) => row.key === reference || row.name === reference)?.key;
const appointments = unique(demo("appointments"), (row) => row.key, "appointment key");
const offices = new Map();
const placeOf = (row, kind, column) => {
  const place = row[kind] === "COMMUNITY" ? communityOf(row, row[column], row.within)?.code : byKeyOrName(row[column]);
  if (row[column] && !place) fail(row.where, `${column} "${row[column]}" is unknown`);
  return place;
};
for (const row of appointments.values()) {
  if (!people.has(row.person)) fail(row.where, `person ${row.person} is unknown`);
  oneOf(row, "role", [...SINGLE, ..."HONORARY_DIRECTOR ADVISER LEGAL_COUNSEL MEDIATOR EXPERT SUPERVISOR HERITAGE_BEARER".split(" ")]);
  oneOf(row, "placeKind", ["COMMUNITY", "ORGANISATION"]);
  row.placeId = placeOf(row, "placeKind", "place");
  if (row.behalf) placeOf(row, "behalfKind", "behalf");
  if (row.conferrer) placeOf(row, "conferrerKind", "conferrer");
  if (row.event && !events.has(row.event)) fail(row.where, `event ${row.event} is unknown`);
  if (!row.startsOn && !row.attestedOn) fail(row.where, "neither a beginning nor a day of its source");
  for (const column of ["startsOn", "endsOn", "attestedOn"])
    if (row[column] && !PARTIAL.test(row[column])) fail(row.where, `${column} "${row[column]}" is no date`);
  const office = `${row.role} ${row.placeId}`;
  if (SINGLE.includes(row.role) && offices.has(office)) fail(row.where, `the office is held by ${offices.get(office)}`);
  offices.set(office, row.person);
}
const honorary = [...appointments.values()].filter((row) => row.role === "HONORARY_DIRECTOR");
for (const district of ["haidian", "shijingshan", "yanqing", "mentougou"])
  if (honorary.filter((row) => row.event === `lecture-${district}-2016`).length !== 3)
    fail("demo/appointments.csv", `report-002 has three honorary directors in ${district}`);
if (new Set(honorary.map((row) => row.behalf)).size !== 12) fail("demo/appointments.csv", "the twelve of report-002 come from twelve li");

// ---- teams of residents and the record of what they do
const teams = unique(demo("teams"), (row) => byKeyOrName(row.organisation), "team");
for (const [key, row] of teams) {
  if (organisations.find((each) => each.key === key)?.kind !== "RESIDENT_TEAM") fail(row.where, `${row.organisation} is no team of residents`);
  communityOf(row, row.community, row.within);
}
for (const row of unique(demo("activities"), (each) => each.key, "activity key").values())
{
  if (!byKeyOrName(row.organisation)) fail(row.where, `${row.organisation} is unknown`);
  if (row.event && !events.has(row.event)) fail(row.where, `event ${row.event} is unknown`);
}

// ---- where organisations serve
for (const row of unique(demo("areas"), (each) => byKeyOrName(each.organisation), "organisation with areas").values()) {
  if (list(row.regions).length + list(row.communities).length === 0) fail(row.where, "names no place");
  for (const item of list(row.regions))
    if (regionsNamed(item).length !== 1) fail(row.where, `region "${item}" names ${regionsNamed(item).length} regions`);
  for (const item of list(row.communities)) communityOf(row, item);
}
// ---- contacts: made-up addresses at a domain that is reserved for examples (RFC 2606)
for (const row of unique(demo("contacts"), (each) => each.value, "contact").values()) {
  if (row.partyKind === "COMMUNITY") communityOf(row, row.party, row.within);
  else if (!byKeyOrName(row.party)) fail(row.where, `${row.party} is unknown`);
  if (row.kind !== "EMAIL" || !row.value.endsWith("@example.org")) fail(row.where, "is no address at example.org");
}
// ---- services on request, all of them made up
for (const row of unique(demo("requests"), (each) => each.key, "request key").values()) {
  communityOf(row, row.community, row.within);
  oneOf(row, "side", ["WISH", "OFFER"]);
  oneOf(row, "mode", ["PUBLIC_BENEFIT", "MARKET"]);
  oneOf(row, "illustrative", ["yes"]);
  if ((row.side === "OFFER") !== (row.organisation !== "")) fail(row.where, "an offer names its organisation, a wish names none");
  if (row.organisation && !byKeyOrName(row.organisation)) fail(row.where, `${row.organisation} is unknown`);
}
// ---- pairings, with the reports' figures
const pairings = unique(demo("pairings"), (row) => row.key, "pairing key");
const partyOf = (row, item) => {
  const organisation = item.startsWith("组织:") ? byKeyOrName(item.slice("组织:".length)) : null;
  const party = item.startsWith("组织:") ? organisation && `organisation ${organisation}` : communityOf(row, item)?.code;
  if (!party) fail(row.where, `party "${item}" is unknown`);
  return party;
};
for (const row of pairings.values()) {
  oneOf(row, "kind", "CROSS_STRAIT URBAN_RURAL ONE_PLUS_N TALENT COMMUNITY OTHER".split(" "));
  oneOf(row, "illustrative", ["yes", "no"]);
  if (row.name.startsWith("示例·") !== (row.illustrative === "yes")) fail(row.where, "the label 示例· and the column illustrative disagree");
  row.sides = [row.sideA, row.sideB].map((side) => list(side).map((item) => partyOf(row, item)));
  row.parties = new Set(row.sides.flat());
  if (row.parties.size < 2 || row.parties.size < row.sides.flat().length) fail(row.where, "has two parties at least, each once");
  if (row.event && !events.has(row.event)) fail(row.where, `event ${row.event} is unknown`);
}
for (const [key, figures] of [
  ["forum-2019-4x4", "4 4"],
  ["forum-2019-4x11", "4 11"],
  ["biji-qingbo-2024", "1 1"],
  ["huiquan-1-n", "1 15"],
]) {
  const row = pairings.get(key);
  if (row?.sides.map((side) => side.length).join(" ") !== figures) fail("demo/pairings.csv", `${key} has the sides ${figures} in its report`);
}
if (list(pairings.get("biji-qingbo-2024")?.fields).length !== 3) fail("demo/pairings.csv", "report-001 names three fields of cooperation");
const exchanges = unique(demo("exchanges"), (row) => row.key, "exchange key");
const commitments = unique(demo("commitments"), (row) => row.key, "commitment key");
for (const [rows, ends] of [
  [exchanges, ["from", "to"]],
  [commitments, ["owner"]],
])
  for (const row of rows.values()) {
    const pairing = pairings.get(row.pairing);
    if (!pairing) fail(row.where, `pairing ${row.pairing} is unknown`);
    for (const end of ends) {
      const party = partyOf(row, row[`${end}Kind`] === "ORGANISATION" ? `组织:${row[end]}` : row[end]);
      if (pairing && !pairing.parties.has(party)) fail(row.where, `${end} is no party of ${row.pairing}`);
    }
    if (row.event && !events.has(row.event)) fail(row.where, `event ${row.event} is unknown`);
  }
const heads = ["haidian", "shijingshan", "yanqing", "mentougou"].map((district) =>
  Math.max(...[...exchanges.values()].filter((row) => row.pairing === `jingtai-${district}-2016`).map((row) => Number(row.headCount))),
);
if (heads.join(" ") !== "12 12 13 13") fail("demo/exchanges.csv", "the four groups of report-002 had 12, 12, 13 and 13 people");

// ---- the official calendar and the suggestions that go by it
const days = unique(demo("calendar"), (row) => `${row.calendar} ${row.day}`, "day of a calendar");
for (const row of days.values()) {
  oneOf(row, "calendar", ["CN", "TW"]);
  oneOf(row, "working", ["yes", "no"]);
  const weekday = new Date(`${row.day}T00:00:00Z`).getUTCDay();
  if (row.working === "yes" && weekday !== 0 && weekday !== 6) fail(row.where, "is a make-up working day on a weekday");
}
const suggestions = unique(demo("suggestions"), (row) => row.key, "suggestion key");
for (const row of suggestions.values()) {
  if (row.event && !events.has(row.event)) fail(row.where, `event ${row.event} is unknown`);
  if (!regions.has(row.assignee)) fail(row.where, `assignee ${row.assignee} is unknown`);
  if (!row.answer || !row.answeredOn) fail(row.where, "has no answer: every one is answered");
  if (row.illustrative !== "yes" || !row.note) fail(row.where, "must say what is illustrative");
}
const raised = [...suggestions.values()].filter((row) => row.event === "wenjiang-dialogue-4");
if (new Set(raised.map((row) => row.raiser)).size !== 14) fail("demo/suggestions.csv", "the dialogue of report-003 had 14 participants");

for (const table of [
  "people",
  "appointments",
  "areas",
  "teams",
  "activities",
  "surveys",
  "responses",
  "cards",
  "pairings",
  "exchanges",
  "commitments",
  "suggestions",
  "regions",
  "communities",
  "traits",
  "organisations",
  "populations",
  "compounds",
  "practices",
  "adoptions",
  "honours",
  "facilities",
  "series",
  "events",
  "organisers",
  "sessions",
  "participants",
  "rounds",
]) {
  for (const row of demo(table)) if (!/^report-00[0-4]$/.test(row.source)) fail(row.where, `source "${row.source}" is no report`);
}
for (const row of [...needs, ...offers])
  if (row.来源 !== "report-001" || row.是否示例 !== "是") fail(row.where, "must be labelled illustrative, of report-001");

if (problems.length > 0) {
  console.error(problems.join("\n"));
  console.error(`${problems.length} problems`);
  process.exitCode = 1;
} else {
  console.log(`register: ${registerRegions.length} regions, ${registerCommunities.length} communities`);
  console.log(
    `demo: ${demoCommunities.length} communities, ${organisations.length} organisations, ${events.size} events, ${organisers.length} organisers, ${sessions.size} sessions, ${participants.length} participants`,
  );
  console.log(
    `round: ${needs.length} needs, ${offers.length} offers, ${round.pairs} possible pairs, ${round.matched} needs can be served at once, blocked: ${round.blocked.join(", ")}`,
  );
}
