import type { Viewer } from "@gongjian/subgraph";
import { request } from "undici";
import { Failure } from "../failure";
import type { Platform } from "../platform/platform";

/** Asks the platform one operation and returns its data; a Failure where it is refused. */
export type Ask = <T>(query: string, variables: Record<string, unknown>) => Promise<T>;

interface GraphQLAnswer {
  data?: unknown;
  errors?: readonly { message: string; extensions?: Record<string, unknown> }[];
}

function dataOf<T>({ data, errors }: GraphQLAnswer): T {
  if (errors && errors.length > 0) {
    throw new Failure(
      errors
        .map(
          ({ message, extensions }) =>
            `${message} ${JSON.stringify({ ...extensions, ...(extensions?.["stacktrace"] ? { stacktrace: undefined } : {}) })}`,
        )
        .join("\n"),
    );
  }
  return data as T;
}

/** Whoever runs the command line on the machine of the database is its administrator. */
export const OPERATOR: Viewer = { subject: "operator", memberships: [{ role: "ADMIN", scope: "*" }] };

/** Asks a platform in this process. */
export const askInProcess =
  (platform: Platform, viewer: Viewer = OPERATOR): Ask =>
  async <T>(query: string, variables: Record<string, unknown>) =>
    dataOf<T>((await platform.gateway.executeOperation({ query, variables }, { viewer })) as GraphQLAnswer);

/** Asks a platform that runs somewhere else, with a person's or a service's token. */
export const askRemote =
  (url: string, token: string | undefined): Ask =>
  async <T>(query: string, variables: Record<string, unknown>) => {
    const response = await request(url, {
      method: "POST",
      headers: { "content-type": "application/json", ...(token && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify({ query, variables }),
    });
    const body = await response.body.text();
    let answer: GraphQLAnswer;
    try {
      answer = JSON.parse(body) as GraphQLAnswer;
    } catch {
      throw new Failure(`${url} did not answer as a GraphQL server does (HTTP ${response.statusCode}).`);
    }
    return dataOf<T>(answer);
  };
