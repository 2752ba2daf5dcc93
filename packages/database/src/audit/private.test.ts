import fc from "fast-check";
import { auditJson, isPrivateField, PRIVATE, PRIVATE_FIELDS } from "./private";

describe("isPrivateField", () => {
  it.each([
    ...PRIVATE_FIELDS,
    "contactPhone",
    "contact_phone",
    "PHONE",
    "phone-number",
    "EmailAddress",
    "userIDNumber",
    "id_number",
    "accessToken",
  ])("%s is private", (name) => expect(isPrivateField(name)).toBe(true));

  it.each([
    "",
    "name",
    "searchTokens",
    "identifier",
    "number",
    "idea",
    "phonetic",
    "address",
    "state",
    "电话簿",
    "secretary",
    "contactless",
    "balloting",
  ])("%s is not", (name) => expect(isPrivateField(name)).toBe(false));

  it("answers the same when it is asked again", () => {
    for (let turn = 0; turn < 2; turn++) expect([isPrivateField("email"), isPrivateField("title")]).toEqual([true, false]);
  });
});

describe("auditJson", () => {
  it("keeps everything else as JSON has it", () => {
    expect(auditJson(undefined)).toBeNull();
    expect(auditJson(null)).toBe("null");
    expect(auditJson({ at: new Date(0), a: undefined, b: [1, "x"] })).toBe('{"at":"1970-01-01T00:00:00.000Z","b":[1,"x"]}');
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const private_ = JSON.stringify(value, (key, member) => (isPrivateField(key) ? null : member));
        fc.pre(private_ === JSON.stringify(value));
        expect(auditJson(value)).toBe(JSON.stringify(value));
      }),
    );
  });

  it("lets no private value through, however deep and whatever it is", () => {
    const marker = "13800000000";
    const secret = fc.oneof(
      fc.constant(marker),
      fc.constant([marker]),
      fc.constant({ deep: { value: marker } }),
      fc.constant({ toJSON: () => marker }),
    );
    const tree = fc.letrec<{ node: unknown }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 4 },
        fc.string(),
        fc.record({ name: fc.string(), members: fc.array(tie("node"), { maxLength: 3 }) }),
        fc.tuple(fc.constantFrom(...PRIVATE_FIELDS), secret, tie("node")).map(([name, value, next]) => ({ [name]: value, next })),
      ),
    })).node;
    fc.assert(
      fc.property(tree, (value) => {
        expect(auditJson(value)).not.toContain(marker);
      }),
    );
    expect(JSON.parse(auditJson({ a: [{ phone: marker }] }) as string)).toEqual({ a: [{ phone: PRIVATE }] });
  });

  it("shows that a private value was absent", () => expect(auditJson({ phone: null, email: undefined })).toBe('{"phone":null}'));
});
