import { nearest } from "#lib/relaxng/did-you-mean.ts";
import { setAttribute } from "#lib/xml/edit/attributes.ts";
import { insertChildren, removeElement } from "#lib/xml/edit/elements.ts";
import { attributeOf, childElements, elementsOf, type XmlAttribute, type XmlElement } from "#lib/xml/tree.ts";
import { aliases } from "../rules/lint/architecture-alias.ts";
import { type Candidate, inFile } from "./fault.ts";
import type { FolderFault } from "./whole.ts";

/** A fault at an element of a description. */
interface Case extends FolderFault {
  element: XmlElement;
}

const fixers: Readonly<Record<string, (fault: Case) => Candidate[]>> = {
  "absolute-this": changeValue((value) => value.replace(/^this:\/+/, "this://")),
  "architecture-alias": (fault) => (aliases.get(writtenAt(fault)) ?? []).flatMap((name) => write(fault, name)),
  "bad-boolean": changeValue((value) => value.trim().toLowerCase()),
  "blank-in-list": changeValue((value) => value.trim().replace(/\s*,\s*/g, ",")),
  "duplicate-package": removeIt,
  "duplicate-repository": ownAlias,
  "import-without-requires": importRequired,
  "missing-file": nearFile,
  "plain-http": changeValue((value) => value.replace(/^(?:http|ftp):/i, "https:")),
  "signature-check-off": switchOn,
  "unknown-address": changeValue((value) =>
    value.startsWith("file://") ? value.replace(/^file:\/+/, "file:///") : `this://${value}`,
  ),
  "unknown-package": nearPackages,
  "unknown-profile": unknownProfile,
  "unused-profile": removeProfile,
};

/** Ways to end what our own rules and KIWI's runtime checks complain of in a description. */
export function lintFixes(fault: FolderFault): Candidate[] {
  const { element, problem } = fault;
  return element === null ? [] : (fixers[problem.code]?.({ ...fault, element }) ?? []);
}

const writtenAt = ({ document, start, end }: Case): string => document.text.slice(start, end);

/** Writes other text to the place of the problem. */
function write({ document, start, end }: Case, text: string): Candidate[] {
  const edits = inFile(document, [{ start, end, text }]);
  return [{ title: `Change to "${text}"`, action: "change-value", edits }];
}

function setTo({ document, element }: Case, { name, value: old }: XmlAttribute, value: string): Candidate[] {
  if (value === old) return [];
  const edits = inFile(document, setAttribute(document, element, name, value));
  return [{ title: `Change to "${value}"`, action: "change-value", edits }];
}

function changeValue(correct: (value: string) => string): (fault: Case) => Candidate[] {
  return (fault) => (fault.attribute === null ? [] : setTo(fault, fault.attribute, correct(fault.attribute.value)));
}

function removeIt({ document, element }: Case): Candidate[] {
  const edits = inFile(document, removeElement(document, element));
  return [{ title: "Remove this one", action: "remove-element", edits }];
}

/** The last profile goes with the list that may not be empty. */
function removeProfile(fault: Case): Candidate[] {
  const { parent } = fault.element;
  const isLast = parent !== null && childElements(parent).length === 1;
  return removeIt(isLast ? { ...fault, element: parent } : fault);
}

/** The address says best what a repository is. */
function ownAlias(fault: Case): Candidate[] {
  const { attribute, element, composition } = fault;
  const source = childElements(element).find(({ name }) => name === "source");
  const path = source === undefined ? "" : (attributeOf(source, "path")?.value ?? "");
  if (attribute === null) return [];
  const taken = new Set(allElements(composition).flatMap((one) => attributeOf(one, "alias")?.value ?? []));
  const last = path.split(/[/:]/).findLast((part) => /^[\w.-]+$/.test(part) && !taken.has(part));
  return last === undefined ? [] : setTo(fault, attribute, last);
}

function importRequired({ element, composition }: Case): Candidate[] {
  const wanted = attributeOf(element, "profile")?.value;
  const profile = allElements(composition).find(
    (one) => one.name === "profile" && attributeOf(one, "name")?.value === wanted,
  );
  if (profile === undefined) return [];
  const document = composition.documentOf(profile);
  const edits = inFile(document, setAttribute(document, profile, "import", "true"));
  return [{ title: `Import "${wanted}" as well`, action: "import-profile", edits }];
}

function nearFile(fault: Case): Candidate[] {
  const { attribute, entries } = fault;
  if (attribute === null) return [];
  const there = entries.filter((path) => !path.endsWith("/"));
  const name = attribute.value.split("/").at(-1);
  const near = nearest(attribute.value, there);
  const named = there.filter((path) => path.split("/").at(-1) === name);
  return [...new Set([...(near === null ? [] : [near]), ...named])].flatMap((path) => setTo(fault, attribute, path));
}

function nearPackages(fault: Case): Candidate[] {
  const { attribute, packages } = fault;
  const near = attribute === null ? [] : (packages?.unknown[attribute.value.trim()] ?? []);
  return near.flatMap((name) => (attribute === null ? [] : setTo(fault, attribute, name)));
}

function switchOn(fault: Case): Candidate[] {
  const { attribute, document, element } = fault;
  if (attribute !== null) return setTo(fault, attribute, "true");
  const edits = inFile(document, removeElement(document, element));
  return [{ title: `Remove <${element.name}>`, action: "remove-element", edits }];
}

function unknownProfile(fault: Case): Candidate[] {
  const { composition } = fault;
  const declared = new Set(
    allElements(composition).flatMap((one) => (one.name === "profile" ? [attributeOf(one, "name")?.value ?? ""] : [])),
  );
  const near = nearest(writtenAt(fault), [...declared]);
  const named = allElements(composition).flatMap((one) => [
    ...(attributeOf(one, "profiles")?.value.split(",") ?? []),
    ...(one.name === "requires" ? [attributeOf(one, "profile")?.value ?? ""] : []),
  ]);
  const undeclared = [...new Set(named)].filter((name) => /^[\w.-]+$/.test(name) && !declared.has(name));
  return [
    ...(near === null ? [] : write(fault, near)),
    ...declare(fault, [writtenAt(fault)], "declare-profile"),
    ...(undeclared.length > 1 ? declare(fault, undeclared, "declare-profiles") : []),
  ];
}

/** Adds profiles to those that are declared; where none is, in the image file, behind what says what it is. */
function declare({ composition }: Case, names: readonly string[], action: string): Candidate[] {
  const made = names.map((name) => ({
    name: "profile",
    attributes: [["name", name] as const, ["description", name] as const],
  }));
  const title =
    names.length === 1 ? `Declare the profile "${names[0]}"` : `Declare all ${names.length} profiles that are missing`;
  const list = allElements(composition).find((one) => one.name === "profiles");
  const document = list === undefined ? composition.main : composition.documentOf(list);
  if (document.format !== "xml" || document.root === null) return [];
  const about = childElements(document.root).find(({ name }) => name === "description");
  const edits =
    list === undefined
      ? insertChildren(
          document,
          document.root,
          [{ name: "profiles", children: made }],
          about === undefined ? "first" : { after: about },
        )
      : insertChildren(document, list, made);
  return [{ title, action, edits: inFile(document, edits) }];
}

function allElements({ main, fragments }: Case["composition"]): XmlElement[] {
  return [main, ...fragments].flatMap(({ children }) => [...elementsOf(children)]);
}
