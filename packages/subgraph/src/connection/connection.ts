import { Arg, ArgsType, Directive, Field, Int, ObjectType, type ClassType } from "type-graphql";
import { PublicError } from "../errors";

/** Relay's page information, for walking forward. */
@ObjectType({ description: "Where a page stands in its list (Relay Cursor Connections)." })
@Directive("@shareable")
export class PageInfo {
  @Field({ description: "Whether more follows after this page." })
  hasNextPage: boolean;

  @Field({ description: "Whether this page was asked for with `after`, so that something comes before it." })
  hasPreviousPage: boolean;

  @Field(() => String, { nullable: true, description: "The cursor of the first edge; null on an empty page." })
  startCursor: string | null;

  @Field(() => String, { nullable: true, description: "The cursor to pass as `after` for the next page; null on an empty page." })
  endCursor: string | null;
}

export const DEFAULT_PAGE = 20;
export const LARGEST_PAGE = 100;

/** The arguments of every list. */
@ArgsType()
export class PageArgs {
  @Field(() => Int, { nullable: true, description: `How many to return at most, 1 to ${LARGEST_PAGE}; ${DEFAULT_PAGE} when left out.` })
  first?: number | null;

  @Field(() => String, {
    nullable: true,
    description: "Return what follows this cursor (`pageInfo.endCursor` of the page before). Cursors belong to one list in one order.",
  })
  after?: string | null;
}

/**
 * The argument `first` of a short list that is read from its beginning only, without pages: what it answers with is bounded by what it is
 * weighed at. @param standard how many when it is left out
 */
export const FirstArg = (standard: number) =>
  Arg("first", () => Int, {
    nullable: true,
    defaultValue: standard,
    description: `How many to return at most, 1 to ${LARGEST_PAGE}; ${standard} when left out.`,
  });

/** The records of a page. */
export const nodesOf = <T>(page: Page<T>): T[] => page.edges.map(({ node }) => node);

export interface Edge<T> {
  cursor: string;
  node: T;
}

/** A page of a list. `count` is asked only when `totalCount` is selected. */
export interface Page<T> {
  edges: Edge<T>[];
  pageInfo: PageInfo;
  count: () => Promise<number>;
}

/** @throws PublicError PAGE_SIZE_INVALID unless 1 <= first <= 100 */
export function pageSize(args: { first?: number | null }): number {
  const first = args.first ?? DEFAULT_PAGE;
  if (!Number.isInteger(first) || first < 1 || first > LARGEST_PAGE)
    throw new PublicError("PAGE_SIZE_INVALID", { least: 1, most: LARGEST_PAGE });
  return first;
}

/** Makes the connection and edge types of a node type: `NeedConnection`, `NeedEdge`. */
export function connectionOf<T extends object>(node: ClassType<T>, name: string): ClassType<Page<T>> {
  @ObjectType(`${name}Edge`, { description: `A ${name} in a list, with its place in it.` })
  class EdgeType {
    @Field({ description: "The place in the list, for `after`." })
    cursor: string;

    @Field(() => node, { description: `The ${name} at this place.` })
    node: T;
  }

  @ObjectType(`${name}Connection`, { description: `A page of a list of ${name} records.` })
  class ConnectionType {
    @Field(() => [EdgeType], { description: "The records of this page, with cursors." })
    edges: EdgeType[];

    @Field(() => [node], { description: "The records of this page, without cursors." })
    nodes(): T[] {
      return this.edges.map((edge) => edge.node);
    }

    @Field(() => PageInfo, { description: "Where this page stands in the list." })
    pageInfo: PageInfo;

    @Field(() => Int, { description: "How many records the whole list has. Counted only when asked for." })
    totalCount(): Promise<number> {
      return this.count();
    }

    count: () => Promise<number>;
  }
  return ConnectionType as unknown as ClassType<Page<T>>;
}
