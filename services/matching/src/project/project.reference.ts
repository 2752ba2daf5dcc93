import type { Context } from "../context";
import type { Project } from "./project.type";

/** Reads through the visibility of projects. */
export const projectReference = (reference: { id: string }, context: Context): Promise<Project | null> =>
  context.projects.byId(reference.id);
