import type { Entry } from "#lib/kiwi/catalogue/entry.ts";
import type { Finding } from "#lib/relaxng/finding.ts";
import type { XmlElement, XmlNode } from "#lib/xml/tree.ts";
import type { DocumentRequest } from "../contract.ts";
import type { TextFile } from "../source-document.ts";
import type { Build } from "./build.ts";
import type { Image } from "./image.ts";

/** What a rule says: the catalogue's entry gives code and severity. */
export type Say = (finding: Omit<Finding, "code">) => void;

/** One of KIWI's runtime checks, or a failure that follows from the description as surely. */
export interface RuntimeRule extends Entry {
  layer: "runtime";
  /** Name of KIWI's own check, as `runtime_checks: disable:` in `kiwi.yml` takes it; absent where KIWI fails later on. */
  kiwiCheck?: string;
  /** Major versions of KIWI that have it; absent = all. */
  kiwi?: { from?: number; until?: number };
  /**
   * What decides: the type alone; the machine as well, so that a type that no architecture binds fits somewhere; or the
   * active profiles as well, where more of them can mend the fault (`more`) or fewer of them (`fewer`).
   */
  decidedBy: "type" | "machine" | "more" | "fewer";
  check(build: Build, say: Say): void;
}

/** What a lint of the description sees. */
export interface LintSubject {
  image: Image;
  /** The elements that the rule looks at, in their order. */
  elements: readonly XmlElement[];
  /** The files that make up the description: the image file first. */
  documents: readonly { path: string; text: string; children: readonly XmlNode[] }[];
  /** Something was included that we cannot see: what is not there may be in it. */
  partial: boolean;
  /** All paths of the folder; undefined where they are not known. */
  files: ReadonlySet<string> | undefined;
  mains: readonly string[];
  read: DocumentRequest["read"];
  /** What the repositories have; undefined where that is not known. */
  packages: DocumentRequest["packages"];
  /** Paths of the scripts that belong to the description, be they there or not. */
  scripts: readonly string[];
  /** This KIWI passes XML through a module that knows no comments. */
  xmlThroughMarkup: boolean;
  /** Whether the schema wants a boolean as that attribute, or as the text (null) of the element. */
  isBoolean: (element: Finding["element"], attribute: string | null) => boolean;
}

/** One of our own rules for descriptions. */
export interface ImageLint extends Entry {
  layer: "lint" | "runtime";
  /** Attributes of which an element of interest has at least one; absent = it may do without. */
  attributes?: readonly string[];
  /**
   * Whether an element may be of interest; asked again only where something in it has changed. Absent = each one is that
   * has such an attribute, and none where no attributes are named.
   */
  looksAt?(element: XmlElement, image: Image): boolean;
  check(subject: LintSubject, say: Say): void;
}

/** One of our own rules for the scripts beside a description. */
export interface ScriptLint extends Entry {
  layer: "lint";
  check(script: TextFile, say: (message: string, start: number, end: number) => void): void;
}
