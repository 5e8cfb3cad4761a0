import type { LogQuery } from "#lib/contracts/log.ts";

/** What a search thread is asked: to look through bytes [offset, end), of which `line` is the first, or at a few texts. */
export type SearchTask =
  | { kind: "piece"; offset: number; end: number; line: number }
  | { kind: "marks"; texts: { header: string; text: string }[] };

/** Said once, when the thread is there. */
export interface SearchReady {
  kind: "ready";
}

export type SearchAnswer = { kind: "piece"; lines: number[] } | { kind: "marks"; marks: [number, number][][] };

/** The expression of a query. Throws SyntaxError. */
export function patternOf({ text, regex, matchCase }: LogQuery): RegExp {
  return new RegExp(regex ? text : text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&"), matchCase ? "gm" : "gim");
}

/** Whether what an expression finds is surely within one line, so that many lines may be searched at once. */
export function staysInLine(expression: string): boolean {
  return !/\[\^|\\[sSWDnrvfxucpPk0-9]|\(\?[!<-]|\[[^\]]*[\n\t -]-/.test(expression);
}
