import type { SchemaName } from "#lib/contracts/builder.ts";
import type { Problem } from "#lib/contracts/problem.ts";
import type { RuleSettingsText } from "#lib/contracts/rule-settings.ts";
import type { Choice } from "#lib/kiwi/description/selection.ts";
import type {
  ConversionTarget,
  FormatOptions,
  FormChange,
  FormPlace,
  KnownPackages,
  Language,
  PackageChange,
} from "#lib/kiwi/language/index.ts";
import type { TextStep } from "./worker-text.ts";

/**
 * What the page and the language worker say to each other: one contract, two sides.
 * Positions are offsets in UTF-16 units into the text that was sent last; messages are handled in the order in which
 * they were sent, so an answer always speaks of that text. Where the worker cannot follow the edits of a text, it knows
 * nothing of it until the whole text comes.
 */

/** A problem as it is seen when a whole description is looked at. */
export interface FileProblem extends Problem {
  file: string;
  /** It belongs to the image that is edited, not only to another file that happens to be open. */
  ofImage: boolean;
}

/** Problems, and the versions of the texts in the editor that they speak of, by path. */
export interface CheckResult {
  problems: FileProblem[];
  versions: Record<string, number>;
}

/** A text file of the description's folder. */
export interface SourceFile {
  path: string;
  text: string;
}

/** What the worker judges by. Without a schema it can only tell whether files are well-formed. */
export type SchemaState =
  | { kind: "loading" }
  | { kind: "ready"; kiwiVersion: string; schemaVersion: string }
  | { kind: "absent"; reason: string };

interface File {
  path: string;
}

interface Place extends File {
  offset: number;
}

/** Everything that the page can ask: the method, what it takes, what it gives. */
export interface LanguageMethods {
  useSchema: { takes: { schema: SchemaName | null; reason: string }; gives: SchemaState };
  /** Checks the image file with all that it includes, and other files in the context of those that include them. */
  check: { takes: { main: string; others: string[] }; gives: CheckResult };
  complete: { takes: Place; gives: ReturnType<Language["complete"]> };
  hover: { takes: Place; gives: ReturnType<Language["hover"]> };
  outline: { takes: File; gives: ReturnType<Language["outline"]> };
  folding: { takes: File; gives: ReturnType<Language["folding"]> };
  selection: { takes: Place; gives: ReturnType<Language["selection"]> };
  tagPair: { takes: Place; gives: ReturnType<Language["tagPair"]> };
  closingTag: { takes: Place; gives: ReturnType<Language["closingTag"]> };
  format: { takes: File & { options: FormatOptions }; gives: ReturnType<Language["format"]> };
  definition: { takes: Place; gives: ReturnType<Language["definition"]> };
  references: { takes: Place; gives: ReturnType<Language["references"]> };
  renamable: { takes: Place; gives: ReturnType<Language["renamable"]> };
  rename: { takes: Place & { newName: string }; gives: ReturnType<Language["rename"]> };
  links: { takes: File; gives: ReturnType<Language["links"]> };
  fixes: { takes: { main: string; problem: FileProblem }; gives: ReturnType<Language["fixes"]> };
  convert: { takes: File & { to: ConversionTarget }; gives: ReturnType<Language["convert"]> };
  namedPackages: { takes: File & { architecture: string }; gives: ReturnType<Language["namedPackages"]> };
  /** `saved` speaks of the files as they are on disk. */
  wantedPackages: {
    takes: { path: string; choice: Choice; saved: boolean };
    gives: ReturnType<Language["wantedPackages"]>;
  };
  packageAt: { takes: Place; gives: ReturnType<Language["packageAt"]> };
  packageSections: { takes: File; gives: ReturnType<Language["packageSections"]> };
  changePackages: { takes: File & { change: PackageChange }; gives: ReturnType<Language["changePackages"]> };
  form: { takes: File; gives: ReturnType<Language["form"]> };
  formChoices: { takes: File & { place: FormPlace }; gives: ReturnType<Language["formChoices"]> };
  changeForm: { takes: File & { change: FormChange }; gives: ReturnType<Language["changeForm"]> };
  upgrade: { takes: File; gives: ReturnType<Language["upgrade"]> };
  lenses: { takes: File; gives: ReturnType<Language["lenses"]> };
  effective: {
    takes: { path: string; choice: Choice; upgraded: boolean };
    gives: ReturnType<Language["effective"]>;
  };
  matrix: { takes: { path: string; choice: Choice }; gives: ReturnType<Language["matrix"]> };
}
export type Method = keyof LanguageMethods;

/** Everything that the page tells without waiting for an answer. */
export type Notice =
  /** The files of the folder as they are on disk, which of them are image files, what else lies in it, and the settings of rules. */
  | { kind: "folder"; files: SourceFile[]; mains: string[]; entries: string[]; settings: RuleSettingsText[] }
  /** The text of a file in the editor; it stands above the one on disk until it is closed. */
  | { kind: "text"; path: string; text: string; version: number }
  /** What was typed since: a few characters instead of the whole text. */
  | ({ kind: "edits"; path: string } & TextStep)
  | { kind: "closed"; path: string }
  /** What the repositories of the image file have. */
  | { kind: "packages"; packages: KnownPackages };

export type Request = {
  [M in Method]: { kind: "request"; id: number; method: M; params: LanguageMethods[M]["takes"] };
}[Method];

/** The first word: the memory through which answers may come faster, where there is any. */
export interface Lane {
  kind: "lane";
  memory: SharedArrayBuffer | undefined;
}

export type Reply = { id: number; result: LanguageMethods[Method]["gives"] } | { id: number; error: string };
