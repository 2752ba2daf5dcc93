import { SHOWN, those, type ConceptPermissions } from "@gongjian/subgraph";
import { canKeepCalendars } from "./calendar.policy";

export const calendarPermissions: ConceptPermissions = {
  concept: "WorkingCalendar",
  hidden: {},
  parts: ["CalendarDay"],
  operations: { workingCalendar: SHOWN, endOfTerm: SHOWN, importCalendarDays: those("canKeepCalendars", canKeepCalendars) },
};
