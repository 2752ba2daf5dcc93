import { Access } from "@gongjian/subgraph";
import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { Context } from "../context";
import { ImportParticipantsInput, ImportSessionsInput } from "./session.import.inputs";
import { CreateSessionInput, UpdateSessionInput } from "./session.inputs";
import { CreateSessionResult, ImportParticipantsResult, ImportSessionsResult, UpdateSessionResult } from "./session.results";

const WHO = "officers of the event's region, workers and representatives of the parties that hold it, and administrators";

@Resolver()
export class SessionMutations {
  @Mutation(() => CreateSessionResult, { description: "Adds a session to an event's agenda, with those who take part." })
  @Access(WHO)
  createSession(
    @Arg("input", () => CreateSessionInput, { description: "The session." }) input: CreateSessionInput,
    @Ctx() context: Context,
  ): Promise<typeof CreateSessionResult> {
    return context.sessions.create(input) as Promise<typeof CreateSessionResult>;
  }

  @Mutation(() => UpdateSessionResult, { description: "Changes a session, or who takes part in it." })
  @Access(WHO)
  updateSession(
    @Arg("input", () => UpdateSessionInput, { description: "The change." }) input: UpdateSessionInput,
    @Ctx() context: Context,
  ): Promise<typeof UpdateSessionResult> {
    return context.sessions.update(input) as Promise<typeof UpdateSessionResult>;
  }

  @Mutation(() => ImportSessionsResult, { description: "Creates or updates sessions by key, row by row." })
  @Access(WHO)
  importSessions(
    @Arg("input", () => ImportSessionsInput, { description: "The sessions." }) input: ImportSessionsInput,
    @Ctx() context: Context,
  ): Promise<typeof ImportSessionsResult> {
    return context.sessions.import(input) as Promise<typeof ImportSessionsResult>;
  }

  @Mutation(() => ImportParticipantsResult, { description: "Replaces the participants of the sessions that rows name, row by row." })
  @Access(WHO)
  importParticipants(
    @Arg("input", () => ImportParticipantsInput, { description: "The participants." }) input: ImportParticipantsInput,
    @Ctx() context: Context,
  ): Promise<typeof ImportParticipantsResult> {
    return context.sessions.importParticipants(input) as Promise<typeof ImportParticipantsResult>;
  }
}
