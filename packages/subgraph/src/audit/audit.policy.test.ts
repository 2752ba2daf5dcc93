import { ROLES } from "../identity";
import { canReadAudit } from "./audit.policy";

const SCOPES = ["*", "region:51", "community:11111111-1111-4111-8111-111111111111", "organisation:11111111-1111-4111-8111-111111111111"];

describe("reading an audit trail", () => {
  test.each(ROLES.flatMap((role) => SCOPES.map((scope) => [role, scope] as const)))("%s in %s", (role, scope) => {
    const allowed = (role === "AUDITOR" || role === "ADMIN") && scope === "*";
    expect(canReadAudit({ subject: "s", memberships: [{ role, scope }] })).toBe(allowed);
  });

  test("nobody without a membership", () => expect(canReadAudit({ subject: "s", memberships: [] })).toBe(false));

  test("one fitting membership among others is enough", () =>
    expect(
      canReadAudit({
        subject: "s",
        memberships: [
          { role: "RESIDENT", scope: "*" },
          { role: "AUDITOR", scope: "*" },
        ],
      }),
    ).toBe(true));
});
