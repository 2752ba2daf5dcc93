/** What the generated documents are: text that knows the type of its variables and of its answer. */
export interface TypedDocument<Result, Variables> {
  toString(): string;
  /** Type only. */
  __apiType?: (variables: Variables) => Result;
  __meta__?: { hash?: string } & Record<string, unknown>;
}

export type ResultOf<D> = D extends { __apiType?: (variables: never) => infer R } ? R : never;
export type VariablesOf<D> = D extends { __apiType?: (variables: infer V) => unknown } ? V : never;
