import { join } from "node:path";

/** The root of the checkout, from the sources and from a build alike. */
export const ROOT = join(__dirname, "..", "..");
