import { MalformedAnchor, parseAnchors } from "./anchor";

const anchor = { schema: "communities", id: 7, hash: "0f".repeat(32), at: "2024-01-01T00:00:00.000Z" };
const line = JSON.stringify(anchor);

describe("parseAnchors", () => {
  it.each([
    ["one", line, 1],
    ["an array", `[${line}, ${line}]`, 2],
    ["arrays over several lines", JSON.stringify([anchor], null, 2), 1],
    ["lines", `${line}\n\n${line}\r\n[${line}]\n`, 3],
  ])("reads %s", (_what, text, count) => expect(parseAnchors(text)).toEqual(Array(count).fill(anchor)));

  it("leaves out what it does not know", () => expect(parseAnchors(JSON.stringify({ ...anchor, more: 1 }))).toEqual([anchor]));

  it.each([
    ["nothing", ""],
    ["an empty array", "[]"],
    ["other text", "hash"],
    ["half a line", line.slice(0, -5)],
    ["null", "null"],
    ["a negative id", JSON.stringify({ ...anchor, id: -1 })],
    ["a fraction", JSON.stringify({ ...anchor, id: 1.5 })],
    ["a short hash", JSON.stringify({ ...anchor, hash: "0f" })],
    ["a hash in capitals", JSON.stringify({ ...anchor, hash: "0F".repeat(32) })],
    ["no schema", JSON.stringify({ ...anchor, schema: undefined })],
    ["no time", JSON.stringify({ ...anchor, at: undefined })],
  ])("refuses %s", (_what, text) => expect(() => parseAnchors(text)).toThrow(MalformedAnchor));
});
