import fc from "fast-check";
import { inParts } from "./run";

const lines = fc.array(fc.nat(40), { maxLength: 900 }).map((keys) => keys.map((key, row) => ({ row, input: { key: `k${key}` } })));

test("parts hold every row once and never separate what belongs together", () => {
  fc.assert(
    fc.property(lines, (rows) => {
      const parts = inParts(rows, "key");
      expect(
        parts
          .flat()
          .map(({ row }) => row)
          .sort((a, b) => a - b),
      ).toEqual(rows.map(({ row }) => row));
      const partOf = new Map<string, number>();
      for (const [index, part] of parts.entries())
        for (const { input } of part)
          expect(partOf.get(input.key as string) ?? index).toBe((partOf.set(input.key as string, index), index));
    }),
  );
});

test("rows that are free are cut at 200, and a table that must stay whole is not cut", () => {
  const rows = Array.from({ length: 450 }, (_, row) => ({ row, input: {} }));
  expect(inParts(rows, undefined).map((part) => part.length)).toEqual([200, 200, 50]);
  expect(inParts(rows, "*").map((part) => part.length)).toEqual([450]);
  expect(inParts([], undefined)).toEqual([]);
});
