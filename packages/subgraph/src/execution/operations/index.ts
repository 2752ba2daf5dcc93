export { costsOf } from "./cost";
export { DEFAULT_LIMITS, type OperationLimits, OperationStore } from "./store";
