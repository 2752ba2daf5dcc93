import { ImportFileError } from "../errors";
import { featuresOf } from "./geojson";
import type { RawCell, RawSheet } from "./sheet";

function jsonCell(value: unknown): RawCell | undefined {
  if (value === null || value === undefined || value === "") return undefined;
  switch (typeof value) {
    case "string":
      return { type: "text", text: value };
    case "number":
      return Number.isFinite(value)
        ? { type: "number", value, shown: String(value), format: "plain" }
        : { type: "error", shown: String(value) };
    case "boolean":
      return { type: "boolean", value };
    default:
      if (Array.isArray(value)) return { type: "items", items: value.map((item) => jsonCell(item) ?? { type: "text", text: "" }) };
      return { type: "object", shown: "{…}" };
  }
}

/** An array of objects, or the features of a GeoJSON file, as a sheet: its header is row 0, its first object row 1. Headings are the properties in order of appearance. */
export function readJson(text: string, maxRows: number): RawSheet {
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch (error) {
    throw new ImportFileError("CORRUPT_FILE", {}, { cause: error });
  }
  const isObject = (item: unknown): item is Record<string, unknown> => typeof item === "object" && item !== null && !Array.isArray(item);
  list = featuresOf(list) ?? list;
  if (!Array.isArray(list) || !list.every(isObject)) throw new ImportFileError("NOT_A_LIST");
  if (list.length === 0) throw new ImportFileError("EMPTY_FILE");
  if (list.length > maxRows) throw new ImportFileError("TOO_MANY_ROWS", { rows: list.length, maxRows });
  const columns = new Map<string, number>();
  const rows = list.map((item, index) => {
    const cells: (RawCell | undefined)[] = [];
    for (const [key, value] of Object.entries(item)) {
      const column = columns.get(key) ?? columns.size;
      columns.set(key, column);
      const cell = jsonCell(value);
      if (cell) cells[column] = cell;
    }
    return { row: index + 1, cells };
  });
  const header = [...columns.keys()].map((heading): RawCell => ({ type: "text", text: heading }));
  return {
    name: null,
    origin: "json",
    rows: [{ row: 0, cells: header }, ...rows],
    merges: [],
    hiddenRows: new Set(),
    hiddenColumns: new Set(),
    date1904: false,
  };
}
