import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { localIssuer } from "@gongjian/subgraph";
import { ask, dataDir, endAll, gongjian, PATIENCE_MS, urlOf } from "./faults/processes";

jest.setTimeout(4 * PATIENCE_MS);
afterAll(endAll);

const key = (id: string): string => `${id}:${randomBytes(32).toString("base64")}`;
const [OLD, NEW] = [key("old"), key("new")];
const NUMBERS = ["028-85110001", "028-85110002", "028-85110003"];
const READ = `{ communityByIdentifier(scheme: CN_STATS, value: "510116001001") { id contacts { nodes { value } } } }`;

test("the data keys are rotated while the platform serves, a second time finds nothing left, and then the old key can go", async () => {
  const data = dataDir();
  const mint = async (role: "ADMIN" | "OFFICER", scope: string): Promise<string> => {
    const issuer = await localIssuer(join(data, "keys"));
    return issuer.mint({ subject: `some-${role}`, memberships: [{ role, scope }] }, 3_600);
  };
  const serving = async (keys: string, work: (url: string) => Promise<void>): Promise<void> => {
    const server = gongjian(["start", "--no-demo"], { DATA_DIR: data, DATA_KEYS: keys });
    await work(await urlOf(server));
    server.signal("SIGTERM");
    expect(await server.ended).toEqual({ code: 0, signal: null });
  };
  const numbers = async (url: string): Promise<string[]> => {
    const { data: answer, errors } = await ask(url, READ, {}, await mint("OFFICER", "region:510116001"));
    expect(errors).toBeUndefined();
    const community = answer["communityByIdentifier"] as { contacts: { nodes: { value: string }[] } };
    return community.contacts.nodes.map(({ value }) => value.replace(/\D/gu, "").slice(-8)).sort();
  };
  const rotate = async (...args: string[]): Promise<string> => {
    const command = gongjian(["keys", "rotate", ...args], { DATA_DIR: data, DATA_KEYS: `${NEW},${OLD}` });
    expect(await command.ended).toEqual({ code: 0, signal: null });
    return command.out;
  };
  const expected = NUMBERS.map((number) => number.replace(/\D/gu, "").slice(-8));

  await serving(OLD, async (url) => {
    const admin = await mint("ADMIN", "*");
    const did = async (name: string, type: string, input: object): Promise<Record<string, unknown>> => {
      const { data: answer, errors } = await ask(
        url,
        `mutation ($input: ${type}!) { answer: ${name}(input: $input) { __typename } }`,
        { input },
        admin,
      );
      expect(errors).toBeUndefined();
      return answer["answer"] as Record<string, unknown>;
    };
    await did("importRegions", "ImportRegionsInput", {
      rows: [{ code: "510116001", name: "华阳街道", level: "STREET", scheme: "CN_STATS" }],
    });
    const community = { scheme: "CN_STATS", identifier: "510116001001", name: "祥鹤社区居委会", kind: "URBAN", regionCode: "510116001" };
    await did("importCommunities", "ImportCommunitiesInput", { rows: [community] });
    const { data: answer } = await ask(url, READ, {}, admin);
    const { id } = answer["communityByIdentifier"] as { id: string };
    for (const value of NUMBERS)
      expect(await did("addContact", "AddContactInput", { communityId: id, kind: "PHONE", purpose: "值班", value })).toEqual({
        __typename: "Contact",
      });
    expect(await numbers(url)).toEqual(expected);
  });
  await serving(`${NEW},${OLD}`, async (url) => {
    expect(await numbers(url)).toEqual(expected);
    expect(await rotate("--batch", "2")).toMatch(/communities\.contact: 3 rows sealed anew with new/u);
    expect(await rotate()).toMatch(/communities\.contact: 0 rows sealed anew with new/u);
    expect(await numbers(url)).toEqual(expected);
  });
  await serving(NEW, async (url) => expect(await numbers(url)).toEqual(expected));
});
