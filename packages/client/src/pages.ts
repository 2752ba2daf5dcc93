import type { Client } from "./client";
import type { TypedDocument } from "./document";

/** What a list answers with: a page, and where the next one begins. */
export interface Page<Node> {
  nodes: readonly Node[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

/**
 * Every record of a list, page after page; a page is asked for when the one before it has been read.
 * @param pageOf where in the answer the list is; null or undefined where there is none, which ends it
 * @throws ClientError as execute does
 */
export async function* eachNode<Result, Variables extends { after?: string | null | undefined }, Node>(
  client: Client,
  document: TypedDocument<Result, Variables>,
  variables: Variables,
  pageOf: (result: Result) => Page<Node> | null | undefined,
): AsyncGenerator<Node, void, undefined> {
  let after = variables.after;
  for (;;) {
    const result = await client.execute<Result, Variables & { after?: string | null | undefined }>(document, { ...variables, after });
    const page = pageOf(result);
    yield* page?.nodes ?? [];
    if (!page?.pageInfo.hasNextPage) return;
    const { endCursor } = page.pageInfo;
    if (endCursor === null || endCursor === after) throw new Error("A list says that it goes on, but not from where");
    after = endCursor;
  }
}
