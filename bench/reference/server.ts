/**
 * What the platform is compared with: the same two questions answered by hand, with nothing between the socket and the rows but
 * node:http, pg with named prepared statements, and JSON.stringify. It verifies the bearer token with jose, unless the path says
 * not to; it asks for visibility as the platform does for the public, and checks nothing else: no query language, no limits.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { localIssuer } from "@gongjian/subgraph";
import type * as Jose from "jose" with { "resolution-mode": "import" };
import { Pool } from "pg";
import { needs, type Question, wholeRound } from "../queries";
import { needsAnswer, roundAnswer } from "./answers";

// an ES module, which Node can require()
const jose = require("jose") as typeof Jose;

const CONNECTIONS = 16;

interface Issuer {
  issuer: string;
  audience: string;
  keys: Jose.JWTVerifyGetKey;
}

async function verify(request: IncomingMessage, { issuer, audience, keys }: Issuer): Promise<boolean> {
  const { authorization = "" } = request.headers;
  if (!authorization.startsWith("Bearer ")) return false;
  try {
    await jose.jwtVerify(authorization.slice(7), keys, { issuer, audience, algorithms: ["EdDSA"], requiredClaims: ["exp", "sub"] });
    return true;
  } catch {
    return false;
  }
}

function bodyOf(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => resolve(parts.length === 1 ? parts[0]! : Buffer.concat(parts)));
    request.on("error", reject);
  });
}

async function main(): Promise<void> {
  const pool = new Pool({ connectionString: process.env["DATABASE_URL"], max: CONNECTIONS });
  const { issuer, audience, jwks } = await localIssuer(process.env["KEYS_DIR"]!);
  const trusted: Issuer = { issuer, audience, keys: jose.createLocalJWKSet(jwks) };
  const answers = new Map([
    [needs(0).query, ({ variables }: Question) => needsAnswer(pool, variables["first"] as number)],
    [wholeRound().query, () => roundAnswer(pool)],
  ]);

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    if (request.url === "/graphql" && !(await verify(request, trusted))) return void response.writeHead(401).end();
    const question = JSON.parse(body.toString("utf8")) as Question;
    const text = Buffer.from(JSON.stringify({ data: await answers.get(question.query)!(question) }));
    response.writeHead(200, { "content-type": "application/json; charset=utf-8", "content-length": text.length }).end(text);
  }

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      console.error(error);
      response.writeHead(500).end();
    });
  });
  server.listen(0, "127.0.0.1", () => process.send?.({ port: (server.address() as AddressInfo).port }));
  process.on("SIGTERM", () => process.exit(0));
}

void main();
