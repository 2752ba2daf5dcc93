/** How full caches are, by name: entries, and their size in characters. */
export type CacheSizes = Readonly<Record<string, { entries: number; characters: number }>>;

export function sizesOf({ size, calculatedSize }: { size: number; calculatedSize: number }) {
  return { entries: size, characters: calculatedSize };
}
