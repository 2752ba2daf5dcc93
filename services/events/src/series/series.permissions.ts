import { SHOWN, those, type ConceptPermissions } from "@gongjian/subgraph";
import { canWriteSeries, scopesOfRegion } from "./series.policy";

const write = those("canWriteSeries", (viewer, place) => canWriteSeries(viewer, scopesOfRegion(place)));

export const seriesPermissions: ConceptPermissions = {
  concept: "EventSeries",
  hidden: {},
  operations: {
    eventSeries: SHOWN,
    eventSeriesByKey: SHOWN,
    eventSeriesList: SHOWN,
    createEventSeries: write,
    updateEventSeries: write,
    importEventSeries: write,
  },
};
