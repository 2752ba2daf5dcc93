import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";

interface Target {
  host: string;
  port: number;
}

/**
 * What lies between a client and its servers: a line that can be cut, or a load balancer, which hands each connection to the next server
 * that takes it.
 */
export class Relay {
  private readonly sockets = new Set<Socket>();
  private server: Server | null = null;
  private targets: readonly Target[] = [];
  private turn = 0;
  port = 0;

  async open(): Promise<void> {
    this.server = createServer({ pauseOnConnect: true }, (near) => {
      this.keep(near);
      this.reach(near, this.targets.length);
    });
    await new Promise<void>((resolve) => this.server!.listen(this.port, "127.0.0.1", resolve));
    this.port = (this.server.address() as AddressInfo).port;
  }

  /** From now on connections go to these ports of this machine, in turn. */
  balance(ports: readonly number[]): void {
    this.targets = ports.map((port) => ({ host: "127.0.0.1", port }));
  }

  /** The URL that leads to a database through the line. */
  through(url: string): string {
    const { hostname, port } = new URL(url);
    this.targets = [{ host: hostname, port: Number(port) }];
    return Object.assign(new URL(url), { hostname: "127.0.0.1", port: String(this.port) }).href;
  }

  /** Ends what is open, and takes nothing until it is opened again. */
  async cut(): Promise<void> {
    const ended = new Promise<void>((resolve) => this.server!.close(() => resolve()));
    for (const socket of this.sockets) socket.destroy();
    await ended;
  }

  private keep(socket: Socket): void {
    this.sockets.add(socket);
    socket.on("error", () => socket.destroy()).on("close", () => this.sockets.delete(socket));
  }

  private reach(near: Socket, tries: number): void {
    const target = this.targets[this.turn++ % this.targets.length];
    if (!target || tries === 0) return void near.destroy();
    const far = connect(target.port, target.host);
    let connected = false;
    far.once("connect", () => {
      connected = true;
      near.pipe(far).pipe(near);
      near.on("close", () => far.destroy());
      far.on("close", () => near.destroy());
    });
    this.keep(far);
    far.once("error", () => {
      if (!connected) this.reach(near, tries - 1);
    });
  }
}
