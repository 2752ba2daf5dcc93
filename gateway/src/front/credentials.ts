import type { IncomingMessage } from "node:http";
import { ANONYMOUS, type Call, scriptFrom, type TokenVerifier, Unauthenticated, type Viewer } from "@gongjian/subgraph";

export type Verifier = Pick<TokenVerifier, "verify">;

/** On whose behalf a request comes. No credential is the public; one that is not good is refused, never taken for the public. */
export async function callOf({ headers }: IncomingMessage, requestId: string, verifier: Verifier): Promise<Call> {
  return { viewer: await viewerOf(headers.authorization, verifier), requestId, script: scriptFrom(headers["accept-language"]) };
}

async function viewerOf(authorization: string | undefined, verifier: Verifier): Promise<Viewer> {
  if (authorization === undefined) return ANONYMOUS;
  const match = /^Bearer +([^\s]+)$/i.exec(authorization);
  if (!match?.[1]) throw new Unauthenticated("not a bearer token");
  return verifier.verify(match[1]);
}
