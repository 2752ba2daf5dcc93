export { type Cost, costsOf } from "./cost";
export { type Shape, shapeOf } from "./shape";
export { type OperationLimits, OperationStore } from "./store";
