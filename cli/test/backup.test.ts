import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { localIssuer } from "@gongjian/subgraph";
import { ask, dataDir, endAll, gongjian, PATIENCE_MS, type Running, urlOf } from "./faults/processes";

jest.setTimeout(4 * PATIENCE_MS);

const folder = mkdtempSync(join(tmpdir(), "gongjian-backup-"));
const fileOf = (name: string): string => join(folder, name);
afterAll(async () => {
  await endAll();
  rmSync(folder, { recursive: true, force: true });
});

const NUMBER = "028-85110001";
type Import = "importRegions" | "importCommunities" | "importOrganisations";
const mutation = (name: Import): string =>
  `mutation ($input: I${name.slice(1)}Input!) { result: ${name}(input: $input) { ... on BulkOutcome { written } } }`;
const ALL = `{ regions(first: 100) { nodes { code name level } } organisations(first: 100) { nodes { id key name description version createdAt: id } }
  auditEntries: __typename }`;

describe("an embedded database", () => {
  const [one, two] = [dataDir(), dataDir()];
  const file = fileOf("embedded.backup");
  let server: Running;
  let url: string;
  let token: string;
  let before: unknown;

  const up = async (data: string): Promise<void> => {
    server = gongjian(["start", "--no-demo"], { DATA_DIR: data });
    url = await urlOf(server);
    const issuer = await localIssuer(join(data, "keys"));
    token = await issuer.mint({ subject: "admin", memberships: [{ role: "ADMIN", scope: "*" }] }, 3_600);
  };
  const down = async (): Promise<void> => {
    server.signal("SIGTERM");
    expect(await server.ended).toEqual({ code: 0, signal: null });
  };
  const write = async (name: Import, rows: object[]): Promise<void> => {
    expect((await ask(url, mutation(name), { input: { rows } }, token)).data).toEqual({ result: { written: true } });
  };
  const organisation = (key: string) => ({
    key,
    name: `邻里中心 ${key}`,
    kind: "SOCIAL_ORGANISATION",
    regionCode: "51",
    description: 'a\\b\t"c"\\.\n\\.\n末行',
  });
  const answers = async (): Promise<unknown> => {
    const answer = await ask(url, ALL, {}, token);
    expect(answer.errors).toBeUndefined();
    return answer.data;
  };
  const command = async (data: string, ...args: string[]) => {
    const running = gongjian(args, { DATA_DIR: data, LOG_LEVEL: undefined });
    const { code } = await running.ended;
    return { code, out: running.out, err: running.err };
  };

  const contacts = async () => {
    const { data, errors } = await ask(
      url,
      `{ communityByIdentifier(scheme: CN_STATS, value: "510116001001") { contacts { nodes { value } } } }`,
      {},
      token,
    );
    return errors?.map(({ extensions }) => extensions.code) ?? data.communityByIdentifier.contacts.nodes;
  };

  beforeAll(async () => {
    await up(one);
    await write("importRegions", [{ code: "51", scheme: "CN_STATS", name: "四川省", level: "PROVINCE" }]);
    await write("importCommunities", [
      { scheme: "CN_STATS", identifier: "510116001001", name: "祥鹤社区居委会", kind: "URBAN", regionCode: "51" },
    ]);
    const { data } = await ask(url, `{ communityByIdentifier(scheme: CN_STATS, value: "510116001001") { id } }`, {}, token);
    const input = { communityId: data.communityByIdentifier.id, kind: "PHONE", purpose: "值班", value: NUMBER };
    const added = await ask(url, `mutation ($input: AddContactInput!) { addContact(input: $input) { __typename } }`, { input }, token);
    expect(added.data).toEqual({ addContact: { __typename: "Contact" } });
    await write(
      "importOrganisations",
      Array.from({ length: 90 }, (_, index) => organisation(`o-${index}`)),
    );
    before = await answers();
  });

  test("is backed up while it serves, into a file for its owner alone, and never over another file", async () => {
    expect(await command(one, "backup", file)).toMatchObject({ code: 0, out: expect.stringMatching(/^Wrote \d+ rows of \d+ tables to /) });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const kept = readFileSync(file);
    expect(await command(one, "backup", file)).toMatchObject({
      code: 1,
      err: `gongjian: ${file} is there already; a backup does not write over a file.\n`,
    });
    expect(readFileSync(file)).toEqual(kept);
    expect(readdirSync(folder)).toEqual(["embedded.backup"]);
  });

  test("has no key, no secret and no password in its backup, and no number that one of them encrypts", () => {
    const text = gunzipSync(readFileSync(file)).toString();
    const files = [
      "internal-secret",
      "data-keys",
      join("postgres", "password"),
      ...readdirSync(join(one, "keys")).map((name) => join("keys", name)),
    ];
    expect(files.length).toBeGreaterThan(3);
    for (const name of files) {
      const words = readFileSync(join(one, name), "utf8").match(/[\w+/-]{20,}/gu) ?? [];
      expect([name, words.length > 0]).toEqual([name, true]);
      expect([name, words.filter((word) => text.includes(word))]).toEqual([name, []]);
    }
    expect(text.replace(/\D/gu, "")).not.toContain("85110001");
  });

  test("is not restored under running services, nor over data unless that is asked for", async () => {
    await write("importOrganisations", [organisation("later")]);
    expect(await command(one, "restore", file, "--replace")).toMatchObject({
      code: 1,
      err: expect.stringMatching(
        /^gongjian: gongjian-\w+(, gongjian-\w+)* are connected to the database: stop the services first\. Nothing was changed\.\n$/,
      ),
    });
    await down();
    expect(await command(one, "restore", file)).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^gongjian: The database is not empty \(\S+ has rows\)\. Pass --replace/),
    });
    await up(one);
    expect((await ask(url, ALL, {}, token)).data.organisations.nodes).toHaveLength(91);
    await down();
  });

  const broken: Record<string, [(whole: Buffer) => Buffer, RegExp]> = {
    "cut off": [(whole) => whole.subarray(0, whole.length - 200), /is cut off/],
    "with a changed bit": [
      (whole) => {
        const copy = Buffer.from(whole);
        copy[copy.length - 6] = copy[copy.length - 6]! ^ 1;
        return copy;
      },
      /is no backup of gongjian, or it is damaged/,
    ],
    "with a changed row": [
      (whole) => gzipSync(gunzipSync(whole).toString().replace("邻里中心 o-7", "邻里中心 o-8")),
      /the checksum of communities\.\S+ is not/,
    ],
    "with a row too few": [
      (whole) =>
        gzipSync(
          gunzipSync(whole)
            .toString()
            .replace(/^51\t.*\n/mu, ""),
        ),
      /the checksum of communities\.\w+ is not/,
    ],
    "without its end": [
      (whole) =>
        gzipSync(
          gunzipSync(whole)
            .toString()
            .replace(/[^\n]*\n$/u, ""),
        ),
      /is no backup of gongjian, or it is cut off/,
    ],
    "that is something else": [() => gzipSync("hello\n"), /is no backup of gongjian/],
    "that is not packed": [() => Buffer.from("hello\n"), /is no backup of gongjian/],
    "of a newer gongjian": [
      (whole) => gzipSync(gunzipSync(whole).toString().replace('"Memberships', '"Tomorrow1900000000000","Memberships')),
      /was made by a newer gongjian, with Tomorrow1900000000000/,
    ],
    "of another format": [
      (whole) => gzipSync(gunzipSync(whole).toString().replace('"version":1', '"version":2')),
      /is a backup of format 2/,
    ],
  };

  test.each(Object.keys(broken))("a file %s changes nothing", async (name) => {
    const [spoil, message] = broken[name]!;
    const path = fileOf("broken.backup");
    writeFileSync(path, spoil(readFileSync(file)));
    const { code, err } = await command(one, "restore", path, "--replace");
    expect([code, err.trim().split("\n").length]).toEqual([1, 1]);
    expect(err).toMatch(message);
  });

  test("is restored in the place of what is there, and then answers as it did", async () => {
    await up(one);
    // none of the broken files has changed anything
    expect((await ask(url, ALL, {}, token)).data.organisations.nodes).toHaveLength(91);
    await down();
    const restored = await command(one, "restore", file, "--replace");
    expect(restored).toMatchObject({ code: 0, err: "" });
    expect(restored.out).toMatch(
      /^Restored \d+ rows of \d+ tables, as they were at \d{4}-.*\nok {3}communities: 93 entries\nok {3}events: 0 entries\nok {3}matching: 0 entries\n$/,
    );
    await up(one);
    expect(await answers()).toEqual(before);
    await down();
  });

  test("that was lost is restored into an empty folder: the same answers, a whole audit trail, and it can be written on", async () => {
    rmSync(join(one, "postgres"), { recursive: true, force: true });
    expect(await command(two, "restore", file)).toMatchObject({ code: 0, out: expect.stringContaining("ok   communities: 93 entries") });
    await up(two);
    expect(await answers()).toEqual(before);
    await write("importOrganisations", [organisation("next")]);
    expect(await contacts()).toEqual(["INTERNAL"]);
    await down();
    expect(await command(two, "audit", "verify")).toMatchObject({
      code: 0,
      out: "ok   communities: 94 entries\nok   events: 0 entries\nok   matching: 0 entries\n",
    });
  });

  test("has its private data again once it has its keys, which are kept elsewhere", async () => {
    copyFileSync(join(one, "data-keys"), join(two, "data-keys"));
    await up(two);
    expect(JSON.stringify(await contacts()).replace(/\D/gu, "")).toContain("85110001");
    await down();
  });
});
