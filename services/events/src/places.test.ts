import fc from "fast-check";
import { repeatedParties, withOrders, type PlaceRow } from "./places";
import { checkOrganisers } from "./organiser/organiser.rules";

const row = fc.record({
  role: fc.constantFrom("HOST", "SUPPORTER"),
  partyKind: fc.constantFrom("COMMUNITY" as const, "ORGANISATION" as const),
  partyId: fc.constantFrom("a", "B", "b", "c"),
  list: fc.constantFrom("x", "y"),
});

test("rows without an order get 1, 2, 3 … in each list and role, in the order of the rows", () => {
  fc.assert(
    fc.property(fc.array(row), (rows) => {
      const ordered = withOrders(rows, (given) => given.list);
      for (const list of ["x", "y"])
        for (const role of ["HOST", "SUPPORTER"]) {
          const orders = ordered.filter((given) => given.list === list && given.role === role).map((given) => given.order);
          expect(orders).toEqual(orders.map((_, index) => index + 1));
        }
    }),
  );
});

test("an order that is given stands, and the next follows it", () => {
  const base: PlaceRow = { role: "HOST", partyKind: "COMMUNITY", partyId: "a" };
  expect(withOrders([{ ...base, order: 5 }, base, { ...base, order: 2 }, base], () => "").map(({ order }) => order)).toEqual([5, 6, 2, 7]);
});

test("a party repeats when list, role, kind and id are the same, whatever the case of the id", () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 8 }), (rows) => {
      const repeated = repeatedParties(rows, (given) => given.list);
      const same = (a: (typeof rows)[number], b: (typeof rows)[number]) =>
        a.list === b.list && a.role === b.role && a.partyKind === b.partyKind && a.partyId.toLowerCase() === b.partyId.toLowerCase();
      rows.forEach((given, index) => expect(repeated.has(given)).toBe(rows.slice(0, index).some((above) => same(above, given))));
    }),
  );
});

test("organisers are named once in a role, but may have two roles", () => {
  const host: PlaceRow = { role: "HOST", partyKind: "COMMUNITY", partyId: "a" };
  expect(checkOrganisers([host, { ...host, role: "MODERATOR" }, { ...host, partyKind: "ORGANISATION" }])).toEqual([]);
  expect(checkOrganisers([host, { ...host }]).map(({ field, code }) => `${field} ${code}`)).toEqual(["organisers.1.partyId DUPLICATE_KEY"]);
});
