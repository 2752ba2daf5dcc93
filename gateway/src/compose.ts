import { composeServices } from "@apollo/composition";
import { type GraphQLError, parse } from "graphql";

export interface SubgraphSdl {
  name: string;
  sdl: string;
}

/** The subgraphs do not fit together. The message has one line for each reason. */
export class CompositionError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`The subgraphs do not compose:\n${problems.map((problem) => `  ${problem}`).join("\n")}`);
    this.name = "CompositionError";
  }
}

/** The supergraph SDL of some subgraphs; the same for the same subgraphs in any order. @throws CompositionError */
export function compose(subgraphs: readonly SubgraphSdl[]): string {
  const services = [...subgraphs]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, sdl }) => ({ name, url: `subgraph:${name}`, typeDefs: parsed(name, sdl) }));
  const { errors, supergraphSdl } = composeServices(services);
  if (errors) throw new CompositionError(errors.map(describe));
  return supergraphSdl;
}

function parsed(name: string, sdl: string) {
  try {
    return parse(sdl);
  } catch (error) {
    const { message, locations } = error as GraphQLError;
    throw new CompositionError([`${name}, line ${locations?.[0]?.line ?? "?"}: ${message}`]);
  }
}

function describe({ message, extensions }: GraphQLError): string {
  return `${extensions?.code ?? "ERROR"}: ${message}`;
}
