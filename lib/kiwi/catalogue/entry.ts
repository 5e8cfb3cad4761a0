import type { Layer, Severity } from "#lib/contracts/problem.ts";

/** What the catalogue says of one problem code. Texts are plain sentences in our own words; backquotes mark code. */
export interface Entry {
  /** Stable, kebab-case; what problems, settings and comments name it by. */
  code: string;
  layer: Layer;
  /** How bad it is where nothing else is set. */
  severity: Severity;
  title: string;
  meaning: string;
  remedy: string;
  example?: Example;
}

/** The fault, and the same without it. */
export interface Example {
  wrong: string;
  right: string;
  language: "xml" | "shell" | "yaml" | "json";
}

/** Whether a rule may be switched off or weighed differently. What KIWI's schema refuses stays refused. */
export function isAdjustable({ layer }: Pick<Entry, "layer">): boolean {
  return layer === "lint" || layer === "runtime";
}
