import { serverAccount } from "./account";
import { reachableBinaries } from "./binaries";
import { type Cluster, clusterUrl, findRunning, initialise, settle, start, stop } from "./cluster";
import { DataFolder } from "./folder";
import { isAlive } from "./processes";

export interface EmbeddedOptions {
  /** Holds password, port, log and (where the server's user can enter it) the database's files. Made when missing. */
  dataDir: string;
  log?: (line: string) => void;
  /** False: commits are not flushed to disk. For tests only: a power loss destroys the database. Default true. */
  durable?: boolean;
  /** Folder with bin/, lib/ and share/ of PostgreSQL, in place of the installed package's. */
  nativeDir?: string;
}

export interface EmbeddedServer {
  /** The superuser's URL, on 127.0.0.1 only. */
  url: string;
  /** Signs off. The server ends with its last user; users that died do not count. May be called again. */
  stop(): Promise<void>;
  /** True when the server was already running, started by another process or left over by one that was killed. */
  adopted: boolean;
  /**
   * Starts the server again where it has ended although nobody signed off: killed by a person, or for want of memory. Cheap while it runs.
   * @returns whether it had ended. Rejects when it does not start, or only on another port than the URL's.
   */
  revive(): Promise<boolean>;
}

/**
 * Starts a real PostgreSQL on the data folder, or takes the one that already runs on it. Works as any user: as root the server runs as
 * the user postgres, and what that user cannot reach (the data folder, the programs) is kept or copied where it can.
 * Starters of the same folder wait for each other, so that only one of them makes the cluster and starts the server.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const log = options.log ?? (() => undefined);
  const durable = options.durable ?? true;
  const data = new DataFolder(options.dataDir);
  return data.locked(async () => {
    const account = serverAccount();
    const planned: Cluster = {
      folder: data.locateCluster(account, durable, log),
      account,
      binaries: reachableBinaries(account, log, options.nativeDir),
      password: data.password(),
      durable,
      logFile: data.log,
    };
    initialise(planned, log);
    data.point(planned.folder);
    const cluster = settle(planned);
    const running = await findRunning(cluster);
    const server = running ?? (await start(cluster, data.port));
    data.port = server.port;
    log(`${running ? "took over the" : "started a"} PostgreSQL on 127.0.0.1:${server.port}`);

    const leave = data.enter();
    let stopped: Promise<void> | null = null;
    let pid = server.pid;
    const revive = (): Promise<boolean> =>
      data.locked(async () => {
        if (stopped) return false;
        const other = await findRunning(cluster);
        const now = other ?? (await start(cluster, server.port));
        if (now.port !== server.port) {
          throw new Error(`PostgreSQL was started again on port ${now.port}, for ${server.port} is taken: start again`);
        }
        pid = now.pid;
        if (!other) log(`started the PostgreSQL on 127.0.0.1:${now.port} again`);
        return true;
      });
    return {
      url: clusterUrl(cluster, server.port),
      adopted: running !== null,
      revive: async () => (stopped || isAlive(pid) ? false : revive()),
      stop: () => {
        stopped ??= data.locked(async () => {
          if (leave()) await stop(cluster);
        });
        return stopped;
      },
    };
  });
}
