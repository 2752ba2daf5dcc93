import { PROJECT_PHASES, PROJECT_STATES, type ProjectState } from "@gongjian/entities-matching";
import fc from "fast-check";
import {
  checkDay,
  checkEvaluation,
  checkMilestone,
  checkProject,
  checkStep,
  daysAfter,
  HANDED_OVER,
  NEXT_PROJECT_STATES,
  projectGuards,
  takesMilestone,
} from "./project.rules";

const state = fc.constantFrom(...PROJECT_STATES);
const day = fc.integer({ min: 0, max: 2000 }).map((days) => new Date(Date.UTC(2022, 0, 1 + days)).toISOString().slice(0, 10));

test("whatever is asked for, a project's states are a way from the plan to its end, never back", () => {
  // the whole ways that there are, told apart from the table of steps
  const ways = ["PB", "PX", "PBX", "PBC", "PBCM", "PBCL", "PBCML", "P"];
  const letters: Record<ProjectState, string> = {
    PLANNED: "P",
    BUILDING: "B",
    COMPLETED: "C",
    MAINTAINED: "M",
    CLOSED: "L",
    CANCELLED: "X",
  };
  fc.assert(
    fc.property(fc.array(state, { maxLength: 12 }), (asked) => {
      const way: ProjectState[] = ["PLANNED"];
      for (const to of asked) if (NEXT_PROJECT_STATES[way.at(-1)!].includes(to)) way.push(to);
      expect(ways).toContain(way.map((each) => letters[each]).join(""));
      expect(way.includes("COMPLETED")).toBe(way.some((each) => HANDED_OVER.includes(each)));
    }),
  );
});

test("the days of a project along any way are there exactly when the database wants them", () => {
  fc.assert(
    fc.property(fc.array(state, { maxLength: 12 }), day, (asked, on) => {
      let now: ProjectState = "PLANNED";
      let days = { startedOn: null, completedOn: null, endedOn: null } as ReturnType<typeof daysAfter>;
      for (const to of asked) {
        if (!NEXT_PROJECT_STATES[now].includes(to)) continue;
        days = daysAfter(days, to, on);
        now = to;
      }
      if (now !== "PLANNED" && now !== "CANCELLED") expect(days.startedOn).toBe(on);
      expect(days.completedOn !== null).toBe(["COMPLETED", "MAINTAINED", "CLOSED"].includes(now));
      expect(days.endedOn !== null).toBe(["CLOSED", "CANCELLED"].includes(now));
    }),
  );
});

test("a project is completed exactly when something was to be built and all of it is accepted", () => {
  fc.assert(
    fc.property(state, fc.array(fc.boolean(), { maxLength: 5 }), (to, milestones) => {
      const figures = { built: milestones.length, accepted: milestones.filter(Boolean).length };
      const ready = to !== "COMPLETED" || (milestones.length > 0 && !milestones.includes(false));
      expect(projectGuards(to, figures).length === 0).toBe(ready);
    }),
  );
});

test("no milestone of building comes into what is completed, and none into what is over", () => {
  const refused = PROJECT_STATES.flatMap((at) =>
    PROJECT_PHASES.filter((phase) => !takesMilestone(at, phase, null)).map((phase) => `${at} ${phase}`),
  );
  expect(refused).toEqual([
    "COMPLETED PLAN",
    "COMPLETED BUILD",
    "MAINTAINED PLAN",
    "MAINTAINED BUILD",
    "CLOSED PLAN",
    "CLOSED BUILD",
    "CLOSED MAINTAIN",
    "CANCELLED PLAN",
    "CANCELLED BUILD",
    "CANCELLED MAINTAIN",
  ]);
  expect([takesMilestone("COMPLETED", "PLAN", "PLAN"), takesMilestone("COMPLETED", "BUILD", "MAINTAIN")]).toEqual([true, false]);
});

test("a day is taken when it has come and does not precede the one before it", () => {
  fc.assert(
    fc.property(day, day, fc.option(day), (on, today, after) => {
      const time = (text: string) => new Date(text).getTime();
      const good = time(on) <= time(today) && (after === null || time(on) >= time(after));
      expect(checkDay("on", on, today, after).length === 0).toBe(good);
    }),
  );
});

const codes = (problems: { field: string; code: string }[]) => problems.map(({ field, code }) => `${field} ${code}`);
test.each<[string, { field: string; code: string }[], string[]]>([
  ["a cancellation says why", checkStep("CANCELLED", null), ["reason REQUIRED"]],
  ["and not in a blank", checkStep("CANCELLED", " "), ["reason REQUIRED"]],
  ["closing may say why", checkStep("CLOSED", "结项"), []],
  ["and need not", checkStep("CLOSED", null), []],
  ["what goes on has no reason", checkStep("BUILDING", "为何"), ["reason NOT_TAKEN"]],
  ["a reason has its bound", checkStep("CANCELLED", "由".repeat(1001)), ["reason TOO_LONG"]],
  ["a project at its bounds", checkProject({ key: "k".repeat(100), title: "题".repeat(200), description: "说".repeat(4000) }), []],
  [
    "beyond them",
    checkProject({ key: "", title: " ", description: "说".repeat(4001) }),
    ["key REQUIRED", "title REQUIRED", "description TOO_LONG"],
  ],
  ["a milestone of a side that is not there", checkMilestone({ title: "施工", side: "ORGANISATION" }, false), ["side NO_ORGANISATION"]],
  ["and of one that is", checkMilestone({ title: "施工", side: "ORGANISATION" }, true), []],
  ["a rating below", checkEvaluation({ rating: 0 }), ["rating OUT_OF_RANGE"]],
  ["a rating above", checkEvaluation({ rating: 6 }), ["rating OUT_OF_RANGE"]],
  ["texts at their bound", checkEvaluation({ rating: 5, comment: "好".repeat(2000), before: "前", after: "后" }), []],
  ["a text beyond it", checkEvaluation({ rating: 1, after: "后".repeat(2001) }), ["after TOO_LONG"]],
])("%s", (_name, problems, expected) => {
  expect(codes(problems)).toEqual(expected);
});
