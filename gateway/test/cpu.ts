import { fork } from "node:child_process";
import { Pool } from "undici";
import { openDoor } from "./door";

/**
 * The gateway's own CPU time for a request, over the toy subgraphs in one process; the client is another process.
 * `node -C source -r @swc-node/register gateway/test/cpu.ts [requests]`
 */
const QUERY = JSON.stringify({ query: "{ all { id name events { id title host { name } } busy } }" });
const AT_ONCE = 32;

async function client(url: string, requests: number): Promise<void> {
  const pool = new Pool(url, { connections: AT_ONCE });
  let left = requests;
  const worker = async () => {
    while (left-- > 0) {
      const { body, statusCode } = await pool.request({
        method: "POST",
        path: "/graphql",
        headers: { "content-type": "application/json" },
        body: QUERY,
      });
      if (statusCode !== 200) throw new Error(`${statusCode}: ${await body.text()}`);
      await body.dump();
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  await pool.close();
}

async function measure(requests: number): Promise<void> {
  const door = await openDoor({ settings: JSON.parse(process.env.SETTINGS ?? "{}"), logLevel: "info" });
  const ask = (count: number) =>
    new Promise<void>((resolve, reject) => {
      const child = fork(__filename, ["--client", door.url, String(count)], { execArgv: process.execArgv });
      child.once("exit", (code) => (code === 0 ? resolve() : reject(new Error(`client ended with ${code}`))));
    });
  await ask(requests);
  for (let round = 0; round < 5; round++) {
    const began = process.cpuUsage();
    const start = performance.now();
    await ask(requests);
    const { user, system } = process.cpuUsage(began);
    console.log(
      `${((user + system) / requests).toFixed(0)} us CPU a request, ${(performance.now() - start).toFixed(0)} ms with client start`,
    );
  }
  await door.close();
}

const [first, url = "", count] = process.argv.slice(2);
void (first === "--client" ? client(url, Number(count)) : measure(Number(first ?? 4_000)));
