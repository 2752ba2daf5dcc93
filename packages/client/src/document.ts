/** What the generated documents are: text that knows the type of its variables and of its answer. Other clients take them too. */
export interface TypedDocument<Result, Variables> {
  /** What is sent. */
  toString(): string;
  /** Type only. */
  __apiType?: (variables: Variables) => Result;
  /** `hash` is the SHA-256 of the text, in hexadecimal digits. */
  __meta__: { readonly name: string; readonly hash: string };
}

export type ResultOf<D> = D extends { __apiType?: (variables: never) => infer R } ? R : never;
export type VariablesOf<D> = D extends { __apiType?: (variables: infer V) => unknown } ? V : never;

/** Of the text, its operation's name and its hash; scripts/client.ts writes the calls. */
export const typedDocument = <Result, Variables>(name: string, hash: string, text: string): TypedDocument<Result, Variables> => ({
  toString: () => text,
  __meta__: { name, hash },
});
