import type { IncomingMessage, ServerResponse } from "node:http";
import { SECURITY_HEADERS, sendError } from "@gongjian/subgraph";
import type { Card } from "./card";
import { cardPdf } from "./pdf";

const PATH = /^\/cards\/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\.(pdf|json)$/u;

export type ReadCard = (communityId: string, requestId: string) => Promise<Card | null>;

/** Whether a path is that of a card. */
export const isCard = (path: string): boolean => path.startsWith("/cards/");

/** Serves service contact cards: `GET /cards/<community id>.pdf`, or `.json`. Cards are public; where there is no such community there is nothing (404). */
export const cards =
  (read: ReadCard) =>
  async (_request: IncomingMessage, response: ServerResponse, path: string, requestId: string): Promise<void> => {
    const [, id, form] = PATH.exec(path.toLowerCase()) ?? [];
    if (id === undefined) return sendError(response, 404, "NOT_FOUND", "A card is at /cards/<community id>.pdf or .json");
    const card = await read(id, requestId);
    if (card === null) return sendError(response, 404, "NOT_FOUND", "There is no community of this id");
    const body = form === "json" ? Buffer.from(JSON.stringify(card)) : await cardPdf(card);
    response.writeHead(200, {
      "content-type": form === "json" ? "application/json; charset=utf-8" : "application/pdf",
      "content-length": body.length,
      "content-disposition": `inline; filename="${id}.${form}"`,
      ...SECURITY_HEADERS,
    });
    response.end(body);
  };
