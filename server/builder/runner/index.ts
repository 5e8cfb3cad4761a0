export { type AttemptState, cancelAttempt, inspectAttempt } from "./inspect.ts";
export { materialise } from "./materialise.ts";
export { settleLost, sweepAttempt } from "./settle.ts";
export { startAttempt } from "./start.ts";
