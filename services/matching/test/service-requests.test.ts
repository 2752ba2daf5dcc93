import { countStatements, schemaDrift, stableId, verifyAudit } from "@gongjian/database";
import type { SubgraphEndpoint, Viewer } from "@gongjian/subgraph";
import { ask, someone, type Answer } from "@gongjian/testing";
import { codeOf, problemsOf } from "./answers";
import { aRound, aStory, brought, guangfu, HUAYANG, imported, need, offer, street, wuxing, xianghe, yuelin, type Who } from "./story";

const story = aStory();
const ISSUER = "https://id.example";
const resident = (name: string, community = xianghe): Viewer => ({ ...someone.resident(community), issuer: ISSUER, subject: name });
const wang = resident("wang");
const worker = someone.worker(xianghe);
const NOTE = "三单元王家，下午四点后来电";

const FIELDS = `__typename ... on ServiceRequest { id side state title contactNote version mode price units reason round { id } need { id } offer { id } organisation { id } }
  ... on IdempotencyConflict { message }`;
const STEPS = "... on ServiceRequestStepNotAllowed { state } ... on VersionConflict { currentVersion }";
const MORE: Record<string, string> = {
  raiseServiceRequest: "",
  passOnServiceRequest: `${STEPS} ... on RoundTakesNoEntries { roundState }`,
};
const mutation = (name: string) =>
  `mutation ($input: ${name[0]!.toUpperCase()}${name.slice(1)}Input!) { r: ${name}(input: $input) { ${FIELDS} ${MORE[name] ?? STEPS} } }`;
const asks = (who: Who, query: string, variables: Record<string, unknown>): Promise<Answer> =>
  ask(story.peers.communities!, who, query, variables);
const did = async (who: Who, name: string, input: object): Promise<Answer["data"]> => {
  const { data, errors } = await asks(who, mutation(name), { input });
  expect(errors).toEqual([]);
  return data.r;
};
const wish = {
  side: "WISH",
  communityId: xianghe,
  topic: "CHILD_CARE",
  title: "放学后看护一个孩子",
  tags: ["儿童看护"],
  contactNote: NOTE,
};
const raise = (who: Who, more: object = {}) => did(who, "raiseServiceRequest", { ...wish, ...more });
const refusedRaise = async (who: Who, more: object) => {
  const answer = await asks(who, mutation("raiseServiceRequest"), { input: { ...wish, ...more } });
  return problemsOf(answer) ?? codeOf(answer);
};
const passOn = (who: Who, { id, version }: { id: string; version: number }, roundId: string, more: object = {}) =>
  did(who, "passOnServiceRequest", { id, expectedVersion: version, roundId, ...more });
const needs = (roundId: string) =>
  story.test.sql<{ id: string; title: string; text: string }>(
    "SELECT id, title, n::text AS text FROM matching.need n WHERE round_id = $1",
    [roundId],
  );
const seen = async (who: Who, id: string) =>
  (await asks(who, `query ($id: ID!) { serviceRequest(id: $id) { id contactNote } }`, { id })).data.serviceRequest;

/** Puts something between communities and matching while the work goes on. */
async function between<T>(wrap: (matching: SubgraphEndpoint) => SubgraphEndpoint["execute"], work: () => Promise<T>): Promise<T> {
  const { matching } = story.peersOfCommunities;
  story.peersOfCommunities.matching = { ...matching!, execute: wrap(matching!) };
  try {
    return await work();
  } finally {
    story.peersOfCommunities.matching = matching!;
  }
}

/** A round that takes entries. */
async function open(key: string): Promise<string> {
  const id = await aRound(story, key);
  await brought(story, id, "COLLECTING");
  return id;
}
const STATES = ["OPEN", "PASSING", "PASSED_ON", "DECLINED", "WITHDRAWN"];
const WAYS = ["OPEN PASSING", "OPEN PASSED_ON", "OPEN DECLINED", "OPEN WITHDRAWN", "PASSING OPEN", "PASSING PASSED_ON"];
let standing: string;
beforeAll(async () => {
  standing = await open("standing");
});

describe("a request", () => {
  test("is raised by residents of the community, and whoever raised it, its workers and officers see it; nobody else", async () => {
    const raised = await raise(wang);
    expect(raised).toMatchObject({ __typename: "ServiceRequest", state: "OPEN", contactNote: NOTE, version: 1 });
    for (const who of [wang, worker, street, someone.admin]) expect(await seen(who, raised.id)).toMatchObject({ contactNote: NOTE });
    // auditors see that it is there, and who has read the note, but not the note
    expect(await seen(someone.auditor, raised.id)).toEqual({ id: raised.id, contactNote: null });
    const { data } = await asks(someone.auditor, `query ($id: ID!) { contactReadings(contactId: $id) { nodes { subject role } } }`, {
      id: raised.id,
    });
    const readers = data.contactReadings.nodes as { subject: string; role: string }[];
    expect(readers.map(({ subject }) => subject).sort()).toEqual([worker, street, someone.admin].map(({ subject }) => subject).sort());
    expect(readers.find(({ subject }) => subject === worker.subject)!.role).toBe("COMMUNITY_WORKER");
    const namesake = { ...wang, issuer: "https://other.example" };
    for (const who of [
      someone.public,
      resident("li"),
      namesake,
      someone.worker(guangfu),
      someone.officer("510112"),
      someone.representative(yuelin),
    ])
      expect(await seen(who, raised.id)).toBeNull();
    const LIST = `query ($mine: Boolean) { serviceRequests(filter: { mine: $mine }) { totalCount nodes { id } } }`;
    expect((await asks(resident("li"), LIST, {})).data.serviceRequests).toEqual({ totalCount: 0, nodes: [] });
    expect((await asks(wang, LIST, { mine: true })).data.serviceRequests.nodes).toEqual([{ id: raised.id }]);
    expect((await asks(someone.public, LIST, { mine: true })).data.serviceRequests.nodes).toEqual([]);
  });

  test("is refused from elsewhere, and when it makes no sense", async () => {
    expect(await refusedRaise(someone.public, {})).toBe("UNAUTHENTICATED");
    expect(await refusedRaise(resident("li", guangfu), {})).toBe("FORBIDDEN");
    expect(await refusedRaise(someone.representative(yuelin), {})).toBe("FORBIDDEN");
    expect(await refusedRaise(wang, { communityId: standing })).toEqual(["communityId UNKNOWN_REFERENCE"]);
    expect(await refusedRaise(wang, { title: " ", price: 100 })).toEqual(["price NOT_ALLOWED", "title REQUIRED"]);
    expect(await refusedRaise(wang, { organisationId: yuelin })).toEqual(["organisationId NOT_ALLOWED"]);
    expect(await refusedRaise(wang, { units: 0, mode: "MARKET", price: -1, startsOn: "2024-05-02", endsOn: "2024-05-01" })).toEqual([
      "endsOn PERIOD_REVERSED",
      "price OUT_OF_RANGE",
      "units OUT_OF_RANGE",
    ]);
  });

  test("keeps its note sealed: no table, no trail and no log holds it", async () => {
    const key = { idempotencyKey: "once" };
    const [first, second] = [await raise(wang, key), await raise(wang, key)];
    expect(second).toEqual(first);
    const tables = await story.test.sql<{ name: string }>(
      "SELECT tablename AS name FROM pg_tables WHERE schemaname IN ('communities', 'matching')",
    );
    for (const { name } of tables)
      for (const schema of ["communities", "matching"]) {
        const rows = await story.test.sql(`SELECT to_regclass('${schema}.${name}') IS NULL AS none`);
        if ((rows[0] as { none: boolean }).none) continue;
        expect(JSON.stringify(await story.test.sql(`SELECT t::text FROM ${schema}.${name} t`))).not.toContain("三单元");
      }
    expect(JSON.stringify(story.logged)).not.toContain("三单元");
  });

  test("is changed, taken back or declined while it is open, by its own and the community's", async () => {
    const { id } = await raise(wang);
    const change = (who: Who, name: string, expectedVersion: number, more: object = {}) => did(who, name, { id, expectedVersion, ...more });
    expect(codeOf(await asks(resident("li"), mutation("updateServiceRequest"), { input: { id, expectedVersion: 1 } }))).toBe("NOT_FOUND");
    expect(await change(wang, "updateServiceRequest", 1, { title: "接送孩子", contactNote: null })).toMatchObject({
      title: "接送孩子",
      contactNote: null,
      version: 2,
    });
    expect(await change(worker, "updateServiceRequest", 1)).toEqual({ __typename: "VersionConflict", currentVersion: 2 });
    expect(codeOf(await asks(wang, mutation("declineServiceRequest"), { input: { id, expectedVersion: 2, reason: "x" } }))).toBe(
      "FORBIDDEN",
    );
    expect(await change(worker, "declineServiceRequest", 2, { reason: "暂无志愿者" })).toMatchObject({
      state: "DECLINED",
      reason: "暂无志愿者",
    });
    expect(await change(wang, "withdrawServiceRequest", 3)).toEqual({ __typename: "ServiceRequestStepNotAllowed", state: "DECLINED" });
    const other = await raise(wang);
    expect(await did(wang, "withdrawServiceRequest", { id: other.id, expectedVersion: 1 })).toMatchObject({ state: "WITHDRAWN" });
  });

  test("goes no way around the database either", async () => {
    const { id } = await raise(wang);
    const sql = (text: string) => story.test.sql(text, [id]);
    await expect(sql("DELETE FROM communities.service_request WHERE id = $1")).rejects.toMatchObject({
      constraint: "service_request_kept",
    });
    await expect(sql("UPDATE communities.service_request SET side = 'OFFER' WHERE id = $1")).rejects.toMatchObject({
      constraint: "service_request_fixed",
    });
    await sql("UPDATE communities.service_request SET state = 'WITHDRAWN' WHERE id = $1");
    await expect(sql("UPDATE communities.service_request SET state = 'OPEN' WHERE id = $1")).rejects.toMatchObject({
      constraint: "service_request_step_order",
    });
    expect(await schemaDrift((await story.test.open("communities")).dataSource)).toEqual([]);
  });

  test("is exported with its note to whoever raised it, and loses note and name when they are erased", async () => {
    const gone = resident("gone");
    const { id } = await raise(gone);
    const exported = await asks(gone, "{ exportMyData { json } }", {});
    expect(JSON.parse(exported.data.exportMyData.json).serviceRequests).toMatchObject([{ id, contactNote: NOTE }]);
    expect((await asks(gone, `mutation { erasePersonalData(input: {}) { __typename } }`, {})).data.erasePersonalData.__typename).toBe(
      "Erasure",
    );
    expect(await seen(gone, id)).toBeNull();
    expect(await seen(worker, id)).toEqual({ id, contactNote: null });
  });
});

describe("passing on", () => {
  test("makes a household's wish a need of the community, unnamed, which meets a neighbour's offer", async () => {
    const round = await open("meeting");
    const wished = await raise(wang, { mode: "MARKET", price: 50_00, units: 2 });
    const offered = await raise(resident("li"), {
      side: "OFFER",
      title: "共享奶奶看护",
      contactNote: null,
      units: 3,
      organisationId: yuelin,
    });
    const passed = await passOn(worker, wished, round);
    const entryId = stableId("need", `${round}:service-request:${wished.id}`);
    expect(passed).toMatchObject({ state: "PASSED_ON", round: { id: round }, need: { id: entryId } });
    // the round's rules come on top: a worker writes no offer of an organisation
    const refused = await asks(worker, mutation("passOnServiceRequest"), { input: { id: offered.id, expectedVersion: 1, roundId: round } });
    expect(codeOf(refused)).toBe("FORBIDDEN");
    const again = (await asks(worker, `query ($id: ID!) { serviceRequest(id: $id) { state version } }`, { id: offered.id })).data
      .serviceRequest;
    expect(again.state).toBe("OPEN");
    const carried = await passOn(someone.representative(yuelin), { id: offered.id, version: again.version }, round);
    expect(carried).toMatchObject({ state: "PASSED_ON", offer: { id: expect.any(String) } });
    const [entry] = await needs(round);
    expect(entry).toMatchObject({ id: stableId("need", `${round}:service-request:${wished.id}`), title: wish.title });
    expect(entry!.text).not.toMatch(/wang|三单元/u);
    await brought(story, round, "NEGOTIATING");
    const SEEN = `query ($id: ID!) { serviceRequest(id: $id) { need { id } round { id } } }`;
    expect((await asks(wang, SEEN, { id: wished.id })).data.serviceRequest).toEqual({ need: { id: entry!.id }, round: { id: round } });
    const matches = await ask(
      story.endpoint,
      someone.public,
      `query ($id: ID!) { need(id: $id) { matches { units offer { title organisation { id } } } } }`,
      {
        id: entry!.id,
      },
    );
    expect(matches.data.need.matches).toEqual([{ units: 2, offer: { title: "共享奶奶看护", organisation: { id: yuelin } } }]);
  });

  test("wants somebody who may, a round that there is, and an organisation that carries an offer", async () => {
    const request = await raise(wang);
    const tried = async (who: Who, roundId: string, { id, version } = request) => {
      const answer = await asks(who, mutation("passOnServiceRequest"), { input: { id, expectedVersion: version, roundId } });
      return problemsOf(answer) ?? codeOf(answer);
    };
    expect(await tried(wang, standing)).toBe("FORBIDDEN");
    expect(await tried(someone.worker(guangfu), standing)).toBe("NOT_FOUND");
    expect(await tried(worker, "no id")).toEqual(["roundId MALFORMED"]);
    expect(await tried(worker, wuxing)).toBe("NOT_FOUND");
    expect((await passOn(worker, { id: request.id, version: 9 }, standing)).__typename).toBe("VersionConflict");
    // a refusal changes nothing: the version that its reader holds is good
    expect((await passOn(worker, { id: request.id, version: 1 }, standing)).__typename).toBe("ServiceRequest");
    const carried = await raise(wang, { side: "OFFER", contactNote: null });
    expect(await tried(street, standing, carried)).toEqual(["organisationId REQUIRED"]);
  });

  test("into a round that takes nothing any more leaves the request open, for another round", async () => {
    const closed = await aRound(story, "closed", [need("closed", "N1")], [offer("closed", "O1")]);
    await brought(story, closed, "NEGOTIATING");
    const request = await raise(wang);
    const answer = await passOn(worker, request, closed);
    expect(answer).toEqual({ __typename: "RoundTakesNoEntries", roundState: "NEGOTIATING" });
    const { version } = (await asks(worker, `query ($id: ID!) { serviceRequest(id: $id) { version } }`, { id: request.id })).data
      .serviceRequest;
    expect((await passOn(worker, { id: request.id, version }, standing)).state).toBe("PASSED_ON");
  });

  test("by two at once, and again, makes one need", async () => {
    const round = await open("race");
    const request = await raise(wang);
    const both = await Promise.all([worker, street, someone.admin, worker].map((who) => passOn(who, request, round)));
    expect(both.map(({ state }) => state)).toEqual(["PASSED_ON", "PASSED_ON", "PASSED_ON", "PASSED_ON"]);
    expect((await passOn(street, request, round)).state).toBe("PASSED_ON");
    expect(await needs(round)).toHaveLength(1);
    expect(await passOn(street, request, standing)).toEqual({ __typename: "ServiceRequestStepNotAllowed", state: "PASSED_ON" });
  });

  test("whose answer is lost is finished by another try, without a second need", async () => {
    const round = await open("lost");
    const request = await raise(wang);
    const losing = await between(
      (matching) => async (asked, call) => {
        const result = await matching.execute(asked, call);
        if (asked.query?.includes("createNeed")) throw new Error(`lost ${JSON.stringify(result).length}`);
        return { data: null, errors: [{ message: "away" }] as never };
      },
      () =>
        asks(worker, mutation("passOnServiceRequest"), {
          input: { id: request.id, expectedVersion: 1, roundId: round, idempotencyKey: "lost" },
        }),
    );
    expect(losing.errors).toHaveLength(1);
    expect(await needs(round)).toHaveLength(1);
    const STATE = `query ($id: ID!) { serviceRequest(id: $id) { state } }`;
    expect((await asks(worker, STATE, { id: request.id })).data.serviceRequest.state).toBe("PASSING");
    expect(await did(wang, "withdrawServiceRequest", { id: request.id, expectedVersion: 2 })).toEqual({
      __typename: "ServiceRequestStepNotAllowed",
      state: "PASSING",
    });
    expect((await passOn(worker, request, round, { idempotencyKey: "lost" })).state).toBe("PASSED_ON");
    expect(await needs(round)).toHaveLength(1);
  });

  test("whose answer is lost is finished by another try, even when its organisation was merged meanwhile", async () => {
    const round = await open("merged");
    const [old, now] = ["old", "now"].map((key) => stableId("organisation", `requests-${key}`)) as [string, string];
    await imported(
      story.peers.communities!,
      "Organisations",
      ["old", "now"].map((key) => ({ key: `requests-${key}`, name: `邻里${key}`, kind: "SOCIAL_ORGANISATION", regionCode: HUAYANG })),
    );
    const request = await raise(worker, { side: "OFFER", organisationId: old, contactNote: null });
    const pass = { input: { id: request.id, expectedVersion: 1, roundId: round } };
    const losing = await between(
      (matching) => async (asked, call) => {
        const result = await matching.execute(asked, call);
        if (asked.query?.includes("createOffer")) throw new Error(`lost ${JSON.stringify(result).length}`);
        return { data: null, errors: [{ message: "away" }] as never };
      },
      () => asks(street, mutation("passOnServiceRequest"), pass),
    );
    expect(losing.errors).toHaveLength(1);
    const merged = await asks(
      street,
      "mutation ($input: MergeOrganisationsInput!) { r: mergeOrganisations(input: $input) { __typename } }",
      { input: { keepId: now, keepVersion: 1, mergeId: old, mergeVersion: 1 } },
    );
    expect(merged.data.r.__typename).toBe("OrganisationsMerged");
    expect(await did(street, "passOnServiceRequest", pass.input)).toMatchObject({ state: "PASSED_ON", organisation: { id: now } });
    const offers = await story.test.sql("SELECT organisation_id AS id FROM matching.offer WHERE round_id = $1", [round]);
    expect(offers).toEqual([{ id: old }]);
  });

  test("while matching is away says so and keeps the request on its way", async () => {
    const request = await raise(wang);
    const away = await between(
      () => () => Promise.resolve({ data: null, errors: [{ message: "away" }] as never }),
      () => asks(worker, mutation("passOnServiceRequest"), { input: { id: request.id, expectedVersion: 1, roundId: standing } }),
    );
    expect(codeOf(away)).toBe("PEER_UNAVAILABLE");
    expect((await passOn(worker, request, standing)).state).toBe("PASSED_ON");
  });

  test("finds another's entry under its key, and takes it for nobody's", async () => {
    const round = await open("squatted");
    const request = await raise(wang);
    await imported(story.endpoint, "Needs", [need("squatted", `service-request:${request.id}`, { communityId: guangfu })]);
    const answer = await asks(worker, mutation("passOnServiceRequest"), { input: { id: request.id, expectedVersion: 1, roundId: round } });
    expect(problemsOf(answer)).toEqual(["roundId KEY_TAKEN"]);
  });
});

test("requests that reached the office on paper are imported, again without a change, and row by row", async () => {
  const row = { key: "paper-1", side: "WISH", communityId: xianghe, topic: "CHILD_CARE", title: "周末看护", tags: ["儿童看护"] };
  const IMPORT = `mutation ($input: ImportServiceRequestsInput!) { r: importServiceRequests(input: $input) { ... on BulkOutcome { written created unchanged rows { status problems { field code } } } } }`;
  const imports = async (who: Who, rows: object[], more: object = {}) => (await asks(who, IMPORT, { input: { rows, ...more } })).data?.r;
  expect(await imports(worker, [row], { dryRun: true })).toMatchObject({ written: false, created: 1 });
  expect(await imports(worker, [row])).toMatchObject({ written: true, created: 1 });
  expect(await imports(street, [row])).toMatchObject({ written: false, unchanged: 1 });
  expect((await imports(someone.worker(guangfu), [row])).rows).toMatchObject([{ status: "REFUSED", problems: [{ code: "FORBIDDEN" }] }]);
  expect((await imports(worker, [{ ...row, side: "OFFER" }])).rows[0].problems).toEqual([{ field: "side", code: "NOT_ALLOWED" }]);
  expect(await imports(wang, [row])).toBeUndefined();
  const { id } = (await story.test.sql<{ id: string }>("SELECT id FROM communities.service_request WHERE key = 'paper-1'"))[0]!;
  await passOn(worker, { id, version: 1 }, standing);
  expect((await imports(worker, [{ ...row, title: "另一个" }])).rows[0].problems).toEqual([{ field: "key", code: "NOT_OPEN" }]);
  expect(HUAYANG).toBe("510116003");
});

test("a list of requests takes as many statements however long it is, and its steps are those of the database", async () => {
  const QUERY = `query ($first: Int!) { serviceRequests(first: $first) { totalCount nodes { id contactNote community { name } } } }`;
  const counter = countStatements(story.communities);
  const counts: number[] = [];
  for (const first of [3, 10]) {
    counter.reset();
    expect((await asks(someone.admin, QUERY, { first })).data.serviceRequests.nodes).toHaveLength(first);
    counts.push(counter.count());
  }
  expect(counts[1]).toBe(counts[0]);
  for (const from of STATES)
    for (const to of STATES.filter((state) => state !== from)) {
      const stored = { round: ["PASSING", "PASSED_ON"], entry: ["PASSED_ON"] };
      const set = (state: string) =>
        `state = '${state}', round_id = ${stored.round.includes(state) ? `'${standing}'` : "NULL"}, entry_id = ${stored.entry.includes(state) ? `'${standing}'` : "NULL"}`;
      const id = (await raise(wang)).id;
      await story.test.sql(
        `SET session_replication_role = replica; UPDATE communities.service_request SET ${set(from)} WHERE id = '${id}'; SET session_replication_role = origin`,
      );
      const went = await story.test.sql(`UPDATE communities.service_request SET ${set(to)} WHERE id = '${id}'`).then(
        () => true,
        () => false,
      );
      expect([from, to, went]).toEqual([from, to, WAYS.includes(`${from} ${to}`)]);
    }
});

test("the trail of both subgraphs is whole, and says who did what without saying who asked", async () => {
  const reports = await verifyAudit(story.test.adminUrl, ["communities", "matching"]);
  expect(reports.map(({ problem }) => problem)).toEqual([null, null]);
  const entries = await story.test.sql<{ text: string }>(
    "SELECT (before::text || after::text) AS text FROM communities.audit_entry WHERE concept = 'serviceRequest'",
  );
  expect(entries.length).toBeGreaterThan(20);
  expect(JSON.stringify(entries)).not.toMatch(/wang/u);
});
