/** Why a file as a whole could not be read. Problems of single rows are not thrown: see `Problem`. */
export const FILE_ERRORS = {
  EMPTY_FILE: { zh: "文件是空的", en: "The file is empty" },
  FILE_TOO_LARGE: { zh: "文件太大", en: "The file is too large" },
  UNCOMPRESSED_TOO_LARGE: { zh: "文件解压后太大，已停止读取", en: "The file grows too large when it is unpacked" },
  TOO_MANY_ROWS: { zh: "行数太多，请拆成几个文件", en: "There are too many rows; split the file" },
  TOO_MANY_MERGES: { zh: "合并的单元格太多，请取消合并", en: "There are too many merged cells; unmerge them" },
  PASSWORD_PROTECTED: { zh: "文件有密码，请先取消密码再导入", en: "The file is password-protected; remove the password first" },
  CORRUPT_FILE: { zh: "文件已损坏，或不是它的扩展名所说的格式", en: "The file is damaged, or is not what its name says" },
  ONLY_HIDDEN_SHEETS: { zh: "所有工作表都被隐藏，请取消隐藏要导入的那一张", en: "All sheets are hidden; show the one to import" },
  UNSUPPORTED_FORMAT: {
    zh: "不支持这种文件，请另存为 .xlsx 或 .csv",
    en: "This kind of file is not supported; save it as .xlsx or .csv",
  },
  UNDECODABLE: {
    zh: "无法识别文字编码，请另存为 UTF-8 的 CSV 或 .xlsx",
    en: "The text encoding could not be recognised; save it as UTF-8 CSV or as .xlsx",
  },
  NO_HEADER: { zh: "找不到表头：没有一行含有认得的列名", en: "No header row was found: no row holds a known column heading" },
  NO_SUCH_SHEET: { zh: "没有这张工作表", en: "There is no sheet of that name" },
  NOT_A_LIST: { zh: "JSON 必须是由对象组成的数组", en: "The JSON must be an array of objects" },
  NOT_A_FEATURE: { zh: "GeoJSON 的每一项必须是要素（Feature）", en: "Each item of the GeoJSON must be a Feature" },
  UNKNOWN_CRS: {
    zh: "GeoJSON 写明的坐标系不是 WGS 84（或 CGCS2000），请先转换坐标",
    en: "The GeoJSON names a coordinate system that is not WGS 84 (or CGCS2000); convert it first",
  },
} as const;

export type FileErrorCode = keyof typeof FILE_ERRORS;

/** The one error that reading a file may throw. `message` is constant for its code; what varies is in `detail`. */
export class ImportFileError extends Error {
  readonly zh: string;
  readonly en: string;

  constructor(
    readonly code: FileErrorCode,
    readonly detail: Readonly<Record<string, string | number>> = {},
    options?: ErrorOptions,
  ) {
    super(FILE_ERRORS[code].en, options);
    this.name = "ImportFileError";
    this.zh = FILE_ERRORS[code].zh;
    this.en = FILE_ERRORS[code].en;
  }
}
