import type { IncomingMessage } from "node:http";
import fc from "fast-check";
import { networkOf, Proxies } from "./address";

const from = (remoteAddress: string, forwarded?: string) =>
  ({ socket: { remoteAddress }, headers: forwarded === undefined ? {} : { "x-forwarded-for": forwarded } }) as unknown as IncomingMessage;

describe("the address of a caller", () => {
  const proxies = new Proxies(["10.0.0.0/8", "::1", "fd00::/8"]);

  it.each([
    ["no proxy", "203.0.113.9", undefined, "203.0.113.9"],
    ["a header that the caller made up", "203.0.113.9", "198.51.100.1", "203.0.113.9"],
    ["a proxy", "10.0.0.5", "198.51.100.1", "198.51.100.1"],
    ["a proxy over IPv6 that speaks of IPv4", "::ffff:10.0.0.5", "::ffff:198.51.100.1", "198.51.100.1"],
    ["two proxies", "10.0.0.5", "198.51.100.1, 10.0.0.6", "198.51.100.1"],
    ["a proxy, and what the caller made up before it", "10.0.0.5", "1.1.1.1, 198.51.100.1", "198.51.100.1"],
    ["a proxy that says nothing", "10.0.0.5", undefined, "10.0.0.5"],
    ["a proxy that says nonsense", "10.0.0.5", "unknown", "10.0.0.5"],
    ["nonsense before an address", "10.0.0.5", "<script>, 10.0.0.6", "10.0.0.6"],
    ["a proxy over IPv6", "fd00::2", "2001:db8::7", "2001:db8::7"],
    ["proxies alone", "10.0.0.5", "10.0.0.6", "10.0.0.6"],
  ])("%s", (_, remote, forwarded, address) => {
    expect(proxies.addressOf(from(remote, forwarded))).toBe(address);
  });

  it("is never chosen by a caller who comes directly, whatever the header says", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.ipV4(), fc.ipV6()), (forwarded) => {
        expect(proxies.addressOf(from("203.0.113.9", forwarded))).toBe("203.0.113.9");
        expect(new Proxies([]).addressOf(from("10.0.0.5", forwarded))).toBe("10.0.0.5");
      }),
    );
  });

  it.each([
    ["198.51.100.1", "198.51.100.1"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:0db8:0001:0002::9", "2001:db8:1:2::/64"],
    ["2001:DB8::", "2001:db8:0:0::/64"],
    ["::1", "0:0:0:0::/64"],
    ["fe80::1%eth0", "fe80:0:0:0::/64"],
    ["", ""],
  ])("counts %s as %s", (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});
