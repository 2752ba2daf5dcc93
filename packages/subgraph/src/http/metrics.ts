import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

export interface RequestMetrics {
  /** Starts one request; call what it returns when the answer is ready. */
  start(): (labels: { operation: string; outcome: "ok" | "error" }) => void;
  error(code: string): void;
  /** Shows numbers that are read when the metrics are: `read` gives one for each value of the label. */
  gauge(name: string, help: string, label: string, read: () => Readonly<Record<string, number>>): void;
  /** In Prometheus's text format. */
  text(): Promise<string>;
  contentType: string;
}

const CODE = /^[A-Z][A-Z0-9_]{0,63}$/;

/** Request durations (seconds), requests in flight and errors by code, and Node's own metrics, in a registry of their own. */
export function requestMetrics(service: string): RequestMetrics {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  collectDefaultMetrics({ register: registry });
  const duration = new Histogram({
    name: "gongjian_request_duration_seconds",
    help: "Time from a request's arrival to its answer, by kind of operation",
    labelNames: ["operation", "outcome"],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  const inFlight = new Gauge({ name: "gongjian_requests_in_flight", help: "Requests being answered", registers: [registry] });
  const errors = new Counter({ name: "gongjian_errors_total", help: "Errors by code", labelNames: ["code"], registers: [registry] });
  return {
    start() {
      const began = performance.now();
      inFlight.inc();
      return ({ operation, outcome }) => {
        inFlight.dec();
        duration.observe({ operation, outcome }, (performance.now() - began) / 1000);
      };
    },
    error: (code) => errors.inc({ code: CODE.test(code) ? code : "OTHER" }),
    gauge(name, help, label, read) {
      new Gauge({
        name,
        help,
        labelNames: [label],
        registers: [registry],
        collect() {
          for (const [value, number] of Object.entries(read())) this.set({ [label]: value }, number);
        },
      });
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
