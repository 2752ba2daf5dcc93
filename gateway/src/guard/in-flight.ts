import { Refusal } from "@gongjian/subgraph";

const RETRY_AFTER_SECONDS = "1";

/** Lets so many requests in at a time, from their arrival on: each may hold a body, and an answer, in memory. */
export class InFlight {
  private count = 0;

  constructor(private readonly max: number) {}

  /** @throws Refusal (503) when all places are taken. Otherwise call `leave` once, when the request is answered. */
  enter(): void {
    if (this.count >= this.max) {
      throw new Refusal(503, "OVERLOADED", "Too many requests are being answered; try again", {
        "retry-after": RETRY_AFTER_SECONDS,
        connection: "close",
      });
    }
    this.count += 1;
  }

  leave(): void {
    this.count -= 1;
  }
}
