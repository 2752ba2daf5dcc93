import { dirname, join } from "node:path";
import type PDFKit from "pdfkit";

/** Noto Sans Hans, which has the characters of both scripts. pdfkit embeds those that a document uses. */
const FONTS = join(dirname(require.resolve("@embedpdf/fonts-sc")), "..", "fonts");
export const REGULAR = join(FONTS, "NotoSansHans-Regular.otf");
export const BOLD = join(FONTS, "NotoSansHans-Bold.otf");

/** A document of one page, PDF 1.7, whose text can be selected and read aloud; and what it comes to once it is ended. */
export function newDocument(options: PDFKit.PDFDocumentOptions): { pdf: PDFKit.PDFDocument; ended: Promise<Buffer> } {
  // loaded with the first document: a gateway that is asked for none does not pay for it
  const PDFDocument = require("pdfkit") as typeof PDFKit;
  const pdf = new PDFDocument({ size: "A4", pdfVersion: "1.7", lang: "zh-Hans", displayTitle: true, font: REGULAR, ...options });
  const chunks: Buffer[] = [];
  const ended = new Promise<Buffer>((resolve, reject) => {
    pdf.on("data", (chunk: Buffer) => chunks.push(chunk));
    pdf.on("end", () => resolve(Buffer.concat(chunks)));
    pdf.on("error", reject);
  });
  return { pdf, ended };
}
