import * as XLSX from "@e965/xlsx";
import { textOfDouble } from "../cells/number";
import { ImportFileError } from "../errors";
import type { RawCell, RawRow, RawSheet } from "./sheet";
import { unpack } from "./zip";

// One reader for .xlsx and .xls. SheetJS keeps a merged range or a validation of a whole column as one range; exceljs, which
// writes our files, spreads them out cell by cell, so that a file of nine kilobytes fills the memory.
const OPTIONS: XLSX.ParsingOptions = {
  dense: true,
  cellFormula: true,
  cellNF: true,
  cellText: true,
  cellHTML: false,
  cellStyles: true,
  sheetStubs: true,
};

/** The parts that hold cells, or tell what kind of file this is; pictures and macros are never unpacked. */
const isPart = (path: string) => /^(\[Content_Types\]\.xml|_rels\/|mimetype$|META-INF\/|xl\/(?!media\/|drawings\/|vbaProject))/i.test(path);

// Exported by the library and left out of its types: the step that reads a workbook from parts that are already unpacked.
const parseParts = (XLSX as unknown as { parse_zip(parts: unknown, options: XLSX.ParsingOptions): XLSX.WorkBook }).parse_zip;

export async function readXlsx(bytes: Buffer, maxBytes: number): Promise<RawSheet[]> {
  const parts = await unpack(bytes, isPart, maxBytes);
  const paths = new Set(parts.map(({ path }) => path.toLowerCase()));
  if (!paths.has("[content_types].xml") || paths.has("mimetype") || paths.has("xl/workbook.bin")) {
    throw new ImportFileError("UNSUPPORTED_FORMAT");
  }
  return guarded(() => {
    const container = XLSX.CFB.utils.cfb_new();
    for (const part of parts) XLSX.CFB.utils.cfb_add(container, `/${part.path}`, part.bytes, { unsafe: true });
    return sheetsOf(parseParts(container, { ...OPTIONS }));
  });
}

export async function readXls(bytes: Buffer): Promise<RawSheet[]> {
  return guarded(() => {
    const container = XLSX.CFB.read(bytes, { type: "buffer" });
    if (XLSX.CFB.find(container, "EncryptedPackage")) throw new ImportFileError("PASSWORD_PROTECTED");
    return sheetsOf(XLSX.read(bytes, { ...OPTIONS, type: "buffer" }));
  });
}

function guarded<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof ImportFileError) throw error;
    const locked = error instanceof Error && /password|encrypt/i.test(error.message);
    throw new ImportFileError(locked ? "PASSWORD_PROTECTED" : "CORRUPT_FILE", {}, { cause: error });
  }
}

function sheetsOf(book: XLSX.WorkBook): RawSheet[] {
  const properties = book.Workbook;
  const visible = book.SheetNames.filter((_, i) => !properties?.Sheets?.[i]?.Hidden);
  if (visible.length === 0 && book.SheetNames.length > 0) throw new ImportFileError("ONLY_HIDDEN_SHEETS");
  const date1904 = properties?.WBProps?.date1904 === true;
  const sheets: RawSheet[] = [];
  for (const name of visible) {
    const sheet = book.Sheets[name];
    // The library drops a sheet that it fails to read without a word; its rows must not go missing without one.
    if (!sheet) throw new ImportFileError("CORRUPT_FILE", { sheet: name });
    if (sheet["!type"] !== undefined && sheet["!type"] !== "sheet") continue;
    sheets.push(sheetOf(name, sheet, date1904));
  }
  return sheets;
}

function sheetOf(name: string, sheet: XLSX.WorkSheet, date1904: boolean): RawSheet {
  const data = (sheet["!data"] ?? []) as (XLSX.CellObject | undefined)[][];
  const rows: RawRow[] = [];
  // Object.keys walks only what is there: a row number of four thousand million costs no more than its one row.
  for (const index of Object.keys(data)) {
    const cells: (RawCell | undefined)[] = [];
    const source = data[Number(index)] ?? [];
    for (const column of Object.keys(source)) {
      const cell = rawCell(source[Number(column)]);
      if (cell) cells[Number(column)] = cell;
    }
    if (cells.length > 0) rows.push({ row: Number(index) + 1, cells });
  }
  return {
    name,
    origin: "workbook",
    rows,
    merges: (sheet["!merges"] ?? []).map(({ s, e }) => ({ top: s.r + 1, left: s.c + 1, bottom: e.r + 1, right: e.c + 1 })),
    hiddenRows: hidden(sheet["!rows"]),
    hiddenColumns: hidden(sheet["!cols"]),
    date1904,
  };
}

const hidden = (properties: readonly ({ hidden?: boolean } | undefined)[] | undefined): ReadonlySet<number> =>
  new Set(
    Object.keys(properties ?? [])
      .map(Number)
      .filter((i) => properties?.[i]?.hidden)
      .map((i) => i + 1),
  );

function rawCell(cell: XLSX.CellObject | undefined): RawCell | undefined {
  if (!cell) return undefined;
  const shown = String(cell.w ?? cell.v ?? "");
  // a formula may come without the value that it once had: it is a formula all the same, and no empty cell
  if (cell.f !== undefined || cell.F !== undefined) return { type: "formula", shown: cell.f ? `=${cell.f}` : shown };
  if (cell.t === "z") return undefined;
  switch (cell.t) {
    case "e":
      return { type: "error", shown };
    case "b":
      return { type: "boolean", value: cell.v === true };
    case "n":
      return typeof cell.v === "number" && Number.isFinite(cell.v) ? numberCell(cell.v, cell) : { type: "error", shown };
    default:
      // A string without text points past the table of shared strings.
      if (cell.v === undefined || cell.v === null) throw new ImportFileError("CORRUPT_FILE", { part: "strings" });
      return { type: "text", text: String(cell.v) };
  }
}

function numberCell(value: number, cell: XLSX.CellObject): RawCell {
  const code = String(cell.z ?? "General");
  const plain = code.replace(/"[^"]*"|\\./g, "");
  const format = XLSX.SSF.is_date(code) ? "date" : plain.includes("%") ? "percent" : "plain";
  const shown = code === "General" ? textOfDouble(value) : String(cell.w ?? value).trim();
  return { type: "number", value, shown, format };
}
