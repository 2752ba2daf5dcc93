import { GraphQLError } from "graphql";
import { formatError, forbidden, withoutSuggestion } from ".";

const formatted = (error: GraphQLError) => {
  const logged: unknown[] = [];
  return { ...formatError(error, "r-1", (entry) => logged.push(entry)), logged };
};
const thrown = (cause: Error) => new GraphQLError(cause.message, { originalError: cause, path: ["x"] });
const fromDatabase = (code: string) =>
  Object.assign(new Error("invalid byte sequence for encoding"), { code, severity: "ERROR", length: 1 });

test("a known error keeps its constant message and its code", () => {
  expect(formatted(thrown(forbidden()))).toMatchObject({
    message: "You may not do this.",
    path: ["x"],
    extensions: { code: "FORBIDDEN" },
    logged: [],
  });
});

test.each([
  ["22021", "INVALID_CHARACTER"],
  ["22P05", "INVALID_CHARACTER"],
  ["22003", "OUT_OF_RANGE"],
])("what the database cannot hold (%s) is the input's fault", (state, code) => {
  const { extensions, logged } = formatted(thrown(fromDatabase(state)));
  expect(extensions).toMatchObject({ code: "BAD_USER_INPUT", problems: [{ code }] });
  expect(logged).toEqual([]);
});

test.each<[string, Error]>([
  ["does not answer", Object.assign(new Error("connect ECONNREFUSED 10.0.0.7:5432"), { code: "ECONNREFUSED" })],
  ["was ended by its administrator", fromDatabase("57P01")],
  ["is starting", fromDatabase("57P03")],
  ["has no room for another connection", fromDatabase("53300")],
  ["broke off", new Error("Connection terminated unexpectedly")],
  ["gives no connection in time", new Error("timeout exceeded when trying to connect")],
])("a database that %s is worth another try, and the log has why", (_name, cause) => {
  const { message, extensions, logged } = formatted(thrown(cause));
  expect(message).toBe("This part of the platform cannot be reached for now. Try again.");
  expect(extensions).toEqual({ code: "SERVICE_UNAVAILABLE", retryAfter: 2, errorId: expect.any(String) });
  expect(logged).toEqual([{ errorId: extensions!["errorId"], requestId: "r-1", error: cause }]);
});

test("a variable that is not of its type is the input's fault, and its value is not repeated", () => {
  const cause = new GraphQLError('Expected non-nullable type "ID!" not to be null.');
  const error = new GraphQLError(`Variable "$ids" got invalid value "hush" at "ids[0]"; ${cause.message}`, { originalError: cause });
  const { message, extensions, logged } = formatted(error);
  expect(message).toBe('Variable "$ids" at "ids[0]" got an invalid value; Expected non-nullable type "ID!" not to be null.');
  expect(extensions).toEqual({ code: "BAD_USER_INPUT" });
  expect(logged).toEqual([]);
});

test("everything else is masked, and the log has the cause under the id that the client gets", () => {
  const cause = Object.assign(new Error('relation "secret_table" does not exist'), { code: "42P01" });
  const { message, extensions, logged } = formatted(thrown(cause));
  expect(message).not.toContain("secret_table");
  expect(extensions).toEqual({ code: "INTERNAL", errorId: expect.any(String) });
  expect(logged).toEqual([{ errorId: extensions!["errorId"], requestId: "r-1", error: cause }]);
});

test("no neighbouring names are offered", () => {
  expect(withoutSuggestion('Cannot query field "naem" on type "Community". Did you mean "name"?')).toBe(
    'Cannot query field "naem" on type "Community".',
  );
});
