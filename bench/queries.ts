import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The round of the demo that is asked for. */
export const ROUND = "huayang-2024";

/** A page of needs: two hops to another subgraph for entities (the communities that have them, the organisations that serve them). */
const NEEDS = `query Needs($first: Int!) {
  roundByKey(key: "${ROUND}") {
    title
    year
    state
    needs(first: $first) {
      nodes {
        id
        title
        budgetMax
        community { id name }
        matches {
          units
          score
          offer { title organisation { id name } }
        }
      }
    }
  }
}`;

/** What is asked of every server, as the body of a POST. */
export interface Question {
  query: string;
  variables: Record<string, unknown>;
}

export const needs = (first: number): Question => ({ query: NEEDS, variables: { first } });

/** The query that `npm start` prints: the whole round with factors, blockers and meetings. */
export const wholeRound = (): Question => ({
  query: readFileSync(join(__dirname, "..", "gateway", "graphiql", "examples", "01-round.graphql"), "utf8"),
  variables: {},
});
