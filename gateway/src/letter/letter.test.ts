import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readPdf } from "@gongjian/testing";
import { parse } from "graphql";
import { verificationPage } from "./page";
import { letterPdf, sentencesOf } from "./pdf";
import { inChinese, ROLE_NAMES, STATUS_NAMES, termInChinese, type Verification } from "./verification";

const letter: Verification = {
  number: "K7Q2M4XA-2016-0001",
  issuedOn: "2016-04-22",
  status: "CURRENT",
  person: "黃國輝",
  role: "HONORARY_DIRECTOR",
  place: "阜石路第四社区居委会",
  conferrer: "阜石路第四社区居委会",
  capacity: "板溪里里長",
  expertise: ["社區營造", "養老服務"],
  startsOn: "2016-04-22",
  endsOn: null,
  endsOnNow: null,
  revokedOn: null,
  revocationReason: null,
};
const CODE = "QNC9W342BC77AJ91";
const URL = `https://gongjian.example/appointments/${letter.number}?code=${CODE}`;

test("a letter is one page, whose text another program reads, in both scripts, with the link to verify it", async () => {
  const pdf = await letterPdf(letter, CODE, URL);
  expect(pdf.subarray(0, 8).toString()).toBe("%PDF-1.7");
  expect(pdf.length).toBeLessThan(300_000);
  expect(readPdf(pdf)).toEqual({
    pages: 1,
    texts: [
      "聘书",
      "黃國輝：",
      "兹聘请您担任阜石路第四社区居委会荣誉主任。",
      "受聘身份：板溪里里長。",
      "专业领域：社區營造、養老服務。",
      "聘期：自2016年4月22日起。",
      "编号：K7Q2M4XA-2016-0001",
      "校验码：QNC9 W342 BC77 AJ91",
      "扫码或点击此处核验",
      "阜石路第四社区居委会",
      "2016年4月22日",
    ],
    links: [URL],
    title: "聘书 K7Q2M4XA-2016-0001",
    language: "zh-Hans",
  });
}, 30_000);

test("the longest that can be entered still fits on its page", async () => {
  const long = {
    ...letter,
    place: "长".repeat(200),
    conferrer: "贈".repeat(30),
    capacity: "長".repeat(100),
    expertise: Array.from({ length: 20 }, () => "专".repeat(50)),
  };
  expect(readPdf(await letterPdf(long, CODE, URL)).pages).toBe(1);
}, 30_000);

test("what is not known is left out", () => {
  expect(sentencesOf({ ...letter, capacity: null, expertise: [], startsOn: null })).toEqual(["兹聘请您担任阜石路第四社区居委会荣誉主任。"]);
  expect(termInChinese("2016", "2018-06")).toBe("自2016年至2018年6月");
  expect(termInChinese(null, "2018-06-03")).toBe("至2018年6月3日");
  expect(inChinese("2016-04")).toBe("2016年4月");
});

test("every role and status of the schema has a name", () => {
  const api = parse(readFileSync(join(__dirname, "..", "..", "api.graphql"), "utf8"));
  const valuesOf = (name: string) =>
    api.definitions
      .flatMap((node) => (node.kind === "EnumTypeDefinition" && node.name.value === name ? (node.values ?? []) : []))
      .map((value) => value.name.value);
  expect(Object.keys(ROLE_NAMES).sort()).toEqual(valuesOf("AppointmentRole").sort());
  expect(Object.keys(STATUS_NAMES).sort()).toEqual(valuesOf("AppointmentStatus").sort());
});

test("the page says what became of it, and what people wrote is text on it", () => {
  const page = verificationPage(
    { ...letter, status: "REVOKED", revokedOn: "2017-01-01", revocationReason: '<b onclick="x">有误</b>' },
    null,
  );
  expect(page).toContain("已撤销");
  expect(page).toContain("2017年1月1日起：&lt;b onclick=&quot;x&quot;&gt;有误&lt;/b&gt;");
  expect(page).not.toContain("PDF");
  expect(verificationPage({ ...letter, endsOnNow: "2018" }, "/x.pdf")).toMatch(/现在的截止日期<\/dt><dd>2018年.*href="\/x\.pdf"/su);
});
