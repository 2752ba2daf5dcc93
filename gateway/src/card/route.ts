import type { IncomingMessage, ServerResponse } from "node:http";
import { SECURITY_HEADERS, sendError } from "@gongjian/subgraph";
import type { Card } from "./card";
import { cardPdf } from "./pdf";

const PATH = /^\/cards\/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\.pdf$/u;

export type ReadCard = (communityId: string, requestId: string) => Promise<Card | null>;

/** Whether a path is that of a card. */
export const isCard = (path: string): boolean => path.startsWith("/cards/");

/** Serves service contact cards: `GET /cards/<community id>.pdf`. Cards are public; where there is no such community there is nothing (404). */
export const cards =
  (read: ReadCard) =>
  async (_request: IncomingMessage, response: ServerResponse, path: string, requestId: string): Promise<void> => {
    const id = PATH.exec(path.toLowerCase())?.[1];
    const card = id === undefined ? null : await read(id, requestId);
    if (card === null) return sendError(response, 404, "NOT_FOUND", "There is no community of this id");
    const pdf = await cardPdf(card);
    response.writeHead(200, {
      "content-type": "application/pdf",
      "content-length": pdf.length,
      "content-disposition": `inline; filename="${id}.pdf"`,
      ...SECURITY_HEADERS,
    });
    response.end(pdf);
  };
