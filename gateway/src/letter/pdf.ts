import { BOLD, newDocument, REGULAR } from "../pdf/document";
import { inChinese, ROLE_NAMES, termInChinese, type Verification } from "./verification";

const RED = "#a4161a";
const INK = "#1b1b1b";
const MARGIN = 64;
const QR = 92;
const PARAGRAPH_GAP = 10;
/** From the usual to the smallest that can be read, in points. */
const SIZES = [18, 16, 14, 12, 10, 8, 7];

/** The sentences of a letter, in order. */
export function sentencesOf(letter: Verification): string[] {
  const role = ROLE_NAMES[letter.role] ?? letter.role;
  const term = termInChinese(letter.startsOn, letter.endsOn);
  return [
    `兹聘请您担任${letter.place}${role}。`,
    ...(letter.capacity === null ? [] : [`受聘身份：${letter.capacity}。`]),
    ...(letter.expertise.length === 0 ? [] : [`专业领域：${letter.expertise.join("、")}。`]),
    ...(term === null ? [] : [`聘期：${term}。`]),
  ];
}

/**
 * A letter of appointment as PDF 1.7, one A4 page in landscape, with its text to be selected and read aloud, about 50 kB.
 * @param url where it is verified; stands on it as a QR code and as a link
 */
export async function letterPdf(letter: Verification, code: string, url: string): Promise<Buffer> {
  // loaded with the first letter: a gateway that is asked for none does not pay for it
  const { toBuffer } = require("qrcode") as typeof import("qrcode");
  const qr = await toBuffer(url, { errorCorrectionLevel: "M", margin: 0, width: 400 });
  const { pdf, ended } = newDocument({
    layout: "landscape",
    margin: MARGIN,
    info: { Title: `聘书 ${letter.number}`, Author: letter.conferrer, Subject: `${letter.person} ${letter.place}` },
  });
  const { width, height } = pdf.page;
  pdf
    .lineWidth(3)
    .rect(28, 28, width - 56, height - 56)
    .stroke(RED);
  pdf
    .lineWidth(0.8)
    .rect(36, 36, width - 72, height - 72)
    .stroke(RED);
  pdf.font(BOLD).fontSize(44).fillColor(RED).text("聘书", MARGIN, 72, { align: "center" });
  pdf
    .font(BOLD)
    .fontSize(20)
    .fillColor(INK)
    .text(`${letter.person}：`, MARGIN + 24, 158);
  const foot = height - MARGIN - QR - 8;
  pdf.font(REGULAR);
  const sentences = sentencesOf(letter);
  const layout = { indent: 36, width: width - 2 * MARGIN - 48, lineGap: 4 };
  const heightAt = (size: number): number => {
    pdf.fontSize(size);
    return sentences.reduce((total, sentence) => total + PARAGRAPH_GAP + pdf.heightOfString(sentence, layout), 0);
  };
  // a letter is one page, however much is entered
  pdf.fontSize(SIZES.find((size) => pdf.y + heightAt(size) < foot - 12) ?? SIZES.at(-1)!);
  for (const sentence of sentences) pdf.text(sentence, MARGIN + 24, pdf.y + PARAGRAPH_GAP, layout);
  pdf.image(qr, MARGIN, foot, { width: QR, height: QR });
  pdf.fontSize(10).fillColor("#555555");
  const beside = MARGIN + QR + 14;
  pdf.text(`编号：${letter.number}`, beside, foot + 14, { lineBreak: false });
  pdf.text(`校验码：${(code.match(/.{1,4}/gu) ?? []).join(" ")}`, beside, foot + 34, { lineBreak: false });
  pdf.fillColor("#1d4e89").text("扫码或点击此处核验", beside, foot + 54, { link: url, underline: true, lineBreak: false });
  pdf.fontSize(16).fillColor(INK);
  pdf.text(letter.conferrer, MARGIN, foot + 26, { align: "right", width: width - 2 * MARGIN });
  pdf.text(inChinese(letter.issuedOn), MARGIN, foot + 54, { align: "right", width: width - 2 * MARGIN });
  pdf.end();
  return ended;
}
