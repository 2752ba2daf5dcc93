import { keeping } from "./entry-kind";

interface Content {
  price: number | null;
  currency: string;
}
const stored: Content = { price: 5, currency: "TWD" };

test.each<[string, { price?: number | null; currency?: string | null }, Content | null, Content]>([
  ["what is given counts", { price: 7, currency: "USD" }, stored, { price: 7, currency: "USD" }],
  ["what is left out stays", {}, stored, { price: 5, currency: "TWD" }],
  ["what is left out of something new is as usual", {}, null, { price: null, currency: "CNY" }],
  ["null empties, or sets back to what is usual", { price: null, currency: null }, stored, { price: null, currency: "CNY" }],
])("of an input over what stands, %s", (_name, given, before, expected) => {
  const keep = keeping<Content>(given, before);
  expect({ price: keep("price", null), currency: keep("currency", "CNY") }).toEqual(expected);
});
