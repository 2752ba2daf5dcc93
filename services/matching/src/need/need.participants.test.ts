import fc from "fast-check";
import { takesPart } from "./need.participants";

test("a community takes part by any region that it lies in or is run by, or as a guest", () => {
  const code = fc.constantFrom("51", "5101", "510116", "510116003", "zone-tianfu", "510112");
  const id = fc.constantFrom("a", "b", "c", "d");
  fc.assert(
    fc.property(id, fc.array(code), code, fc.array(id), (community, scopeCodes, regionCode, guestCommunityIds) => {
      const lies = scopeCodes.some((each) => each === regionCode);
      const invited = guestCommunityIds.some((each) => each === community);
      expect(takesPart(community.toUpperCase(), scopeCodes, { regionCode, guestCommunityIds })).toBe(lies || invited);
    }),
  );
});
