import { createHash } from "node:crypto";
import fc from "fast-check";
import { type Covered, chainHash, genesisHash, underId } from "./chain";

const genesis = genesisHash("communities");
const texts = fc.array(fc.option(fc.string({ unit: fc.constantFrom("-", ":", "1", "区", "a") })), { minLength: 3, maxLength: 3 });

describe("chainHash", () => {
  it("is SHA-256 over the previous hash and the texts with their lengths in bytes", () => {
    const expected = createHash("sha256").update(`${genesis}1:76:社区-0:`).digest("hex");
    expect(chainHash(genesis, ["7", "社区", null, ""])).toBe(expected);
  });

  it("differs for every two rows that differ, null and empty text and moved borders included", () => {
    fc.assert(
      fc.property(texts, texts, (a: Covered, b: Covered) => {
        expect(chainHash(genesis, a) === chainHash(genesis, b)).toBe(JSON.stringify(a) === JSON.stringify(b));
      }),
    );
  });

  it("is for an entry without an issuer what it was before entries could have one, and covers the issuer where there is one", () => {
    const old = ["1", "2", "subject", "role", "action", "concept", "id", null, null, "request"];
    expect(chainHash(genesis, [...old, null])).toBe(chainHash(genesis, old));
    expect(chainHash(genesis, [...old, "a"])).not.toBe(chainHash(genesis, old));
    expect(chainHash(genesis, [...old, "a"])).not.toBe(chainHash(genesis, [...old, "b"]));
    expect(chainHash(genesis, [...old.slice(0, 8), "", null, "request"])).not.toBe(chainHash(genesis, old));
  });

  it("differs by what came before, and by place", () => {
    const row = ["1", "x"];
    expect(chainHash(genesis, row)).not.toBe(chainHash(genesisHash("events"), row));
    expect(chainHash(genesis, underId(row, 2))).not.toBe(chainHash(genesis, row));
    expect(underId(row, 2)).toEqual(["2", "x"]);
  });
});
