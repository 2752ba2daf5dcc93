import type { SubgraphContext } from "../context/context";
import { defineLoader, groupsInOrder, type LoaderDefinition } from "../loaders/loaders";
import { pageSize, type Page } from "./connection";
import { boundTo, countsStatement, countStatement, pagesStatement, pageStatement, toPage, type ListQuery } from "./list-query";

export interface ListArgs {
  first?: number | null;
  after?: string | null;
}

/** Reads one page of a list: one statement, and a second only when `totalCount` is selected. */
export async function readPage<T extends object>(context: SubgraphContext, list: ListQuery, args: ListArgs): Promise<Page<T>> {
  const query = boundTo(list, args);
  const { statement, params } = pageStatement(query, args);
  const rows = await context.rows<T>(statement, params);
  return toPage(rows, query.ordering, args, async () => {
    const counting = countStatement(query);
    const [row] = await context.rows<{ count: number }>(counting.statement, counting.params);
    return row?.count ?? 0;
  });
}

/** A list below a parent: which parent, and the arguments the list was asked with. */
export interface NestedList<A extends ListArgs> {
  parent: string;
  args: A;
}

interface NestedListDefinition<C, A> {
  /** The list without its tie to the parent. */
  query: (context: C, args: A) => ListQuery;
  /** Ties a row to its parent, e.g. `n.community_id = parent.id`. */
  link: string;
  parentType: "uuid" | "text";
}

const byArguments = <A extends ListArgs>(keys: readonly NestedList<A>[]): NestedList<A>[][] => {
  const groups = new Map<string, NestedList<A>[]>();
  for (const key of keys) {
    const id = JSON.stringify(key.args);
    const group = groups.get(id);
    if (group) group.push(key);
    else groups.set(id, [key]);
  }
  return [...groups.values()];
};

const cacheKey = <A extends ListArgs>(key: NestedList<A>): string => JSON.stringify([key.parent, key.args]);

/** A loader of lists below parents: one statement for all parents that ask with the same arguments. */
export function nestedList<C extends SubgraphContext, A extends ListArgs, T extends object>(
  definition: NestedListDefinition<C, A>,
): LoaderDefinition<C, NestedList<A>, Page<T>> {
  const counts = defineLoader<C, NestedList<A>, number>(async (context, keys) => {
    const found = new Map<NestedList<A>, number>();
    for (const group of byArguments(keys)) {
      const parents = group.map((key) => key.parent);
      const { statement, params } = countsStatement(
        definition.query(context, group[0]!.args),
        parents,
        definition.link,
        definition.parentType,
      );
      const rows = await context.rows<{ parent: string; count: number }>(statement, params);
      const byParent = new Map(rows.map((row) => [row.parent, row.count]));
      for (const key of group) found.set(key, byParent.get(key.parent) ?? 0);
    }
    return keys.map((key) => found.get(key) ?? 0);
  }, cacheKey);
  return defineLoader<C, NestedList<A>, Page<T>>(async (context, keys) => {
    const pages = new Map<NestedList<A>, Page<T>>();
    for (const group of byArguments(keys)) {
      const { args } = group[0]!;
      const query = boundTo(definition.query(context, args), args);
      const parents = group.map((key) => key.parent);
      const { statement, params } = pagesStatement(query, args, parents, definition.link, definition.parentType);
      const rows = await context.rows<T & { parent: string }>(statement, params);
      const groups = groupsInOrder(parents, rows, (row) => row.parent);
      group.forEach((key, index) =>
        pages.set(
          key,
          toPage<T>(groups[index]!, query.ordering, args, () => context.load(counts as never, key)),
        ),
      );
    }
    return keys.map((key) => pages.get(key)!);
  }, cacheKey);
}

/** The first so many records of a list below a parent. */
export interface FirstOf {
  parent: string;
  /** 1 to 100. */
  first: number;
}

/**
 * A loader of short lists that are read from their beginning only, as plain lists: one statement for all parents that ask for as many.
 * `read` answers with at most `first` records for each parent, in the order of the parents. @throws PublicError PAGE_SIZE_INVALID
 */
export const firstOfEach = <C extends SubgraphContext, T>(
  read: (context: C, parents: readonly string[], first: number) => Promise<T[][]>,
): LoaderDefinition<C, FirstOf, T[]> =>
  defineLoader<C, FirstOf, T[]>(
    async (context, keys) => {
      const found = new Map<FirstOf, T[]>();
      for (const first of new Set(keys.map((key) => key.first))) {
        const group = keys.filter((key) => key.first === first);
        const lists = await read(
          context,
          group.map((key) => key.parent),
          pageSize({ first }),
        );
        group.forEach((key, index) => found.set(key, lists[index]!));
      }
      return keys.map((key) => found.get(key)!);
    },
    ({ parent, first }) => `${first}:${parent}`,
  );
