/** What is said of one description, by KIWI or by us. */
export interface Verdict {
  wellFormed: boolean;
  /** KIWI takes the description and upgrades it to its newest schema. */
  upgraded: boolean;
  relaxng: boolean;
  /** Each broken Schematron rule: the place of its element among all, and the schema's text, in order; null = not asked. */
  rules: readonly string[] | null;
  /** The elements as KIWI sees them after includes and upgrade, one a line. */
  tree: string | null;
  /** In words, for people. */
  error?: string;
}

/** A description as a judge gets it, with the other files of its folder. */
export interface Question {
  text: Uint8Array;
  files?: Readonly<Record<string, string>>;
  ask: "syntax" | "verdict" | "tree";
  /** Leaves the Schematron rules out where RELAX NG is broken: lxml takes ten times as long for them as for the rest. */
  rulesIfValid?: boolean;
}

/** In what two verdicts differ; null where they agree. */
export function difference(ours: Verdict, theirs: Verdict, ask: Question["ask"]): string | null {
  if (ours.wellFormed !== theirs.wellFormed) return "well-formedness";
  if (ask === "syntax" || !theirs.wellFormed) return null;
  // What we refuse for its version, KIWI 9 passes on and then calls invalid.
  if (!ours.upgraded && !theirs.relaxng) return null;
  if (ours.upgraded !== theirs.upgraded) return "upgrade";
  if (ask === "tree" && ours.tree !== theirs.tree) return "tree";
  if (ours.relaxng !== theirs.relaxng) return "RELAX NG";
  if (theirs.rules === null) return null;
  return ours.rules?.join("\n") === theirs.rules.join("\n") ? null : "Schematron";
}
