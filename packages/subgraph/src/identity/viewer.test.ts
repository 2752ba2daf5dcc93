import fc from "fast-check";
import { type Grant, GRANTS, grantsOf, isGranted, parseViewer, PLATFORM, ROLES } from "./viewer";

test("a scope claim grants the words of the list, and nothing else", () => {
  const words = fc.array(
    fc.oneof(fc.constantFrom(...GRANTS), fc.constantFrom("openid", "*", "admin", "events:write", "SDL", "sdl,"), fc.string()),
  );
  fc.assert(
    fc.property(words, (given) => {
      const claim = given.join(" ");
      const expected = GRANTS.filter((grant) => claim.split(" ").includes(grant));
      expect(grantsOf(claim) ?? []).toEqual(expected);
      expect(parseViewer("client", [], "https://id.example", claim)?.grants ?? []).toEqual(expected);
    }),
  );
  for (const claim of [undefined, null, 7, {}, [...GRANTS], { sdl: true }]) expect(grantsOf(claim)).toBeUndefined();
});

test("a grant counts with a SERVICE membership over everything alone", () => {
  for (const role of ROLES) {
    for (const scope of ["*", "region:51", "organisation:33333333-3333-4333-8333-333333333333"]) {
      for (const grant of GRANTS) {
        const viewer = (grants?: readonly Grant[]) => ({ subject: "client", memberships: [{ role, scope }], ...(grants && { grants }) });
        expect(isGranted(viewer([grant]), grant)).toBe(role === "SERVICE" && scope === "*");
        expect(isGranted(viewer(GRANTS.filter((other) => other !== grant)), grant)).toBe(false);
        expect(isGranted(viewer(), grant)).toBe(false);
      }
    }
  }
  for (const grant of GRANTS) {
    expect(isGranted({ subject: "client", memberships: [], grants: GRANTS }, grant)).toBe(false);
    expect(isGranted(PLATFORM, grant)).toBe(true);
  }
});
