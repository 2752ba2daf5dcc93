import { generateKeyPairSync, randomUUID, sign } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

const pair = generateKeyPairSync("rsa", { modulusLength: 2048 });
const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString("base64url");

/** An OpenID Connect provider: it publishes a key, and gives out access tokens. */
export class Provider {
  private server: Server | null = null;
  issuer = "";

  async open(): Promise<void> {
    const keys = [{ ...pair.publicKey.export({ format: "jwk" }), kid: "k", alg: "RS256", use: "sig" }];
    this.server = createServer((_, response) => response.setHeader("content-type", "application/json").end(JSON.stringify({ keys })));
    await new Promise<void>((done) => this.server!.listen(0, "127.0.0.1", done));
    this.issuer = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** What the platform is told about it. */
  get settings(): Record<string, string> {
    return { OIDC_ISSUER: this.issuer, OIDC_AUDIENCE: "gongjian", OIDC_JWKS_URL: `${this.issuer}/keys` };
  }

  token(subject: string): string {
    const exp = Math.floor(Date.now() / 1000) + 900;
    const claims = { iss: this.issuer, aud: "gongjian", sub: subject, jti: randomUUID(), exp };
    const body = `${encode({ alg: "RS256", kid: "k" })}.${encode(claims)}`;
    return `${body}.${sign("sha256", Buffer.from(body), pair.privateKey).toString("base64url")}`;
  }

  close(): Promise<unknown> {
    return new Promise((done) => (this.server ? this.server.close(done) : done(undefined)));
  }
}
