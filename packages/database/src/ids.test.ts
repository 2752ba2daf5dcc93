import fc from "fast-check";
import { stableId, uuidv7 } from "./ids";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-([57])[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe("identifiers", () => {
  it("sort by their time of creation", () => {
    const ids = Array.from({ length: 1000 }, uuidv7);
    expect([...ids].sort()).toEqual(ids);
    expect(new Set(ids).size).toBe(1000);
    expect(UUID.exec(ids[0] as string)?.[1]).toBe("7");
  });

  it("are the same for the same kind and key for ever", () => {
    expect(stableId("community", "510112005001")).toBe("863963e1-f016-5bae-a0ca-0f3b8c5e9430");
    expect(UUID.exec(stableId("region", "5101"))?.[1]).toBe("5");
  });

  it("differ when kind or key differ, also where their texts run together", () => {
    const pair = fc.tuple(fc.string(), fc.string());
    fc.assert(fc.property(pair, pair, (a, b) => (stableId(...a) === stableId(...b)) === (a[0] === b[0] && a[1] === b[1])));
  });
});
