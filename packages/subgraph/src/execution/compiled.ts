import {
  type DocumentNode,
  type ExecutionResult,
  GraphQLError,
  type GraphQLSchema,
  getVariableValues,
  isScalarType,
  Kind,
  type OperationDefinitionNode,
  type VariableDefinitionNode,
  visit,
} from "graphql";
import { compileQuery, isCompiledQuery } from "graphql-jit";

export type CompiledOperation = (context: object, variables: Record<string, unknown> | null | undefined) => Promise<ExecutionResult>;

/** A scalar of every federated schema that takes any value as it is. */
const ANY = "_Any";
const MAX_VARIABLE_ERRORS = 50;

/**
 * The one operation of a document as generated code that answers as graphql-js would, or null where that cannot be had. Variables are read by
 * graphql-js, for the generated code's own reading does not know defaults within inputs; it gets them ready-made.
 */
export function compileOperation(schema: GraphQLSchema, document: DocumentNode): CompiledOperation | null {
  const definitions = document.definitions.find((node): node is OperationDefinitionNode => node.kind === Kind.OPERATION_DEFINITION);
  const variableDefinitions = definitions?.variableDefinitions ?? [];
  if (variableDefinitions.length > 0 && (!isScalarType(schema.getType(ANY)) || hasVariableInsideLiteral(document))) return null;
  const compiled = compile(schema, withReadyVariables(document));
  if (!compiled) return null;
  return async (context, variables) => {
    const { coerced, errors } = getVariableValues(schema, variableDefinitions, variables ?? {}, { maxErrors: MAX_VARIABLE_ERRORS });
    if (errors) return { errors };
    const result = await compiled.query(undefined, context, coerced);
    return result.errors ? { ...result, errors: result.errors.map(likeInterpreted) } : result;
  };
}

/** Generated code reads a literal of a custom scalar once, without the variables inside it: such documents are interpreted. */
function hasVariableInsideLiteral(document: DocumentNode): boolean {
  let found = false;
  const look = { Variable: () => void (found = true) };
  visit(document, {
    ObjectField: (node) => void visit(node, look),
    ListValue: (node) => void visit(node, look),
  });
  return found;
}

function compile(schema: GraphQLSchema, document: DocumentNode) {
  try {
    const compiled = compileQuery(schema, document, undefined, { disablingCapturingStackErrors: true });
    return isCompiledQuery(compiled) ? compiled : null;
  } catch {
    return null;
  }
}

/** The same document with variables of any type and without defaults, which have been applied. */
function withReadyVariables(document: DocumentNode): DocumentNode {
  const ready = ({ variable }: VariableDefinitionNode): VariableDefinitionNode => ({
    kind: Kind.VARIABLE_DEFINITION,
    variable,
    type: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: ANY } },
  });
  const definitions = document.definitions.map((node) =>
    node.kind === Kind.OPERATION_DEFINITION ? { ...node, variableDefinitions: node.variableDefinitions?.map(ready) } : node,
  );
  return { ...document, definitions };
}

/** An error of generated code, which lacks what graphql-js gives its own, as graphql-js would have made it. */
function likeInterpreted({ message, path, originalError }: GraphQLError): GraphQLError {
  const isNullViolation = message.startsWith("Cannot return null for non-nullable field");
  return new GraphQLError(message, { path, originalError: originalError ?? new (isNullViolation ? Error : GraphQLError)(message) });
}
