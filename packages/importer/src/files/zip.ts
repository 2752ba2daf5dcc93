import { fromBuffer, type Entry, type ZipFile } from "yauzl";
import { ImportFileError } from "../errors";

export interface Unpacked {
  path: string;
  bytes: Buffer;
}

/** More parts than any workbook of office work has. */
const MAX_ENTRIES = 2_000;

const open = (bytes: Buffer) =>
  new Promise<ZipFile>((resolve, reject) => {
    fromBuffer(bytes, { lazyEntries: true, validateEntrySizes: true }, (error, zip) => (error ? reject(error) : resolve(zip)));
  });

const readEntry = (zip: ZipFile, entry: Entry) =>
  new Promise<Buffer>((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => {
      if (error) return reject(error);
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => resolve(Buffer.concat(chunks)));
      stream.on("error", reject);
    });
  });

const entries = (zip: ZipFile) =>
  new Promise<Entry[]>((resolve, reject) => {
    const found: Entry[] = [];
    zip.on("entry", (entry: Entry) => {
      found.push(entry);
      if (found.length > MAX_ENTRIES) reject(new ImportFileError("UNCOMPRESSED_TOO_LARGE", { entries: found.length }));
      else zip.readEntry();
    });
    zip.on("end", () => resolve(found));
    zip.on("error", reject);
    zip.readEntry();
  });

/**
 * The parts of a ZIP archive that `wanted` names. The declared sizes are summed before anything is inflated, and an entry that
 * inflates to more than it declared ends the reading: no archive costs more than `maxBytes`.
 */
export async function unpack(bytes: Buffer, wanted: (path: string) => boolean, maxBytes: number): Promise<Unpacked[]> {
  try {
    const zip = await open(bytes);
    const parts = (await entries(zip)).filter((entry) => wanted(entry.fileName));
    const total = parts.reduce((sum, entry) => sum + entry.uncompressedSize, 0);
    if (total > maxBytes) throw new ImportFileError("UNCOMPRESSED_TOO_LARGE", { bytes: total, maxBytes });
    const unpacked: Unpacked[] = [];
    for (const entry of parts) {
      if (entry.isEncrypted()) throw new ImportFileError("PASSWORD_PROTECTED");
      unpacked.push({ path: entry.fileName, bytes: await readEntry(zip, entry) });
    }
    return unpacked;
  } catch (error) {
    throw error instanceof ImportFileError ? error : new ImportFileError("CORRUPT_FILE", {}, { cause: error });
  }
}
