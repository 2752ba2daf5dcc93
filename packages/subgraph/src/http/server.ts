import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface ServerOptions {
  host: string;
  /** 0: any free port. */
  port: number;
  /** Milliseconds for a client to send its headers, and then its whole request. */
  headersTimeoutMs?: number;
  requestTimeoutMs?: number;
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
  let active = 0;
  let closing: Promise<void> | undefined;
  const server = createServer(
    {
      headersTimeout: headersTimeoutMs,
      requestTimeout: requestTimeoutMs,
      connectionsCheckingInterval: Math.max(100, Math.min(headersTimeoutMs, requestTimeoutMs) / 4),
      keepAliveTimeout: 30_000,
      maxHeaderSize: 16 * 1024,
    },
    (request, response) => {
      active += 1;
      if (closing) response.setHeader("connection", "close");
      response.once("close", () => {
        active -= 1;
      });
      // a handler answers its own errors; what escapes all the same must cost one request, never the process
      handler(request, response).catch(() => response.destroy());
    },
  );
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
