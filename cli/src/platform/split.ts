import { spawn, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import { internalSecret, type Settings } from "@gongjian/settings";
import { Failure } from "../failure";
import { banner } from "../banner";
import type { Postgres } from "./postgres";
import { subgraphUrl } from "./postgres";
import { SUBGRAPHS } from "./subgraphs";

const READY_WITHIN_MS = 30_000;
const POLL_MS = 100;

/** Runs `gongjian serve <service>` with the same Node.js, sources or build, as this process. */
function serve(service: string, env: Record<string, string>): ChildProcess {
  return spawn(
    process.execPath,
    [...process.execArgv, join(__dirname, "..", __filename.endsWith(".ts") ? "main.ts" : "main.js"), "serve", service],
    {
      stdio: ["ignore", "ignore", "inherit"],
      env: { ...process.env, ...env, GONGJIAN_LAUNCHER: String(process.pid) },
    },
  );
}

async function ready(url: string, child: ChildProcess, service: string): Promise<void> {
  const until = Date.now() + READY_WITHIN_MS;
  while (Date.now() < until) {
    if (child.exitCode !== null)
      throw new Failure(`The service ${service} ended at its start (exit code ${child.exitCode}); its reason stands above.`);
    const answer = await fetch(`${url}/ready`).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  throw new Failure(`The service ${service} did not answer within ${READY_WITHIN_MS / 1000} s at ${url}.`);
}

/** SIGTERM, and SIGKILL for one that does not end within the grace period. */
async function end(child: ChildProcess, graceMs: number): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), graceMs + 2_000);
  await ended;
  clearTimeout(timer);
}

/** Starts each subgraph and the gateway as processes of their own, and asks this one to end when one of them does. @returns what ends them */
export async function startSplit(settings: Settings, postgres: Postgres, say: (line: string) => void): Promise<() => Promise<void>> {
  const host = settings.host === "0.0.0.0" ? "127.0.0.1" : settings.host;
  const ports = { communities: settings.communitiesPort, events: settings.eventsPort, matching: settings.matchingPort };
  const urls = Object.fromEntries(SUBGRAPHS.map(({ name }) => [`${name.toUpperCase()}_URL`, `http://${host}:${ports[name]}`]));
  const env = { ...urls, INTERNAL_SECRET: internalSecret(settings) };
  const children: ChildProcess[] = [];
  let closing = false;
  const close = async (): Promise<void> => {
    closing = true;
    await Promise.all(children.map((child) => end(child, settings.shutdownGraceMs)));
  };
  try {
    for (const subgraph of SUBGRAPHS) {
      const login = {
        [`${subgraph.name.toUpperCase()}_DATABASE_URL`]: subgraphUrl(settings, subgraph, postgres.adminUrl),
        DATABASE_URL: "",
      };
      children.push(serve(subgraph.name, { ...env, ...login }));
    }
    for (const [index, { name }] of SUBGRAPHS.entries()) await ready(urls[`${name.toUpperCase()}_URL`]!, children[index]!, name);
    const gateway = serve("gateway", { ...env, DATABASE_URL: "" });
    children.push(gateway);
    const url = `http://${host}:${settings.port}`;
    await ready(url, gateway, "gateway");
    // one that ends by itself ends all; one that we end does not ask again
    for (const child of children) child.once("exit", () => closing || process.kill(process.pid, "SIGTERM"));
    say(banner(url, settings.demoMode));
    say(`\nSubgraphs: ${SUBGRAPHS.map(({ name }) => `${name} ${urls[`${name.toUpperCase()}_URL`]}/graphql`).join(", ")}`);
    return close;
  } catch (error) {
    await close();
    throw error;
  }
}
