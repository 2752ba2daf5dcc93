export { DEFAULT_LIMITS, type OperationLimits, OperationStore } from "./store";
