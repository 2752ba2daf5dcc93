import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What another program reads in a PDF: its texts, links and title. pdf.js is an ES module, which jest cannot load. */
export function readPdf(pdf: Buffer): { pages: number; texts: string[]; links: string[]; title: string; language: string } {
  const file = join(mkdtempSync(join(tmpdir(), "gongjian-test-")), "letter.pdf");
  writeFileSync(file, pdf);
  const script = `
    import { getDocument } from ${JSON.stringify(require.resolve("pdfjs-dist/legacy/build/pdf.mjs"))};
    import { readFileSync } from "node:fs";
    const pdf = await getDocument({ data: new Uint8Array(readFileSync(${JSON.stringify(file)})), verbosity: 0 }).promise;
    const page = await pdf.getPage(1);
    const { items } = await page.getTextContent();
    const { info } = await pdf.getMetadata();
    const links = (await page.getAnnotations()).map(({ url }) => url);
    console.log(JSON.stringify({ pages: pdf.numPages, texts: items.map(({ str }) => str).filter(Boolean), links, title: info.Title, language: info.Language }));`;
  const said = execFileSync(process.execPath, ["--input-type=module", "-e", script], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  return JSON.parse(said.trim().split("\n").at(-1)!);
}
