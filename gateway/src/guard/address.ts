import type { IncomingMessage } from "node:http";
import { BlockList, isIP } from "node:net";

/** The addresses and networks of the proxies in front of the gateway. */
export class Proxies {
  private readonly list = new BlockList();

  /** @param networks addresses or networks in CIDR notation, checked by the settings */
  constructor(networks: readonly string[]) {
    for (const network of networks) {
      const [address = "", prefix] = network.split("/");
      const family = isIP(address) === 6 ? "ipv6" : "ipv4";
      if (prefix === undefined) this.list.addAddress(address, family);
      else this.list.addSubnet(address, Number(prefix), family);
    }
  }

  has(address: string): boolean {
    const family = isIP(address);
    return family !== 0 && this.list.check(address, family === 6 ? "ipv6" : "ipv4");
  }

  /**
   * Where a request comes from. `X-Forwarded-For` counts only as far as trusted proxies wrote it: read from its end, the first address that is
   * none of theirs is the caller's. What stands before it the caller may have made up.
   */
  addressOf({ socket, headers }: Pick<IncomingMessage, "socket" | "headers">): string {
    const direct = plain(socket.remoteAddress ?? "");
    const forwarded = headers["x-forwarded-for"];
    if (forwarded === undefined || !this.has(direct)) return direct;
    const hops = (Array.isArray(forwarded) ? forwarded.join(",") : forwarded).split(",");
    let address = direct;
    for (const hop of hops.reverse()) {
      const next = plain(hop.trim());
      if (isIP(next) === 0) return address;
      address = next;
      if (!this.has(address)) return address;
    }
    return address;
  }
}

/** An IPv4 address that came in over IPv6 is the IPv4 address. */
function plain(address: string): string {
  return address.startsWith("::ffff:") && isIP(address.slice(7)) === 4 ? address.slice(7) : address;
}

/** What callers of one address are counted by: an IPv6 subscriber has 64 bits of addresses to choose from, and counts as one. */
export function networkOf(address: string): string {
  if (isIP(address) !== 6) return address;
  const [head = "", tail] = address.toLowerCase().split("%", 1)[0]?.split("::") ?? [];
  const left = head === "" ? [] : head.split(":");
  const missing = tail === undefined ? 0 : 8 - left.length - (tail === "" ? 0 : tail.split(":").length);
  const groups = [...left, ...Array<string>(Math.max(0, missing)).fill("0"), ...(tail ? tail.split(":") : [])];
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ""))
    .join(":")}::/64`;
}
