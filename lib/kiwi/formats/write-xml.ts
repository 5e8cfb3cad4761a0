import { childElements, textOf, type XmlElement } from "#lib/xml/tree.ts";

/** Writes a description in XML. */
export function writeXml(root: XmlElement): string {
  return `<?xml version="1.0" encoding="utf-8"?>\n${element(root, "")}\n`;
}

function element(one: XmlElement, indent: string): string {
  const attributes = one.attributes.map(({ name, value }) => ` ${name}="${escape(value, true)}"`).join("");
  const children = childElements(one);
  const text = children.length > 0 ? textOf(one).trim() : textOf(one);
  const open = `${indent}<${one.name}${attributes}`;
  if (children.length === 0) return text === "" ? `${open}/>` : `${open}>${escape(text)}</${one.name}>`;
  const inner = children.map((child) => element(child, `${indent}    `));
  return [`${open}>${escape(text)}`, ...inner, `${indent}</${one.name}>`].join("\n");
}

const references: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\n": "&#10;",
  "\r": "&#13;",
  "\t": "&#9;",
};

function escape(text: string, inAttribute = false): string {
  return text.replace(inAttribute ? /[&<>"\n\r\t]/g : /[&<>\r]/g, (character) => references[character] ?? character);
}
