import { createServer } from "node:net";
import type { Settings } from "@gongjian/settings";
import { Failure, MEND } from "../failure";

const HIGHEST = 65_535;

/** The ports that a start will listen on, by their variables. */
const portsOf = (settings: Settings, split: boolean): [string, number][] => [
  ["PORT", settings.port],
  ...(split
    ? ([
        ["COMMUNITIES_PORT", settings.communitiesPort],
        ["EVENTS_PORT", settings.eventsPort],
        ["MATCHING_PORT", settings.matchingPort],
      ] as [string, number][])
    : []),
];

const tryPort = (host: string, port: number): Promise<NodeJS.ErrnoException | null> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once("error", resolve);
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(null)));
  });

/** Before anything is opened: a port that is taken should be told at once, not after the migrations. @throws Failure naming the variable */
export async function ensurePorts(settings: Settings, split: boolean): Promise<void> {
  const seen = new Map<number, string>();
  for (const [variable, port] of portsOf(settings, split)) {
    if (port === 0) continue;
    const other = seen.get(port);
    if (other) throw new Failure(`${variable} and ${other} are both ${port}; expected a port for each.`, MEND);
    seen.set(port, variable);
    const error = await tryPort(settings.host, port);
    if (error?.code === "EADDRINUSE") {
      const free = port + 100 <= HIGHEST ? port + 100 : port - 100;
      throw new Failure(
        `Port ${port} on ${settings.host} is taken by another program. Set ${variable} to a free one, e.g. ${variable}=${free}.`,
        MEND,
      );
    }
    if (error?.code === "EACCES")
      throw new Failure(`${variable}: port ${port} is not permitted to this user; expected one above 1023.`, MEND);
    if (error?.code === "EADDRNOTAVAIL") throw new Failure(`HOST ${settings.host} is not an address of this machine.`, MEND);
    if (error?.code === "ENOTFOUND") throw new Failure(`HOST ${settings.host} cannot be found.`, MEND);
    if (error) throw error;
  }
}
