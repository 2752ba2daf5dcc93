import { Client } from "pg";
import { asking } from "./answers";
import {
  advance,
  aFittingRound,
  aRound,
  aStory,
  brought,
  imported,
  need,
  offer,
  roundId,
  run,
  street,
  UPDATE_ROUND,
  versionOf,
  WEIGHTS,
  yuelin,
} from "./story";

const story = aStory();
const as = asking(story);

describe("a list that changes while a step is taken", () => {
  /** Runs `work` while another transaction holds the round, which then does `meanwhile` and commits. */
  async function beside<T>(id: string, meanwhile: string, work: () => Promise<T>): Promise<T> {
    const client = new Client({ connectionString: story.test.adminUrl });
    await client.connect();
    try {
      await client.query("BEGIN");
      await client.query("SELECT 1 FROM matching.round WHERE id = $1 FOR UPDATE", [id]);
      const working = work();
      await new Promise((resolve) => setTimeout(resolve, 300));
      await client.query(meanwhile, [id]);
      await client.query("COMMIT");
      return await working;
    } finally {
      await client.end();
    }
  }
  const CREATE_NEED = `mutation ($input: CreateNeedInput!) { createNeed(input: $input) { __typename ... on RoundClosed { state } } }`;
  const { roundKey: _round, illustrative: _illustrative, source: _source, ...wish } = need("x", "late");
  const TO_MATCHING = "UPDATE matching.round SET state = 'MATCHING' WHERE id = $1";

  test("takes no new need after it was closed", async () => {
    const id = await aFittingRound(story, "late-create");
    await brought(story, id, "PUBLISHED");
    const { data } = await beside(id, TO_MATCHING, () => as(street, CREATE_NEED, { input: { ...wish, roundId: id } }));
    expect(data.createNeed).toEqual({ __typename: "RoundClosed", state: "MATCHING" });
  });

  test.each(["Needs", "Offers"])("takes no imported %s after it was closed", async (concept) => {
    const key = `late-import-${concept}`;
    const id = await aFittingRound(story, key);
    await brought(story, id, "PUBLISHED");
    const rows = [concept === "Needs" ? need(key, "late") : offer(key, "late")];
    const { data, errors } = await beside(id, TO_MATCHING, () =>
      as(
        street,
        `mutation ($input: Import${concept}Input!) { outcome: import${concept}(input: $input) { ... on BulkOutcome { written rows { problems { field code } } } } }`,
        {
          input: { rows },
        },
      ),
    );
    expect(errors).toEqual([]);
    expect(data.outcome).toEqual({ written: false, rows: [{ problems: [{ field: "roundKey", code: "ROUND_CLOSED" }] }] });
    expect(await story.test.sql(`SELECT 1 FROM matching.${concept.toLowerCase().slice(0, -1)} WHERE round_id = $1`, [id])).toHaveLength(1);
  });

  test("has to be matched again when a need comes in after the matching", async () => {
    const id = await aFittingRound(story, "late-need");
    await brought(story, id, "PUBLISHED");
    const matched = "UPDATE matching.round SET matched_at = clock_timestamp(), matched_revision = revision WHERE id = $1";
    const { data } = await beside(id, matched, () => as(street, CREATE_NEED, { input: { ...wish, roundId: id } }));
    expect(data.createNeed.__typename).toBe("Need");
    await advance(story, street, { id, to: "MATCHING", expectedVersion: (await versionOf(story, id)).version });
    const next = await advance(story, street, { id, to: "NEGOTIATING", expectedVersion: (await versionOf(story, id)).version });
    expect(next.data.advanceRound).toMatchObject({ __typename: "RoundGuardFailed", reasons: [{ code: "NOT_MATCHED" }] });
  });

  const change = (name: string, input: string) => `mutation ($input: ${input}!) { answer: ${name}(input: $input) { __typename } }`;
  test.each<[string, (key: string, entry: { need: object; offer: object }) => [string, object]]>([
    ["a need is entered", (key) => [CREATE_NEED.replace("createNeed(", "answer: createNeed("), { ...wish, roundId: roundId(key) }]],
    ["a need is changed", (_key, entry) => [change("updateNeed", "UpdateNeedInput"), { ...entry.need, quantity: 2 }]],
    ["a need is withdrawn", (_key, entry) => [change("withdrawNeed", "WithdrawNeedInput"), entry.need]],
    ["needs are imported", (key) => [change("importNeeds", "ImportNeedsInput"), { rows: [need(key, "N2")] }]],
    [
      "an offer is entered",
      (key) => [
        change("createOffer", "CreateOfferInput"),
        { roundId: roundId(key), organisationId: yuelin, kinds: ["GOODS"], title: "书" },
      ],
    ],
    ["an offer is changed", (_key, entry) => [change("updateOffer", "UpdateOfferInput"), { ...entry.offer, capacity: 2 }]],
    ["an offer is withdrawn", (_key, entry) => [change("withdrawOffer", "WithdrawOfferInput"), entry.offer]],
    ["offers are imported", (key) => [change("importOffers", "ImportOffersInput"), { rows: [offer(key, "O1", { price: 1 })] }]],
  ])("has to be matched again when %s", async (name, changing) => {
    const key = `changed: ${name}`;
    const id = await aRound(story, key, [need(key, "N1"), need(key, "N0")], [offer(key, "O1"), offer(key, "O0")]);
    await brought(story, id, "PUBLISHED");
    const current = async () =>
      (
        await story.test.sql<{ current: boolean }>(`SELECT matched_revision = revision AS current FROM matching.round WHERE id = $1`, [id])
      )[0]!.current;
    await run(story, street, { roundId: id });
    expect(await current()).toBe(true);
    // a list that says what is there already changes nothing
    await imported(story.endpoint, "Needs", [need(key, "N1")], street);
    expect(await current()).toBe(true);
    const { data } = await as(
      street,
      `query ($id: ID!) { round(id: $id) { needs { nodes { id expectedVersion: version } } offers { nodes { id expectedVersion: version } } } }`,
      { id },
    );
    const [query, input] = changing(key, { need: data.round.needs.nodes[0], offer: data.round.offers.nodes[0] });
    const answer = await as(street, query, { input });
    expect(["Need", "Offer", "BulkOutcome"]).toContain(answer.data.answer.__typename);
    expect(await current()).toBe(false);
    await advance(story, street, { id, to: "MATCHING", expectedVersion: (await versionOf(story, id)).version });
    const next = await advance(story, street, { id, to: "NEGOTIATING", expectedVersion: (await versionOf(story, id)).version });
    expect(next.data.advanceRound).toMatchObject({ __typename: "RoundGuardFailed", reasons: [{ code: "NOT_MATCHED" }] });
  });

  test("has to be matched again when the weights change", async () => {
    const id = await aFittingRound(story, "reweighed");
    await brought(story, id, "MATCHING");
    await run(story, street, { roundId: id });
    const { version } = await versionOf(story, id);
    await as(street, UPDATE_ROUND, { input: { id, expectedVersion: version, weights: WEIGHTS } });
    const next = await advance(story, street, { id, to: "NEGOTIATING", expectedVersion: (await versionOf(story, id)).version });
    expect(next.data.advanceRound).toMatchObject({ __typename: "RoundGuardFailed", reasons: [{ code: "NOT_MATCHED" }] });
  });
});
