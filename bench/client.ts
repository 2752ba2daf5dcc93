/**
 * The load: a process of its own, so that its work is not counted with the servers'. Each request carries a token that no server
 * has seen; they are minted before the clock starts. Every answer is compared with the expected one.
 */
import { randomUUID } from "node:crypto";
import { localIssuer } from "@gongjian/subgraph";
import { Client } from "undici";
import { quantile } from "./table";

export interface Load {
  url: string;
  body: string;
  /** What every answer must be, byte for byte. */
  expected: string;
  connections: number;
  /** How long to ask; less where the tokens run out. */
  seconds: number;
  tokens: number;
}

export interface Measured {
  requests: number;
  seconds: number;
  p50: number;
  p99: number;
}

const MEMBERSHIPS = [{ role: "RESIDENT", scope: "region:510116003" }] as const;

async function mint(count: number): Promise<string[]> {
  const issuer = await localIssuer(process.env["KEYS_DIR"]!);
  const tokens: string[] = [];
  for (let made = 0; made < count; made++) {
    tokens.push(await issuer.mint({ subject: `resident-${randomUUID()}`, memberships: MEMBERSHIPS }, 3600));
  }
  return tokens;
}

async function measure({ url, body, expected, connections, seconds, tokens: count }: Load): Promise<Measured> {
  const tokens = await mint(count);
  const { origin, pathname } = new URL(url);
  const latencies: number[] = [];
  const clients = Array.from({ length: connections }, () => new Client(origin, { pipelining: 1 }));
  const start = performance.now();
  const until = start + seconds * 1000;
  const ask = async (client: Client): Promise<void> => {
    for (let sent = performance.now(); sent < until; sent = performance.now()) {
      const token = tokens.pop();
      if (token === undefined) return;
      const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
      const response = await client.request({ method: "POST", path: pathname, headers, body });
      const text = await response.body.text();
      if (text !== expected) throw new Error(`${url} answered ${response.statusCode} and not what was expected: ${text.slice(0, 300)}`);
      latencies.push(performance.now() - sent);
    }
  };
  await Promise.all(clients.map(ask));
  const elapsed = (performance.now() - start) / 1000;
  await Promise.all(clients.map((client) => client.close()));
  const sorted = Float64Array.from(latencies).sort();
  return { requests: latencies.length, seconds: elapsed, p50: quantile(sorted, 0.5), p99: quantile(sorted, 0.99) };
}

process.on("message", (message) => {
  if (typeof message !== "object" || message === null || !("load" in message)) return;
  measure(message.load as Load).then(
    (measured) => process.send?.({ measured }),
    (error: Error) => {
      console.error(error.message);
      process.exit(1);
    },
  );
});
// waiting for work is what this process does
process.channel?.ref();
