import type { Problem } from "#lib/contracts/problem.ts";
import type { Schema } from "#lib/kiwi/schema.ts";
import type { View } from "#lib/relaxng/view.ts";
import type { TextEdit } from "#lib/xml/edit/text-edit.ts";
import { elementAt, type XmlAttribute, type XmlElement } from "#lib/xml/tree.ts";
import type { FileEdit } from "../contract.ts";
import type { Composition } from "../includes.ts";
import type { SourceDocument } from "../source-document.ts";

/** A problem with all that a fix for it needs to know. */
export interface Fault {
  problem: Problem;
  /** The file that holds the problem. */
  document: SourceDocument;
  composition: Composition;
  view: View;
  schema: Schema | null;
  /** The schema version that the installed KIWI wants. */
  newest: string | null;
  start: number;
  end: number;
  /** What stands at the place of the problem. */
  element: XmlElement | null;
  attribute: XmlAttribute | null;
}

/** One way to end a problem, not yet tried. */
export interface Candidate {
  title: string;
  /** What is done, in a word or two that are the same for the same kind of fix. */
  action: string;
  edits: FileEdit[];
}

/** Finds what stands at the place of a problem. */
export function faultAt(
  problem: Problem,
  document: SourceDocument,
  composition: Composition,
  known: Pick<Fault, "schema" | "newest" | "view">,
): Fault {
  const start = document.lines.offset({ line: problem.line, column: problem.column });
  const end = document.lines.offset({ line: problem.endLine, column: problem.endColumn });
  const element = elementAt(document, start) ?? document.root;
  const attribute = element?.attributes.find((one) => one.start <= start && start <= one.end) ?? null;
  return { ...known, problem, document, composition, start, end, element, attribute };
}

/** The edits of one file, each with its name. */
export function inFile(document: Pick<SourceDocument, "path">, edits: readonly TextEdit[]): FileEdit[] {
  return edits.map((edit) => ({ path: document.path, ...edit }));
}
