export { type Arguments, type CallOptions, type Client, type ClientOptions, createClient } from "./client";
export type { ResultOf, TypedDocument, VariablesOf } from "./document";
export { type AnswerError, ClientError } from "./errors";
export * from "./generated/graphql";
export { eachNode, type Page } from "./pages";
