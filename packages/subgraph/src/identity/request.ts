import { randomUUID } from "node:crypto";
import type { Script } from "./viewer";

const REQUEST_ID = /^[A-Za-z0-9._:-]{8,128}$/;

/** The caller's own request id when it is 8 to 128 plain characters (it goes into logs and headers), a new one otherwise. */
export function requestIdFrom(header: string | string[] | undefined): string {
  return typeof header === "string" && REQUEST_ID.test(header) ? header : randomUUID();
}

const TRADITIONAL = new Set(["tw", "hk", "mo", "hant"]);

/** The Chinese script of highest preference in an Accept-Language header (RFC 9110, 12.5.4); null when it names none. */
export function scriptFrom(acceptLanguage: string | undefined): Script | null {
  if (!acceptLanguage || acceptLanguage.length > 500) return null;
  let best: Script | null = null;
  let bestWeight = 0;
  for (const part of acceptLanguage.toLowerCase().split(",")) {
    const [tag = "", ...parameters] = part.split(";").map((piece) => piece.trim());
    const [language, ...subtags] = tag.split("-");
    if (language !== "zh") continue;
    const quality = parameters.find((parameter) => parameter.startsWith("q="));
    const weight = quality ? Number(quality.slice(2)) : 1;
    if (!(weight > bestWeight)) continue;
    bestWeight = weight;
    best = subtags.includes("hans") ? "zh-Hans" : subtags.some((subtag) => TRADITIONAL.has(subtag)) ? "zh-Hant" : "zh-Hans";
  }
  return best;
}
