/** An element that is to be written. */
export interface NewElement {
  name: string;
  attributes?: readonly (readonly [name: string, value: string])[];
  children?: readonly NewElement[];
  /** Character data; of an element without children. */
  text?: string;
}

/** A value between double quotes, or between those that are given. */
export function escapeValue(value: string, quote = '"'): string {
  const escaped = value.replace(/&/g, "&amp;").replace(/</g, "&lt;");
  const blanks = escaped.replace(/[\t\n\r]/g, (blank) => `&#${blank.charCodeAt(0)};`);
  return quote === "'" ? blanks.replace(/'/g, "&apos;") : blanks.replace(/"/g, "&quot;");
}

export function escapeText(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/\]\]>/g, "]]&gt;").replace(/\r/g, "&#13;");
}

/** The element's text; all lines but the first begin with `indent`, and children with one `unit` more. */
export function writeElement(element: NewElement, indent: string, unit: string, lineEnd: string): string {
  const { name, attributes = [], children = [], text } = element;
  const tag = `<${[name, ...attributes.map(([key, value]) => `${key}="${escapeValue(value)}"`)].join(" ")}`;
  if (children.length === 0) return text === undefined ? `${tag}/>` : `${tag}>${escapeText(text)}</${name}>`;
  const inner = indent + unit;
  const lines = children.map((child) => inner + writeElement(child, inner, unit, lineEnd));
  return [`${tag}>`, ...lines, `${indent}</${name}>`].join(lineEnd);
}
