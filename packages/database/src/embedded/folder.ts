import { createHash, randomBytes } from "node:crypto";
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { type Account, canEnter, reachableBase } from "./account";
import { identity, isSameAlive, sleep } from "./processes";

const LOCK_TIMEOUT_MS = 120_000;
const CLUSTER = "postgres";
const POINTER = "postgres.path";

const readText = (file: string): string | null => (existsSync(file) ? readFileSync(file, "utf8").trim() : null);

/** Writes a file whole or not at all, readable by its owner only. */
function writeWhole(file: string, text: string): void {
  const staging = `${file}.${process.pid}.${randomBytes(4).toString("hex")}`;
  writeFileSync(staging, `${text}\n`, { mode: 0o600 });
  renameSync(staging, file);
}

/** What the embedded server keeps in its data folder besides the cluster: password, port, who uses it, and a lock for starters. */
export class DataFolder {
  readonly path: string;

  constructor(path: string) {
    mkdirSync(path, { recursive: true });
    this.path = realpathSync(path);
  }

  get log(): string {
    return join(this.path, "server.log");
  }

  get port(): number | null {
    const port = Number(readText(join(this.path, "port")));
    return Number.isInteger(port) && port > 0 && port < 65_536 ? port : null;
  }

  set port(port: number) {
    writeWhole(join(this.path, "port"), String(port));
  }

  /** The superuser's password, made up once. */
  password(): string {
    const file = join(this.path, "password");
    const known = readText(file);
    if (known) {
      chmodSync(file, 0o600);
      return known;
    }
    const password = randomBytes(24).toString("base64url");
    writeWhole(file, password);
    return password;
  }

  /** Where the cluster is, or is to be: in this folder, or elsewhere when the server's user cannot enter this one. */
  locateCluster(account: Account | null, durable: boolean, log: (line: string) => void): string {
    const own = join(this.path, CLUSTER);
    const pointer = join(this.path, POINTER);
    const elsewhere = readText(pointer);
    if (elsewhere) {
      if (existsSync(join(elsewhere, "PG_VERSION")) || !durable) return elsewhere;
      throw new Error(`The database's files are no longer in ${elsewhere}. To begin with an empty database, remove ${pointer}`);
    }
    if (!account || canEnter(account, this.path)) return own;

    const name = createHash("sha256").update(this.path).digest("hex").slice(0, 16);
    const target = join(reachableBase(account, durable), `data-${name}`);
    if (existsSync(own) && !existsSync(target)) moveCluster(own, target, account);
    log(`the database server's user cannot enter ${this.path}: the database's files are in ${target}`);
    // The pointer is written last: one that names a cluster which never came to be would look like lost data.
    return target;
  }

  /** Remembers a cluster that lies elsewhere, once it is there. */
  point(cluster: string): void {
    if (cluster !== join(this.path, CLUSTER)) writeWhole(join(this.path, POINTER), cluster);
  }

  /** Registers a user of the server; the function that it returns signs off and says whether nobody is left. */
  enter(): () => boolean {
    const users = join(this.path, "users");
    mkdirSync(users, { recursive: true });
    const own = `${identity(process.pid)}-${randomBytes(4).toString("hex")}`;
    writeFileSync(join(users, own), "");
    return () => {
      rmSync(join(users, own), { force: true });
      const others = readdirSync(users);
      const gone = others.filter((name) => !isSameAlive(name));
      for (const name of gone) rmSync(join(users, name), { force: true });
      return gone.length === others.length;
    };
  }

  /** Runs `work` while no other process starts or stops this folder's server. A lock whose holder died is taken over. */
  async locked<T>(work: () => Promise<T>): Promise<T> {
    const lock = join(this.path, "lock");
    const mine = `${lock}.${process.pid}.${randomBytes(4).toString("hex")}`;
    writeFileSync(mine, identity(process.pid));
    try {
      await acquire(lock, mine);
      try {
        return await work();
      } finally {
        rmSync(lock, { force: true });
      }
    } finally {
      rmSync(mine, { force: true });
    }
  }
}

/** A hard link appears with its content or not at all, and only one of many wins. */
async function acquire(lock: string, mine: string): Promise<void> {
  for (const end = Date.now() + LOCK_TIMEOUT_MS; ; await sleep(20)) {
    try {
      return linkSync(mine, lock);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const holder = readText(lock);
    if (holder !== null && !isSameAlive(holder)) breakLock(lock, holder, mine);
    if (Date.now() > end) throw new Error(`Another process (${holder}) has held ${lock} for two minutes`);
  }
}

function breakLock(lock: string, holder: string, mine: string): void {
  const aside = `${mine}.dead`;
  try {
    renameSync(lock, aside);
    // Between reading and renaming another starter may have broken the lock and taken it: then it gets it back.
    if (readText(aside) !== holder) linkSync(aside, lock);
  } catch {
    // Somebody else was faster; the next round sees what there is now.
  } finally {
    rmSync(aside, { force: true });
  }
}

function moveCluster(from: string, to: string, account: Account): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EXDEV") throw error;
    const staging = `${to}.${process.pid}`;
    cpSync(from, staging, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true });
    for (const entry of readdirSync(staging, { recursive: true }) as string[]) chownSync(join(staging, entry), account.uid, account.gid);
    chownSync(staging, account.uid, account.gid);
    chmodSync(staging, 0o700);
    renameSync(staging, to);
    rmSync(from, { recursive: true, force: true });
  }
}
