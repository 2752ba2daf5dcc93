import fc from "fast-check";
import { checkDone, checkDue } from "./pairing-commitment.rules";

const days = fc.integer({ min: 0, max: 30 }).map((days) => new Date(Date.UTC(2024, 0, 1 + days)).toISOString().slice(0, 10));

test("done from the signing to today, with what shows it, or not at all", () => {
  fc.assert(
    fc.property(fc.option(days), fc.option(fc.constantFrom("照片", " ")), days, days, (doneOn, evidence, today, since) => {
      const right = checkDone({ doneOn, evidence }, { today, since }).length === 0;
      const between =
        doneOn !== null && evidence === "照片" && Date.parse(since) <= Date.parse(doneOn) && Date.parse(doneOn) <= Date.parse(today);
      expect(right).toBe(between || (doneOn === null && evidence === null));
    }),
    { examples: [[null, null, "2024-01-02", "2024-01-01"]] },
  );
});

test("nothing is due before the signing", () => {
  fc.assert(
    fc.property(days, days, (dueOn, since) => {
      expect(checkDue(dueOn, since).map(({ code }) => code)).toEqual(Date.parse(dueOn) < Date.parse(since) ? ["BEFORE_SIGNING"] : []);
    }),
  );
});
