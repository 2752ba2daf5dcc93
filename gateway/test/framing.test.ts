import { once } from "node:events";
import { connect } from "node:net";
import { type Door, openDoor } from "./door";

const BODY = '{"query":"{ __typename }"}';
const HEAD = "POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n";
const WHOLE = `${HEAD}content-length: ${BODY.length}\r\n\r\n${BODY}`;
/** Another request, for whoever takes the rest of the first one for it. */
const SMUGGLED = "GET /ready HTTP/1.1\r\nhost: x\r\n\r\n";

describe("where one request ends and the next begins", () => {
  let door: Door;
  beforeAll(async () => {
    door = await openDoor({ settings: { keepAliveTimeoutMs: 300 } });
  });
  afterAll(() => door.close());

  /** The statuses of all that is answered on one connection, until the gateway closes it. */
  async function answersTo(text: string): Promise<number[]> {
    const socket = connect(Number(new URL(door.url).port), "127.0.0.1").on("error", () => undefined);
    let answered = "";
    socket.on("data", (chunk) => {
      answered += chunk.toString("latin1");
    });
    socket.write(text);
    await once(socket, "close");
    return [...answered.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));
  }

  it.each<[string, string]>([
    ["both a length and chunks", `${HEAD}content-length: 6\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n${SMUGGLED}`],
    [
      "chunks that another encoding follows",
      `${HEAD}transfer-encoding: chunked\r\ntransfer-encoding: identity\r\n\r\n0\r\n\r\n${SMUGGLED}`,
    ],
    ["an encoding that is none", `${HEAD}transfer-encoding: xchunked\r\n\r\n0\r\n\r\n${SMUGGLED}`],
    ["two lengths", `${HEAD}content-length: ${BODY.length}\r\ncontent-length: 0\r\n\r\n${BODY}${SMUGGLED}`],
    ["a length with a sign", `${HEAD}content-length: +${BODY.length}\r\n\r\n${BODY}${SMUGGLED}`],
    ["a length in another base", `${HEAD}content-length: 0x1a\r\n\r\n${BODY}${SMUGGLED}`],
    ["a blank before the colon", `${HEAD}content-length : ${BODY.length}\r\n\r\n${BODY}${SMUGGLED}`],
    ["a header that goes on in the next line", `${HEAD}x: a\r\n b\r\ncontent-length: ${BODY.length}\r\n\r\n${BODY}${SMUGGLED}`],
    ["lines that end in LF alone", `${WHOLE.replaceAll("\r\n", "\n")}${SMUGGLED}`],
    ["NUL in a header", `${HEAD}x: a\0b\r\ncontent-length: ${BODY.length}\r\n\r\n${BODY}${SMUGGLED}`],
    ["no host", `${WHOLE.replace("host: x\r\n", "")}${SMUGGLED}`],
    ["two hosts", `${WHOLE.replace("host: x", "host: x\r\nHost: y")}${SMUGGLED}`],
    ["two credentials", `${WHOLE.replace("host: x", "host: x\r\nauthorization: Bearer a\r\nAuthorization: Bearer b")}${SMUGGLED}`],
    ["two kinds of body", `${WHOLE.replace("host: x", "host: x\r\nContent-Type: text/plain")}${SMUGGLED}`],
    ["a tunnel", `CONNECT x:443 HTTP/1.1\r\nhost: x\r\n\r\n${SMUGGLED}`],
  ])("is not to be argued about: %s is refused, and what follows is not read", async (_, text) => {
    const statuses = await answersTo(text);
    expect(statuses.length).toBeLessThanOrEqual(1);
    expect(statuses.every((status) => status === 400)).toBe(true);
  });

  it("is clear to requests in a row, which are answered in their order", async () => {
    const wrong = WHOLE.replace("/graphql", "/nothing");
    expect(await answersTo(`${WHOLE}${wrong}${WHOLE}${SMUGGLED}`)).toEqual([200, 405, 200, 200]);
  });

  it("takes a wish for another protocol, which nobody speaks here, for none, and reads nothing after it", async () => {
    const upgrade =
      "connection: upgrade\r\nupgrade: websocket\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\nsec-websocket-version: 13\r\n";
    expect(await answersTo(WHOLE.replace("host: x\r\n", `host: x\r\n${upgrade}`) + SMUGGLED)).toEqual([200]);
  });
});
