import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { buildSchema, isUnionType, Kind, parse, TypeInfo, validate, visit, visitWithTypeInfo } from "graphql";
import * as api from "../src";
import type { TestPlatform } from "./platform";
import { HUAYANG, ROUND, tellStory } from "./story";

const LISTED = join(__dirname, "..", "src", "generated", "persisted-documents.json");
const listed = JSON.parse(readFileSync(LISTED, "utf8")) as Record<string, string>;
const documents = Object.entries(api).flatMap(([name, value]) =>
  name.endsWith("Document") ? [value as api.TypedDocument<unknown, Record<string, unknown>>] : [],
);
const schema = buildSchema(readFileSync(join(__dirname, "..", "..", "..", "gateway", "api.graphql"), "utf8"));

it("every document's hash is that of the text that is sent, and all are listed", () => {
  expect(documents.length).toBeGreaterThanOrEqual(19);
  for (const document of documents) expect(document.__meta__.hash).toBe(createHash("sha256").update(document.toString()).digest("hex"));
  expect(Object.fromEntries(documents.map((document) => [document.__meta__.hash, document.toString()]))).toEqual(listed);
});

it("every document is valid, and asks for every member of a mutation's result", () => {
  let unions = 0;
  for (const document of documents) {
    const parsed = parse(document.toString());
    expect(validate(schema, parsed)).toEqual([]);
    const fragments = new Map(parsed.definitions.flatMap((d) => (d.kind === Kind.FRAGMENT_DEFINITION ? [[d.name.value, d]] : [])));
    const info = new TypeInfo(schema);
    const enter = (field: import("graphql").FieldNode): void => {
      const type = info.getParentType() === schema.getMutationType() ? info.getFieldDef()?.type : undefined;
      const union = type && "ofType" in type ? type.ofType : type;
      if (!isUnionType(union)) return;
      unions++;
      const asked = field.selectionSet?.selections.map((selection) => {
        if (selection.kind === Kind.FIELD) return selection.name.value;
        if (selection.kind === Kind.INLINE_FRAGMENT) return selection.typeCondition?.name.value;
        return fragments.get(selection.name.value)?.typeCondition.name.value;
      });
      expect(asked?.sort()).toEqual([...union.getTypes().map(({ name }) => name), "__typename"].sort());
    };
    visit(parsed, visitWithTypeInfo(info, { Field: { enter } }));
  }
  expect(unions).toBeGreaterThanOrEqual(8);
});

describe("over HTTP", () => {
  let platform: TestPlatform;
  beforeAll(async () => {
    platform = await tellStory();
  }, 60_000);
  afterAll(() => platform.close());

  /** A client that notes what it sends. */
  const noting = (url: string, token?: string) => {
    const sent: { query?: string; extensions?: { persistedQuery: { sha256Hash: string } } }[] = [];
    const client = api.createClient({
      url,
      token,
      persisted: true,
      fetch: (input, init) => {
        sent.push(JSON.parse(String(init?.body)));
        return fetch(input, init);
      },
    });
    return { client, sent };
  };
  const { hash } = api.CommunitiesDocument.__meta__;
  const text = api.CommunitiesDocument.toString();

  it("a document goes by its hash, with its text once, and by its hash alone for everybody from then on", async () => {
    const first = noting(platform.url);
    const { communities } = await first.client.execute(api.CommunitiesDocument, { first: 1 });
    expect(communities.totalCount).toBe(3);
    expect(first.sent.map(({ query, extensions }) => [query, extensions?.persistedQuery.sha256Hash])).toEqual([
      [undefined, hash],
      [text, hash],
    ]);
    const second = noting(platform.url);
    expect((await second.client.execute(api.CommunitiesDocument, { first: 2 })).communities.nodes).toHaveLength(2);
    expect(second.sent).toEqual([{ variables: { first: 2 }, extensions: { persistedQuery: { version: 1, sha256Hash: hash } } }]);
  });

  it("sends the text alone where it is not told to", async () => {
    const bodies: unknown[] = [];
    const plain = api.createClient({
      url: platform.url,
      fetch: (input, init) => {
        bodies.push(JSON.parse(String(init?.body)));
        return fetch(input, init);
      },
    });
    await plain.execute(api.CommunitiesDocument);
    expect(bodies).toEqual([{ query: text, variables: {} }]);
  });

  it("a gateway with the list as its safelist takes each by its hash, and no other text", async () => {
    const gateway = await platform.gateway({ safelist: LISTED });
    const officer = noting(gateway.url, await platform.token("OFFICER", `region:${HUAYANG}`));
    expect((await officer.client.execute(api.RoundDocument, { key: ROUND })).roundByKey?.state).toBe("DRAFT");
    expect(officer.sent.every(({ query }) => query === undefined)).toBe(true);
    expect((await api.createClient({ url: gateway.url }).execute(api.EventsDocument)).events.totalCount).toBe(1);

    // all are known: those that lack their variables are refused for that
    for (const document of documents) {
      const asked = await noting(gateway.url)
        .client.execute(document, {})
        .catch((error: unknown) => error);
      if (asked instanceof api.ClientError) expect(asked.errors.map(({ code }) => code)).toEqual(["BAD_USER_INPUT"]);
    }
    const unlisted = { toString: () => "{ __typename }", __meta__: { name: "Unlisted", hash: "0".repeat(64) } };
    const refused = await noting(gateway.url)
      .client.execute(unlisted)
      .catch((error: unknown) => error);
    expect(refused).toMatchObject({ name: "ClientError", status: 403, errors: [{ code: "OPERATION_NOT_ALLOWED" }] });
  });
});
