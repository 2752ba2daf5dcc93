import { readFileSync } from "node:fs";
import { join } from "node:path";
import { commandFor, DEMO_PEOPLE } from "./demo-people";
import { ROOT } from "./root";

/** The query that shows what the platform is for; GraphiQL opens with the same file. */
export const mainQuery = (): string => readFileSync(join(ROOT, "gateway", "graphiql", "examples", "01-round.graphql"), "utf8").trim();

const people = DEMO_PEOPLE.map((person) => `  ${person.subject.padEnd(22)} ${commandFor(person)}`).join("\n");

/** What `npm start` prints once it serves. */
export const banner = (url: string, demo: boolean): string => `
Gongjian (共建) is ready.

  GraphiQL   ${url}/graphiql
  GraphQL    ${url}/graphql     (POST; works with Apollo Studio)
  Health     ${url}/health   ${url}/ready   ${url}/metrics
${demo ? `\nA token of the demo's people, one for each role:\n${people}\n` : ""}
Paste this into GraphiQL: what the communities of a sub-district need in 2024, and who was matched with them, and why.

${mainQuery()}

Ctrl-C ends all of it.`;
