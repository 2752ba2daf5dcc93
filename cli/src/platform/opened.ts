/** Told to a start that goes on although its process is ending; nobody has to see it. */
export class Ending extends Error {
  override readonly name = "Ending";
}

/** What a process has opened, and is opening: closed in reverse order, each when it has come to be, and all of it whatever fails. */
export class Opened {
  private readonly closers: (() => Promise<void>)[] = [];
  private closed: Promise<void> | null = null;

  /** Whether close() has been called. */
  get closing(): boolean {
    return this.closed !== null;
  }

  /** Opens one more thing. @throws Ending when the process is ending already */
  async open<T>(opening: () => Promise<T>, close: (opened: T) => Promise<void>): Promise<T> {
    if (this.closing) throw new Ending();
    const opened = opening();
    this.closers.push(() =>
      opened.then(close, () => {
        // What did not open has told its own caller.
      }),
    );
    const it = await opened;
    if (this.closing) throw new Ending();
    return it;
  }

  /** Further calls wait for the first. Rejects with the first error, once everything has been tried. */
  close(): Promise<void> {
    this.closed ??= this.closeAll();
    return this.closed;
  }

  private async closeAll(): Promise<void> {
    const errors: unknown[] = [];
    for (const close of this.closers.reverse()) await close().catch((error: unknown) => errors.push(error));
    if (errors.length > 0) throw errors[0];
  }
}
