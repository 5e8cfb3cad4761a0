import type { Finding } from "#lib/relaxng/finding.ts";
import type { XmlElement } from "#lib/xml/tree.ts";
import type { SourceDocument, TextFile } from "./source-document.ts";

type Found = Omit<Finding, "element"> & { element?: XmlElement };

/** Codes of findings that blame the name itself; the others speak of the element that bears it. */
const aboutNames: ReadonlySet<string> = new Set(["element-not-allowed", "element-out-of-place", "wrong-root"]);

/**
 * A finding in the terms of the document's format: an item of a list is shown itself and not by the key before the
 * list, and keys are called by what is written, as `"@name"` for an attribute.
 */
export function inFormat<F extends Found>(document: TextFile & Pick<SourceDocument, "data">, finding: F): F {
  const { data } = document;
  if (data === undefined) return finding;
  const { element, code } = finding;
  const atName = element !== undefined && finding.start === element.nameStart && finding.end === element.nameEnd;
  const item = atName && !aboutNames.has(code) ? data.items.get(element) : undefined;
  return { ...finding, message: keysInMessage(finding.message, code), ...item };
}

/** Documentation in the terms of the document's format. */
export function keysIn({ data }: SourceDocument, markdown: string): string {
  if (data === undefined) return markdown;
  return markdown.replace(/^\*\*`(\w[\w.:-]*)`\*\*/, '**`"@$1"`**').replace(/`<([\w.:-]+)>`/g, "`$1`");
}

/** Names elements and attributes by their keys. */
function keysInMessage(message: string, code: string): string {
  const isKey = code.startsWith("attribute") || code === "missing-attribute";
  return message
    .replace(/<([\w.:-]+)((?: [\w.:-]+="[^"]*")+)>/g, (_, name: string, attributes: string) => {
      const keys = attributes.replace(/ ([\w.:-]+)=("[^"]*")/g, ' "@$1": $2').trim();
      return `"${name}" with ${keys}`;
    })
    .replace(/<([\w.:-]+)>/g, '"$1"')
    .replace(/\b(?:the|The) attribute "([^"@]+)"/g, '"@$1"')
    .replace(/^([a-z]\w*) must not be empty/, '"@$1" must not be empty')
    .replace(/ is not allowed for ([a-z_]\w*):/, ' is not allowed for "@$1":')
    .replace(/(?:Did you mean|one of the attributes|Allowed here:|beside)[^.?]*/g, (part) =>
      isKey ? part.replace(/"([\w.:-]+)"/g, '"@$1"') : part,
    );
}
