import { accessSync, constants, mkdirSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { Failure, MEND } from "../failure";

const WORDS: Record<string, string> = {
  ENOENT: "it cannot be created there",
  ENOTDIR: "it lies below something that is not a folder",
  EACCES: "not permitted",
  EPERM: "not permitted",
  EROFS: "the file system is read-only",
  ENAMETOOLONG: "the name is too long",
  ENOSPC: "the disk is full",
  ELOOP: "its links lead round in a circle",
};

function isThere(folder: string): boolean {
  try {
    if (statSync(folder).isDirectory()) return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw error;
  }
  throw Object.assign(new Error("it is not a folder"), { code: "" });
}

/** Step by step: Node's own recursive mkdir never ends below a folder in which nothing can be made, such as /proc. */
function make(folder: string): void {
  if (isThere(folder)) return;
  if (dirname(folder) !== folder) make(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    // another starter may have made it meanwhile
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}

/** Makes DATA_DIR with its parents. @throws Failure in one line when it is not a folder that can be written */
export function ensureFolder(folder: string): void {
  try {
    make(resolve(folder));
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    const { code = "", message } = error as NodeJS.ErrnoException;
    throw new Failure(`DATA_DIR ${folder} cannot be used: ${WORDS[code] ?? message}`, MEND);
  }
}
