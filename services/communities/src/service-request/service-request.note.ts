import { defineLoader } from "@gongjian/subgraph";
import { logReadings } from "../contact/contact.values";
import type { Context } from "../context";
import { openedNote } from "./service-request.store";
import type { ServiceRequest } from "./service-request.type";

export interface NoteReading {
  request: ServiceRequest;
  /** Under which role; null for one's own, which nobody has to account for. */
  role: string | null;
}

/** Other people's notes are in the log of readings before they are opened; all of an operation are logged by one statement. */
const read = defineLoader<Context, NoteReading, string | null>(
  async (context, readings) => {
    const others = readings.flatMap(({ request, role }) =>
      role === null || request.contactNote === null ? [] : [{ id: request.id, role }],
    );
    if (others.length > 0) await context.database.transaction((tx) => logReadings(context, tx, others));
    return readings.map(({ request }) => openedNote(context.database.keys, request));
  },
  ({ request }) => request.id,
);

export const readNote = (context: Context, reading: NoteReading): Promise<string | null> => context.load(read, reading);
