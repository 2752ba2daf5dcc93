import DataLoader from "dataloader";

/** Puts rows into the order of the keys that asked for them; a key without a row gets null. */
export const inOrder = <T>(keys: readonly string[], rows: readonly T[], key: (row: T) => string): (T | null)[] => {
  const byKey = new Map(rows.map((row) => [key(row), row]));
  return keys.map((k) => byKey.get(k) ?? null);
};

/** Puts rows into groups in the order of the keys that asked for them; a key without rows gets an empty group. */
export const groupsInOrder = <T>(keys: readonly string[], rows: readonly T[], key: (row: T) => string): T[][] => {
  const groups = new Map<string, T[]>(keys.map((k) => [k, []]));
  for (const row of rows) groups.get(key(row))?.push(row);
  return keys.map((k) => groups.get(k) ?? []);
};

/** A batch read, declared once and instantiated once a request by `LoaderSet`. */
export interface LoaderDefinition<C, K, V> {
  readonly batch: (context: C, keys: readonly K[]) => Promise<readonly (V | Error)[]>;
  readonly cacheKey: (key: K) => unknown;
}

export const defineLoader = <C, K, V>(
  batch: (context: C, keys: readonly K[]) => Promise<readonly (V | Error)[]>,
  cacheKey: (key: K) => unknown = (key) => key,
): LoaderDefinition<C, K, V> => ({ batch, cacheKey });

/** The loaders of one request. */
export class LoaderSet<C> {
  private readonly loaders = new Map<LoaderDefinition<never, never, never>, DataLoader<unknown, unknown>>();

  constructor(private readonly context: C) {}

  load<K, V>(definition: LoaderDefinition<C, K, V>, key: K): Promise<V> {
    return this.of(definition).load(key);
  }

  /** Forgets what was read, after a write in the same request. */
  clear(): void {
    for (const loader of this.loaders.values()) loader.clearAll();
  }

  private of<K, V>(definition: LoaderDefinition<C, K, V>): DataLoader<K, V> {
    const id = definition as unknown as LoaderDefinition<never, never, never>;
    let loader = this.loaders.get(id) as DataLoader<K, V, unknown> | undefined;
    if (!loader) {
      loader = new DataLoader<K, V, unknown>((keys) => definition.batch(this.context, keys), {
        cacheKeyFn: definition.cacheKey,
        maxBatchSize: 1000,
      });
      this.loaders.set(id, loader as unknown as DataLoader<unknown, unknown>);
    }
    return loader as DataLoader<K, V>;
  }
}
