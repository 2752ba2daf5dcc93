import { auditServer } from "graphql-http";
import { openDoor } from "./door";

/** The GraphQL over HTTP specification, as its reference implementation audits it. */
it("breaks nothing that GraphQL over HTTP says a server must do", async () => {
  const door = await openDoor();
  const results = await auditServer({ url: `${door.url}/graphql`, fetchFn: fetch });
  await door.close();
  expect(results.length).toBeGreaterThan(50);
  expect(results.filter(({ status }) => status === "error").map(({ name }) => name)).toEqual([]);
});
