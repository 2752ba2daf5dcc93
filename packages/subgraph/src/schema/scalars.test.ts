import fc from "fast-check";
import { toInstant } from "./scalars";

const twoDigits = (value: number): string => String(value).padStart(2, "0");

test.each([
  ["9999-12-31T23:59:59-14:00", "beyond the year 9999"],
  ["9999-12-31T23:59:59.9999-00:01", "beyond the year 9999 by a minute"],
  ["0001-01-01T00:00:00+00:01", "before the year 1"],
  ["0000-12-31T00:00:00Z", "in no year"],
])("%s is %s, and refused", (text) => {
  expect(toInstant(text)).toBeNull();
});

test.each([
  ["9999-12-31T23:59:59Z", "9999-12-31T23:59:59.000Z"],
  ["9999-12-31T23:59:59+14:00", "9999-12-31T09:59:59.000Z"],
  ["0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000Z"],
  ["0001-01-01T00:00:00-14:00", "0001-01-01T14:00:00.000Z"],
])("%s is %s", (text, instant) => {
  expect(toInstant(text)).toBe(instant);
});

test("what is taken has a year of four digits, and is taken again as it is", () => {
  const day = fc.tuple(
    fc.constantFrom("0000", "0001", "0002", "1970", "9998", "9999"),
    fc.integer({ min: 1, max: 12 }),
    fc.constantFrom(1, 2, 28, 30, 31),
  );
  const clock = fc.tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom("Z", "+14:00", "-14:00", "+00:01", "-00:01"));
  fc.assert(
    fc.property(day, clock, ([year, month, date], [hour, offset]) => {
      const instant = toInstant(`${year}-${twoDigits(month)}-${twoDigits(date)}T${twoDigits(hour)}:30:00${offset}`);
      if (instant === null) return;
      expect(instant).toMatch(/^(?!0000)\d{4}-\d{2}-\d{2}T/u);
      expect(toInstant(instant)).toBe(instant);
    }),
  );
});
