export { type AnsiColour, type AnsiSpan, type AnsiStyle, readAnsi } from "./ansi.ts";
export { KiwiLog } from "./log.ts";
export type { LogError, LogLine, LogPhase } from "./log-parts.ts";
export type { LogLevel, SegmentKind } from "./segment.ts";
