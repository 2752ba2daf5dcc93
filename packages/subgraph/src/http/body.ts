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
 * Compressed bodies are refused, so that none can unfold beyond the limit.
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
    request.on("end", () => resolve((chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks, size)).toString("utf8")));
    request.on("error", () => reject(new BodyError(400, "BAD_REQUEST", "The request was cut off")));
    request.on("aborted", () => reject(new BodyError(400, "BAD_REQUEST", "The request was cut off")));
  });
}

/** The one JSON object in a body. Arrays are refused: operations are not taken in batches. */
export async function readJsonObject(request: IncomingMessage, limit: number): Promise<Record<string, unknown>> {
  const mediaType = (request.headers["content-type"] ?? "").split(";", 1)[0]?.trim().toLowerCase();
  if (mediaType !== "application/json") throw new BodyError(415, "UNSUPPORTED_MEDIA_TYPE", "The request body must be application/json");
  const text = await readBody(request, limit);
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
