import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { ClientError, CommunitiesDocument, createClient, EventsDocument } from "../src";

const close: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(close.splice(0).map((end) => end()));
});

/** A server that is no gateway. @returns its URL */
async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  close.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
}

const failure = (url: string, timeoutMs?: number): Promise<unknown> =>
  createClient({ url, timeoutMs })
    .execute(CommunitiesDocument)
    .then(
      (data) => data,
      (error: unknown) => error,
    );

it.each([
  ["a page", 502, "<h1>Bad gateway</h1>"],
  ["nothing", 200, ""],
  ["a list", 200, "[]"],
  ["a text", 200, '"yes"'],
  ["neither data nor errors", 200, "{}"],
  ["no data and no errors", 200, '{"data":null,"errors":[]}'],
])("an answer that is %s is none", async (_, status, text) => {
  const url = await serve((_request, response) => response.writeHead(status).end(text));
  const error = await failure(url);
  expect(error).toBeInstanceOf(ClientError);
  expect(error).toMatchObject({ status, data: null, errors: [{ code: "NO_ANSWER" }] });
});

it("an error without a code is UNKNOWN", async () => {
  const url = await serve((_request, response) => response.end('{"errors":[{"message":"odd"},null]}'));
  expect(await failure(url)).toMatchObject({ errors: [{ code: "UNKNOWN", message: "odd", extensions: {} }, { code: "UNKNOWN" }] });
});

it("a server that does not answer in time, or begins and does not end", async () => {
  for (const begin of [false, true]) {
    const url = await serve((_request, response) => {
      if (begin) response.writeHead(200).write('{"data":');
    });
    const began = performance.now();
    expect(await failure(url, 150)).toMatchObject({ status: 0, errors: [{ code: "TIMEOUT" }], cause: { name: "TimeoutError" } });
    expect(performance.now() - began).toBeLessThan(5_000);
  }
});

it("a server that is not there, or hangs up", async () => {
  const url = await serve((request) => request.socket.destroy());
  expect(await failure(url)).toMatchObject({ status: 0, errors: [{ code: "UNREACHABLE" }] });
  await Promise.all(close.splice(0).map((end) => end()));
  expect(await failure(url)).toMatchObject({ errors: [{ code: "UNREACHABLE" }], cause: { message: "fetch failed" } });
});

it("a caller may give up", async () => {
  const url = await serve(() => undefined);
  const giveUp = new AbortController();
  const asked = createClient({ url }).execute(EventsDocument, {}, { signal: giveUp.signal });
  giveUp.abort(new Error("the page was left"));
  await expect(asked).rejects.toThrow("the page was left");
  await expect(createClient({ url }).execute(EventsDocument, {}, { signal: giveUp.signal })).rejects.toThrow("the page was left");
});
