import { Document, isScalar, type Node, Pair, Scalar, YAMLMap, YAMLSeq } from "yaml";
import type { Value } from "./value.ts";
import { resolvePlain } from "./yaml-scalar.ts";

/** Writes a description in YAML; what KIWI's reader would take for a number or a boolean is put in quotes. */
export function writeYaml(root: Value, comments: readonly string[]): string {
  const document = new Document(null, { version: "1.1" });
  const top = new YAMLMap();
  top.items.push(yamlPair("image", root));
  document.contents = top;
  if (comments.length > 0) document.commentBefore = comments.map(commentLines).join("\n\n");
  return document.toString({ lineWidth: 0, indentSeq: true, directives: false });
}

/** A key and its value as nodes of a document. */
export function yamlPair(name: string, value: Value): Pair {
  const key = new Scalar(name);
  if (/^[@#]/.test(name)) key.type = "QUOTE_DOUBLE";
  if (value.comments.length > 0) key.commentBefore = value.comments.map(commentLines).join("\n");
  return new Pair(key, nodeOf(value));
}

function nodeOf(value: Value): Node {
  switch (value.kind) {
    case "scalar":
      return scalarOf(value.text);
    case "map": {
      const map = new YAMLMap();
      for (const [name, inner] of value.entries) map.items.push(yamlPair(name, inner));
      return map;
    }
    case "list": {
      const list = new YAMLSeq();
      for (const item of value.items) {
        const node = nodeOf(item);
        if (item.comments.length > 0 && (isScalar(node) || node instanceof YAMLMap)) {
          node.commentBefore = item.comments.map(commentLines).join("\n");
        }
        list.items.push(node);
      }
      return list;
    }
  }
}

function scalarOf(text: string | null): Scalar {
  const scalar = new Scalar(text);
  if (text === null) return scalar;
  if (/\n/.test(text) && !/[^\S\n]\n|[^\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd]/u.test(text)) scalar.type = "BLOCK_LITERAL";
  else if (resolvePlain(text)?.type !== "string" || /[\t\n\r]/.test(text)) scalar.type = "QUOTE_DOUBLE";
  return scalar;
}

function commentLines(comment: string): string {
  return comment.replace(/^/gm, " ").replace(/ +$/gm, "");
}
