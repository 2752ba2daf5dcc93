import { SERVICE_REQUEST_STATES } from "@gongjian/entities-communities";
import fc from "fast-check";
import { checkServiceRequest, entryKey, mayGo, STEPS } from "./service-request.rules";

const codes = (draft: object) =>
  checkServiceRequest({ side: "WISH", topic: "CHILD_CARE", title: "看护", ...draft }).map(({ field, code }) => `${field} ${code}`);

test("a request that is all right has nothing wrong", () => {
  fc.assert(
    fc.property(
      fc.constantFrom("WISH", "OFFER"),
      fc.integer({ min: 1, max: 10_000 }),
      fc.integer({ min: 0, max: 1_000_000_000_000 }),
      (side, units, price) => expect(codes({ side, units, mode: "MARKET", price, currency: "CNY" })).toEqual([]),
    ),
  );
});

test.each([
  [{ title: "" }, "title REQUIRED"],
  [{ title: "字".repeat(101) }, "title TOO_LONG"],
  [{ topic: null }, "topic REQUIRED"],
  [{ mode: "PUBLIC_BENEFIT", price: 0 }, "price NOT_ALLOWED"],
  [{ mode: "MARKET", price: -1 }, "price OUT_OF_RANGE"],
  [{ currency: "yuan" }, "currency MALFORMED"],
  [{ units: 10_001 }, "units OUT_OF_RANGE"],
  [{ contactNote: "字".repeat(501) }, "contactNote TOO_LONG"],
  [{ organisationId: "x" }, "organisationId NOT_ALLOWED"],
])("%j is told as %s", (draft, told) => expect(codes(draft)).toEqual([told]));

test("whatever way a request goes, it comes to an end that it cannot leave, and never back from there", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(), { maxLength: 30 }), (choices) => {
      let state = "OPEN" as (typeof SERVICE_REQUEST_STATES)[number];
      for (const choice of choices) {
        const next = STEPS[state];
        if (next.length === 0) return SERVICE_REQUEST_STATES.every((to) => !mayGo(state, to));
        state = next[choice % next.length]!;
      }
      return true;
    }),
  );
  expect(SERVICE_REQUEST_STATES.filter((state) => STEPS[state].length === 0)).toEqual(["PASSED_ON", "DECLINED", "WITHDRAWN"]);
});

test("a request has one key in every round", () => expect(entryKey("a")).toBe("service-request:a"));
