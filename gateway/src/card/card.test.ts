import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readPdf } from "@gongjian/testing";
import { parse } from "graphql";
import { FIELD_NAMES, type Card } from "./card";
import { cardPdf, detailsOf } from "./pdf";

type Contact = Card["serviceContactCard"]["contacts"][number];
const contact = (title: string, more: Partial<Contact> = {}): Contact => ({
  field: "EMPLOYMENT",
  title,
  line: null,
  place: null,
  hours: null,
  illustrative: false,
  organisation: null,
  ...more,
});
const card = (contacts: Contact[], surveyedOn: string | null = null): Card => ({
  officialName: "吉福社区居委会",
  region: { officialName: "晋阳街道" },
  serviceContactCard: { surveyedOn, contacts },
});

test("another program reads on a card what the community offers, where, when and under which number", async () => {
  const jobs = contact("劳动就业服务", {
    place: "党群服务中心",
    hours: "工作日9:00-17:00",
    line: "028-85110000",
    organisation: { officialName: "社区工作站" },
  });
  const { pages, texts, title, language } = readPdf(
    await cardPdf(card([jobs, contact("心理諮詢", { field: "HEALTH", illustrative: true })], "2021-11-30")),
  );
  expect([pages, title, language]).toEqual([1, "吉福社区居委会服务联系卡", "zh-Hans"]);
  const text = texts.join("");
  for (const part of [
    "吉福社区居委会",
    "晋阳街道",
    "劳动就业服务",
    "就业",
    detailsOf(jobs).split("\u3000")[0]!,
    "电话 028-85110000",
    "心理諮詢",
    "医疗卫生（示例）",
    "2021-11-30",
  ])
    expect(text).toContain(part);
}, 30_000);

test("a card without services says so, and one of a hundred goes on to further pages", async () => {
  expect(readPdf(await cardPdf(card([]))).texts).toContain("还没有登记服务。");
  const many = Array.from({ length: 100 }, (_, index) => contact(`服务${index}`, { place: "长".repeat(200), hours: "长".repeat(200) }));
  expect(readPdf(await cardPdf(card(many))).pages).toBeGreaterThan(3);
}, 60_000);

test("every field of public service of the schema has a name", () => {
  const api = parse(readFileSync(join(__dirname, "..", "..", "api.graphql"), "utf8"));
  const values = api.definitions
    .flatMap((node) => (node.kind === "EnumTypeDefinition" && node.name.value === "ServiceField" ? (node.values ?? []) : []))
    .map((value) => value.name.value);
  expect(Object.keys(FIELD_NAMES).sort()).toEqual(values.sort());
});
