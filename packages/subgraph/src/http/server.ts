import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { sendError } from "./respond";

export interface ServerOptions {
  host: string;
  /** 0: any free port. */
  port: number;
  /** Milliseconds for a client to send its headers, and then its whole request. */
  headersTimeoutMs?: number;
  requestTimeoutMs?: number;
  /** Milliseconds that an idle connection is kept open. */
  keepAliveTimeoutMs?: number;
  maxConnections?: number;
  /** Connections of one address; 0: no limit. Addresses for which `isUncounted` is true have none. */
  maxConnectionsPerAddress?: number;
  isUncounted?: (address: string) => boolean;
  /** Milliseconds that requests in flight get to finish when the server closes. */
  shutdownGraceMs?: number;
}

export interface RunningServer {
  url: string;
  port: number;
  /** Requests being answered now. */
  inFlight(): number;
  /** Stops accepting, lets requests in flight finish, and cuts off what is left after the grace period. */
  close(): Promise<void>;
}

export type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** A bare node:http server that survives slow clients and closes gracefully. Rejects with the system's error when the port is taken. */
export async function listen(handler: Handler, options: ServerOptions): Promise<RunningServer> {
  const { host, port, headersTimeoutMs = 10_000, requestTimeoutMs = 30_000, shutdownGraceMs = 10_000 } = options;
  const { keepAliveTimeoutMs = 30_000, maxConnections = 10_000, maxConnectionsPerAddress = 0, isUncounted = () => false } = options;
  let active = 0;
  let closing: Promise<void> | undefined;
  const server = createServer(
    {
      headersTimeout: headersTimeoutMs,
      requestTimeout: requestTimeoutMs,
      connectionsCheckingInterval: Math.max(100, Math.min(headersTimeoutMs, requestTimeoutMs) / 4),
      keepAliveTimeout: keepAliveTimeoutMs,
      maxHeaderSize: 16 * 1024,
    },
    (request, response) => {
      active += 1;
      if (closing) response.setHeader("connection", "close");
      whenOver(request, response, () => {
        active -= 1;
      });
      if (isAmbiguous(request.rawHeaders)) return sendError(response, 400, "BAD_REQUEST", "A header is there more than once", CLOSE);
      // a handler answers its own errors; what escapes all the same must cost one request, never the process
      handler(request, response)
        .then(() => untakenFor(response, requestTimeoutMs))
        .catch(() => response.destroy());
    },
  );
  server.maxConnections = maxConnections;
  if (maxConnectionsPerAddress > 0) limitConnections(server, maxConnectionsPerAddress, isUncounted);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host, port }, resolve);
  });
  const address = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${address.port}`,
    port: address.port,
    inFlight: () => active,
    close: () => {
      closing ??= closeGracefully(server, shutdownGraceMs);
      return closing;
    },
  };
}

const waiting = new WeakMap<Socket, Set<() => void>>();

/**
 * Calls once when an answer has been taken, or can be no more. Of answers that wait behind another on their connection Node says nothing when
 * the connection breaks: they are over with it.
 */
export function whenOver({ socket }: IncomingMessage, response: ServerResponse, callback: () => void): void {
  if (socket.closed) return callback();
  const all = waiting.get(socket) ?? new Set();
  if (!waiting.has(socket)) {
    waiting.set(socket, all);
    socket.once("close", () => {
      for (const over of all) over();
    });
  }
  const over = () => {
    if (all.delete(over)) callback();
  };
  all.add(over);
  response.once("close", over);
}

const CLOSE = { connection: "close" };
/** Headers of which Node takes the first, and another server on the way perhaps the last. */
const SINGLE = new Set(["host", "authorization", "content-type"]);

/** Whether a request names its host (RFC 9112, 3.2), its credential or the kind of its body twice: whom it means depends on who reads it. */
function isAmbiguous(rawHeaders: readonly string[]): boolean {
  let found: Set<string> | undefined;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i]!;
    if (name.length !== 4 && name.length !== 12 && name.length !== 13) continue;
    const lower = name.toLowerCase();
    if (!SINGLE.has(lower)) continue;
    found ??= new Set();
    if (found.has(lower)) return true;
    found.add(lower);
  }
  return false;
}

/** A client that does not take its answer is cut off after that time: the answer, and its place among the requests in flight, wait with it. */
function untakenFor(response: ServerResponse, milliseconds: number): void {
  if (response.closed || !response.socket?.writableLength) return;
  const cutOff = setTimeout(() => response.destroy(), milliseconds);
  response.once("close", () => clearTimeout(cutOff));
}

function limitConnections(server: Server, max: number, isUncounted: (address: string) => boolean): void {
  const open = new Map<string, number>();
  server.on("connection", (socket: Socket) => {
    const address = socket.remoteAddress ?? "";
    if (isUncounted(address)) return;
    const count = open.get(address) ?? 0;
    if (count >= max) return void socket.destroy();
    open.set(address, count + 1);
    socket.once("close", () => {
      const left = (open.get(address) ?? 1) - 1;
      if (left > 0) open.set(address, left);
      else open.delete(address);
    });
  });
}

async function closeGracefully(server: Server, graceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  // a keep-alive connection turns idle only after its answer: sweep until all have gone
  const sweep = setInterval(() => server.closeIdleConnections(), 50);
  const cutOff = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearInterval(sweep);
  clearTimeout(cutOff);
}
