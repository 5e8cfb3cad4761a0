import { XMLParser, XMLValidator } from "fast-xml-parser";
import { type Element, limits, lineAt, type ReadError, type ReadResult } from "./element.ts";

// Entities are left alone by the parser and decoded here: only the five of XML and character references exist,
// because a document type, which could define others, is refused.
const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: "",
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  processEntities: false,
  maxNestedTags: limits.depth,
});

/** What the parser makes of a node: one key with its children (or `#text`), and `:@` with its attributes. */
type ParsedNode = Record<string, unknown>;

/** Reads a whole XML document. Document types are refused, so that no entity, external or not, can be defined. */
export function readXml(text: string): ReadResult {
  const refused = refuse(text);
  if (refused) return { error: refused };
  const verdict = XMLValidator.validate(text);
  if (verdict !== true) return { error: { message: verdict.err.msg, line: verdict.err.line } };
  try {
    const roots = elementsOf(parser.parse(text) as ParsedNode[], { left: limits.elements });
    const [root, second] = roots.children;
    if (!root) return { error: { message: "The file holds no element.", line: 1 } };
    if (second) return { error: { message: `There must be one outermost element; <${second.name}> is a second one.` } };
    return { root };
  } catch (error) {
    return { error: { message: error instanceof Error ? error.message : String(error) } };
  }
}

function refuse(text: string): ReadError | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 section 2.2 forbids exactly these.
  const control = /[\0-\x08\x0b\x0c\x0e-\x1f]/.exec(text);
  if (control) return { message: "Control characters are not allowed in XML.", line: lineAt(text, control.index) };
  const content = endOfProlog(text);
  if (text.startsWith("<!", content))
    return { message: "A document type (DOCTYPE) is not allowed in a description.", line: lineAt(text, content) };
  return undefined;
}

/** Offset of the first thing that is neither white space, comment nor processing instruction. */
function endOfProlog(text: string): number {
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  for (;;) {
    while (/\s/.test(text.charAt(at))) at++;
    const closer = text.startsWith("<!--", at) ? "-->" : text.startsWith("<?", at) ? "?>" : undefined;
    const end = closer === undefined ? -1 : text.indexOf(closer, at);
    if (closer === undefined || end === -1) return at;
    at = end + closer.length;
  }
}

function elementsOf(nodes: ParsedNode[], budget: { left: number }): Pick<Element, "children" | "text"> {
  const children: Element[] = [];
  let text = "";
  for (const node of nodes) {
    const name = Object.keys(node).find((key) => key !== ":@");
    if (name === undefined) continue;
    if (name === "#text") {
      text += decode(String(node[name]));
      continue;
    }
    if (budget.left-- <= 0) throw new Error(`The description has more than ${limits.elements} elements.`);
    const attributes = Object.entries((node[":@"] ?? {}) as Record<string, unknown>);
    children.push({
      name,
      attributes: new Map(attributes.map(([key, value]) => [key, decode(String(value))])),
      ...elementsOf(node[name] as ParsedNode[], budget),
    });
  }
  return { children, text: text.trim() };
}

const named: Record<string, string> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

function decode(text: string): string {
  return text.replace(/&([^;\s]{0,32});/g, (reference, name: string) => {
    const code = /^#(?:x([0-9a-f]+)|(\d+))$/i.exec(name);
    const character = code ? characterOf(Number.parseInt(code[1] ?? code[2] ?? "", code[1] ? 16 : 10)) : named[name];
    if (character === undefined) throw new Error(`The entity ${reference} is not defined.`);
    return character;
  });
}

function characterOf(code: number): string | undefined {
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}
