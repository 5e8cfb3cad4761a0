import { formatNames } from "#lib/kiwi/formats/format.ts";
import type { View } from "#lib/relaxng/view.ts";
import { isUri } from "#lib/xml/characters.ts";
import { attributeOf, childElements, type XmlElement, type XmlNode } from "#lib/xml/tree.ts";
import { folderPath } from "./folder-path.ts";
import type { SourceDocument } from "./source-document.ts";

/** Whoever includes a file more often learns no more from it: what may not stand twice does not stand so often either. */
const maxPastes = 3;

/** Something wrong with an include, placed in the document that holds it. */
export interface IncludeFault {
  code: string;
  message: string;
  severity: "error" | "warning";
  document: SourceDocument;
  start: number;
  end: number;
}

/** A description with its includes pulled in, as KIWI sees it before anything else happens to it. */
export interface Composition {
  main: SourceDocument;
  /** The included files that could be read. */
  fragments: readonly SourceDocument[];
  faults: readonly IncludeFault[];
  /** Shows the children of the fragments in the place of the includes. */
  view: View;
  /** Which file an element stands in. */
  documentOf(element: XmlElement): SourceDocument;
}

type TargetProblem = "remote" | "outside" | "three-slashes" | "relative-file" | "no-address" | "empty";

/** Where an include leads. */
type Target = { path: string } | { problem: TargetProblem };

/** The include elements that KIWI expands: direct children of the root `<image>`. */
export function includesOf(document: SourceDocument): XmlElement[] {
  if (document.root === null || !isImage(document.root)) return [];
  return childElements(document.root).filter((child) => child.name === "include");
}

function isImage(element: XmlElement): boolean {
  return element.local === "image" && element.namespace === "";
}

/** The path that an include of the file `from` leads to, if it is one of the folder. */
export function includedPath(include: XmlElement, from: string): string | null {
  const target = includeTarget(attributeOf(include, "from")?.value ?? "", from);
  return "path" in target ? target.path : null;
}

/**
 * Pulls the includes of a description in. KIWI pastes the child elements of the fragment's `<image>` as they are: its
 * attributes are ignored, and includes inside it are not followed. A KIWI that reads XML through anymarkup
 * (`xmlThroughMarkup`) looks for plain relative paths in the wrong folder. `open` gives a file of the folder, or null.
 */
export function compose(
  main: SourceDocument,
  open: (path: string) => SourceDocument | null,
  xmlThroughMarkup: boolean,
): Composition {
  const faults: IncludeFault[] = [];
  const fragments = new Map<string, SourceDocument>();
  const pasted = new Map<XmlElement, readonly XmlNode[]>();
  const pastes = new Map<SourceDocument, number>();

  for (const include of includesOf(main)) {
    const from = attributeOf(include, "from");
    if (from === undefined) continue;
    const fault = (code: string, message: string, severity: IncludeFault["severity"] = "error") =>
      faults.push({ code, message, severity, document: main, start: from.valueStart, end: from.valueEnd });

    const target = includeTarget(from.value, main.path);
    if ("problem" in target) {
      reportTarget(target.problem, from.value, fault);
      continue;
    }
    if (target.path === main.path) {
      fault("include-cycle", "This file includes itself.");
      continue;
    }
    const fragment = fragments.get(target.path) ?? open(target.path);
    if (fragment === null) {
      fault("missing-include", `The included file "${target.path}" does not exist.`);
      continue;
    }
    if (fragment.format !== "xml") {
      const format = formatNames[fragment.format];
      fault("broken-include", `KIWI includes XML only; "${target.path}" is taken for ${format}.`);
      continue;
    }
    const isNew = !fragments.has(target.path);
    fragments.set(target.path, fragment);
    if ((xmlThroughMarkup || main.format !== "xml") && !from.value.startsWith("this://")) {
      fault("relative-include", `This KIWI does not find "${from.value}": write this://${from.value}.`);
    }
    if (isNew) checkFragment(fragment, main, faults);
    if (fragment.errors.length > 0) fault("broken-include", `The included file "${target.path}" is not well-formed.`);
    const times = (pastes.get(fragment) ?? 0) + 1;
    pastes.set(fragment, times);
    const { root } = fragment;
    const inner = root !== null && isImage(root) && times <= maxPastes ? childElements(root) : [];
    pasted.set(include, [...inner, ...include.children]);
  }

  const owners = new Map([main, ...fragments.values()].map((document) => [document.root, document]));
  return {
    main,
    fragments: [...fragments.values()],
    faults,
    view: {
      attributes: (element) => element.attributes,
      // What a fragment brings has the main file's root for its parent.
      parent: ({ parent }) => (parent !== null && parent.parent === null && owners.has(parent) ? main.root : parent),
      children(element) {
        if (element !== main.root || pasted.size === 0) return element.children;
        return element.children.flatMap((child) =>
          child.kind === "element" ? (pasted.get(child) ?? [child]) : [child],
        );
      },
    },
    documentOf(element) {
      if (fragments.size === 0) return main;
      let top = element;
      while (top.parent !== null) top = top.parent;
      return owners.get(top) ?? main;
    },
  };
}

function checkFragment(fragment: SourceDocument, main: SourceDocument, faults: IncludeFault[]): void {
  const { root } = fragment;
  if (root === null || !isImage(root)) {
    const place = { start: root?.nameStart ?? 0, end: root?.nameEnd ?? Math.min(1, fragment.text.length) };
    const message = "An included file needs the root element <image>; KIWI takes nothing from this one.";
    faults.push({ code: "include-without-image", message, severity: "warning", document: fragment, ...place });
    return;
  }
  for (const nested of includesOf(fragment)) {
    const cycle = includedPath(nested, main.path) === main.path;
    const message = cycle
      ? `"${main.path}" includes this file: they include each other.`
      : "KIWI does not follow an include inside an included file; put it into the main file.";
    const code = cycle ? "include-cycle" : "nested-include";
    const place = { start: nested.nameStart, end: nested.nameEnd };
    faults.push({ code, message, severity: "error", document: fragment, ...place });
  }
}

/**
 * Where KIWI looks for an include: `this://x` and plain `x` beside the main file, `file://`, `dir://` and absolute
 * paths on the host; nothing is fetched from the network. Two slashes make the next part a host's name, which KIWI
 * puts back in front of the path; three make the path absolute.
 */
function includeTarget(from: string, mainPath: string): Target {
  const plain = from.startsWith("this://") ? from.slice("this://".length) : from;
  if (plain === "") return { problem: "empty" };
  if (!isUri(from)) return { problem: "no-address" };
  if (plain.startsWith("/")) return { problem: from === plain ? "outside" : "three-slashes" };
  if (/^(?:file|dir):/.test(plain)) return { problem: /^\w+:\/\/[^/]/.test(plain) ? "relative-file" : "outside" };
  if (/^[a-zA-Z][a-zA-Z0-9+.-]*:\/\//.test(plain)) return { problem: "remote" };
  const path = folderPath(plain, mainPath.split("/").slice(0, -1));
  return path === null ? { problem: "outside" } : { path };
}

function reportTarget(
  problem: TargetProblem,
  from: string,
  fault: (code: string, message: string, severity?: IncludeFault["severity"]) => void,
): void {
  if (problem === "remote") {
    fault(
      "remote-include",
      "KIWI does not fetch includes from the network; put the file into the description's folder.",
    );
  } else if (problem === "three-slashes") {
    fault("missing-include", `"${from}" has one slash too many: a file beside this one is named this://file.`);
  } else if (problem === "relative-file") {
    fault(
      "missing-include",
      `"${from}" needs a path that begins with a slash; a file beside this one is named this://file.`,
    );
  } else if (problem === "no-address") {
    fault("missing-include", `"${from}" cannot be read as an address: it must not hold blanks and the like.`);
  } else if (problem === "empty") fault("missing-include", "The include names no file.");
  else {
    const message = `"${from}" lies outside of the description's folder: it was not checked, and builds here do not have it. Put it into the folder.`;
    fault("include-outside", message, "warning");
  }
}
