import { BOLD, newDocument, REGULAR } from "../pdf/document";
import { FIELD_NAMES, type Card } from "./card";

const INK = "#1b1b1b";
const GREY = "#555555";
const GREEN = "#2a6f4e";
const MARGIN = 56;

/** What stands below a service's name: who offers it, where, when and under which number. */
export const detailsOf = ({ organisation, place, hours, line }: Card["serviceContactCard"]["contacts"][number]): string =>
  [organisation?.officialName, place, hours, line === null ? null : `电话 ${line}`]
    .filter((part) => part != null && part !== "")
    .join("　");

/** A community's service contact card as PDF 1.7, A4, on as many pages as its lines take (100 at most). */
export async function cardPdf({ officialName, region, serviceContactCard: { contacts, surveyedOn } }: Card): Promise<Buffer> {
  const { pdf, ended } = newDocument({
    margin: MARGIN,
    info: { Title: `${officialName}服务联系卡`, Author: officialName, Subject: region?.officialName ?? "" },
  });
  const width = pdf.page.width - 2 * MARGIN;
  pdf.font(BOLD).fontSize(26).fillColor(GREEN).text("服务联系卡", { align: "center" });
  pdf.moveDown(0.3).fontSize(15).fillColor(INK).text(officialName, { align: "center" });
  pdf.font(REGULAR).fontSize(10).fillColor(GREY);
  if (region) pdf.text(region.officialName, { align: "center" });
  pdf.moveDown(1);
  for (const contact of contacts) {
    const details = detailsOf(contact);
    // a service and what belongs to it stay on one page
    if (pdf.y + 52 > pdf.page.height - MARGIN) pdf.addPage();
    pdf
      .moveTo(MARGIN, pdf.y)
      .lineTo(MARGIN + width, pdf.y)
      .lineWidth(0.5)
      .stroke("#cccccc");
    pdf.moveDown(0.4);
    pdf.font(BOLD).fontSize(13).fillColor(INK).text(contact.title, MARGIN, pdf.y, { continued: true, width });
    pdf
      .font(REGULAR)
      .fontSize(10)
      .fillColor(GREEN)
      .text(`　${FIELD_NAMES[contact.field] ?? contact.field}${contact.illustrative ? "（示例）" : ""}`);
    if (details !== "") pdf.fontSize(10).fillColor(GREY).text(details, MARGIN, pdf.y, { width });
    pdf.moveDown(0.4);
  }
  if (contacts.length === 0) pdf.fontSize(12).fillColor(GREY).text("还没有登记服务。", { align: "center" });
  if (surveyedOn !== null)
    pdf.moveDown(1).fontSize(9).fillColor(GREY).text(`最近一次公共服务调查：截至${surveyedOn}`, MARGIN, pdf.y, { width });
  pdf.end();
  return ended;
}
