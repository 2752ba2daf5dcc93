import { spawn, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import { internalSecret, type Settings } from "@gongjian/settings";
import { Failure } from "../failure";
import { banner } from "../banner";
import type { Postgres } from "./postgres";
import { subgraphUrl } from "./postgres";
import { SUBGRAPHS } from "./subgraphs";

const READY_WITHIN_MS = 60_000;
const ANSWER_WITHIN_MS = 5_000;
const POLL_MS = 100;
/** What a process gets beyond the grace period of its requests before it is killed. */
const END_MS = 2_000;

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;
const howEnded = (child: ChildProcess): string => (child.signalCode ? `killed by ${child.signalCode}` : `exit code ${child.exitCode}`);

/** One service as a process of its own: `gongjian serve <service>` with the same Node.js, sources or build, as this process. */
class Service {
  private readonly child: ChildProcess;
  /** Where it says that it serves, once it does. */
  private url: string | null = null;

  constructor(
    readonly name: string,
    env: Record<string, string>,
    onEnd: (how: string) => void,
  ) {
    const main = join(__dirname, "..", __filename.endsWith(".ts") ? "main.ts" : "main.js");
    this.child = spawn(process.execPath, [...process.execArgv, main, "serve", name], {
      stdio: ["ignore", "pipe", "inherit"],
      env: { ...process.env, ...env, GONGJIAN_LAUNCHER: String(process.pid) },
      // a Ctrl-C is for this process alone, which ends the gateway before the subgraphs that it still asks
      detached: true,
    });
    let said = "";
    this.child.stdout?.on("data", (text: Buffer) => {
      said = (said + text.toString()).slice(-1_000);
      this.url ??= /: (http:\/\/\S+)\/graphql\n/.exec(said)?.[1]?.replace("//0.0.0.0:", "//127.0.0.1:") ?? null;
    });
    this.child.on("error", () => undefined);
    this.child.once("exit", () => onEnd(howEnded(this.child)));
  }

  /** Resolves once it answers. Its own word comes first: another program may answer at its port. @returns where it serves */
  async ready(): Promise<string> {
    for (const until = Date.now() + READY_WITHIN_MS; Date.now() < until; await new Promise((resolve) => setTimeout(resolve, POLL_MS))) {
      if (hasEnded(this.child))
        throw new Failure(`The service ${this.name} ended at its start (${howEnded(this.child)}); its reason stands above.`);
      const answer = this.url && (await fetch(`${this.url}/ready`, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) }).catch(() => null));
      if (this.url && answer && answer.ok) return this.url;
    }
    throw new Failure(`The service ${this.name} did not answer within ${READY_WITHIN_MS / 1000} s.`);
  }

  /** SIGTERM, and SIGKILL for one that does not end within the grace period. */
  async end(graceMs: number): Promise<void> {
    if (hasEnded(this.child)) return;
    const ended = new Promise<void>((resolve) => this.child.once("exit", () => resolve()));
    this.child.kill("SIGTERM");
    const timer = setTimeout(() => this.child.kill("SIGKILL"), graceMs + END_MS);
    await ended;
    clearTimeout(timer);
  }
}

/** Each subgraph and the gateway as processes of their own. When one of them ends by itself, `fail` is told. */
export class SplitServices {
  private readonly subgraphs: Service[] = [];
  private gateway: Service | null = null;
  private closing = false;
  private ready = false;

  constructor(
    private readonly settings: Settings,
    private readonly postgres: Postgres,
    private readonly fail: (reason: string) => void,
  ) {}

  private launch(name: string, env: Record<string, string>): Service {
    if (this.closing) throw new Failure("Ending.");
    return new Service(name, env, (how) => {
      if (this.ready && !this.closing) this.fail(`The service ${name} has ended (${how}): ending all of them.`);
    });
  }

  /** Resolves when all of them answer. @throws Failure naming the one that does not */
  async start(say: (line: string) => void): Promise<void> {
    const { settings } = this;
    const host = settings.host === "0.0.0.0" ? "127.0.0.1" : settings.host;
    const ports = { communities: settings.communitiesPort, events: settings.eventsPort, matching: settings.matchingPort };
    for (const { name } of SUBGRAPHS) if (ports[name] === 0) throw new Failure(`${name.toUpperCase()}_PORT must not be 0 with --split.`);
    const urls = Object.fromEntries(SUBGRAPHS.map(({ name }) => [`${name.toUpperCase()}_URL`, `http://${host}:${ports[name]}`]));
    const env = { ...urls, INTERNAL_SECRET: internalSecret(settings) };
    for (const subgraph of SUBGRAPHS) {
      const login = { [`${subgraph.name.toUpperCase()}_DATABASE_URL`]: subgraphUrl(settings, subgraph, this.postgres.adminUrl) };
      this.subgraphs.push(this.launch(subgraph.name, { ...env, ...login, DATABASE_URL: "" }));
    }
    for (const subgraph of this.subgraphs) await subgraph.ready();
    this.gateway = this.launch("gateway", { ...env, DATABASE_URL: "" });
    const url = await this.gateway.ready();
    this.ready = true;
    say(banner(url, settings.demoMode));
    say(`\nSubgraphs: ${SUBGRAPHS.map(({ name }) => `${name} ${urls[`${name.toUpperCase()}_URL`]}/graphql`).join(", ")}`);
  }

  /** The gateway first: the requests that it finishes ask the subgraphs. */
  async close(): Promise<void> {
    this.closing = true;
    await this.gateway?.end(this.settings.shutdownGraceMs);
    await Promise.all(this.subgraphs.map((subgraph) => subgraph.end(this.settings.shutdownGraceMs)));
  }
}
