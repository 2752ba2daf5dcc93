import { isUtf8 } from "node:buffer";
import type { IncomingMessage } from "node:http";
import { Refusal } from "./refusal";

type BodyCode = "PAYLOAD_TOO_LARGE" | "UNSUPPORTED_MEDIA_TYPE" | "BAD_REQUEST" | "INVALID_JSON";

/** The request's body cannot be taken. */
export class BodyError extends Refusal {
  constructor(status: 400 | 408 | 413 | 415, code: BodyCode, message: string) {
    // the rest of a body that was refused is not worth reading
    super(status, code, message, { connection: "close" });
    this.name = "BodyError";
  }
}

/**
 * The body as text, at most `limit` bytes: a longer one is refused as soon as that is known, from its Content-Length or while reading.
 * Compressed bodies are refused, so that none can unfold beyond the limit, and so are those that are not UTF-8.
 */
export function readBody(request: IncomingMessage, limit: number): Promise<string> {
  const encoding = request.headers["content-encoding"];
  if (encoding && encoding !== "identity") {
    return Promise.reject(new BodyError(415, "UNSUPPORTED_MEDIA_TYPE", "Compressed request bodies are not accepted"));
  }
  const tooLarge = () => new BodyError(413, "PAYLOAD_TOO_LARGE", `The request body is larger than ${limit} bytes`);
  if (Number(request.headers["content-length"] ?? 0) > limit) return Promise.reject(tooLarge());
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size > limit) {
        request.removeAllListeners("data");
        request.pause();
        reject(tooLarge());
      } else {
        chunks.push(chunk);
      }
    });
    request.on("end", () => {
      const body = chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks, size);
      // text in another encoding (GBK) would be stored with its characters lost
      if (isUtf8(body)) resolve(body.toString("utf8"));
      else reject(new BodyError(400, "BAD_REQUEST", "The request body is not UTF-8"));
    });
    request.on("error", () => reject(new BodyError(400, "BAD_REQUEST", "The request was cut off")));
    request.on("aborted", () => reject(new BodyError(400, "BAD_REQUEST", "The request was cut off")));
  });
}

/** The one JSON object in a body. Arrays are refused: operations are not taken in batches. */
export async function readJsonObject(request: IncomingMessage, limit: number): Promise<Record<string, unknown>> {
  return jsonObjectIn(await readJsonText(request, limit));
}

/** The text of a body that says it is JSON. */
export function readJsonText(request: IncomingMessage, limit: number): Promise<string> {
  const mediaType = (request.headers["content-type"] ?? "").split(";", 1)[0]?.trim().toLowerCase();
  if (mediaType !== "application/json") {
    return Promise.reject(new BodyError(415, "UNSUPPORTED_MEDIA_TYPE", "The request body must be application/json"));
  }
  return readBody(request, limit);
}

/** Levels of lists and objects in a body: more than any input type has, and far fewer than what goes through them one in another can take. */
export const MAX_JSON_DEPTH = 64;

/** Whether the JSON has more levels than that; told from its brackets alone, in one pass, before it is parsed. */
export function isDeeper(text: string, levels: number): boolean {
  let depth = 0;
  let inText = false;
  for (let i = 0; i < text.length; i++) {
    const character = text.charCodeAt(i);
    if (inText) {
      if (character === BACKSLASH) i += 1;
      else if (character === QUOTE) inText = false;
    } else if (character === QUOTE) inText = true;
    else if (character === OPEN_LIST || character === OPEN_OBJECT) {
      if (++depth > levels) return true;
    } else if (character === CLOSE_LIST || character === CLOSE_OBJECT) depth -= 1;
  }
  return false;
}
const [QUOTE, BACKSLASH, OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x22, 0x5c, 0x5b, 0x5d, 0x7b, 0x7d];

export function jsonObjectIn(text: string): Record<string, unknown> {
  if (isDeeper(text, MAX_JSON_DEPTH)) throw new BodyError(400, "BAD_REQUEST", "The request body is nested too deeply");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new BodyError(400, "INVALID_JSON", "The request body is not valid JSON");
  }
  if (Array.isArray(value)) throw new BodyError(400, "BAD_REQUEST", "Batches of operations are not accepted");
  if (typeof value !== "object" || value === null) throw new BodyError(400, "BAD_REQUEST", "The request body must be a JSON object");
  return value as Record<string, unknown>;
}
