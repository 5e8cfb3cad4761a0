import type { Pattern } from "./pattern.ts";

/** Whether a pattern is content with this text: that of an attribute, or all character data of an element. */
export function takesText(pattern: Pattern, text: string): boolean {
  switch (pattern.kind) {
    case "text":
      return true;
    case "empty":
      return text.trim() === "";
    case "data":
      return pattern.datatype.accepts(text);
    case "choice":
      return pattern.parts.some((part) => takesText(part, text));
    case "group":
    case "interleave":
      // One part takes the text, and the others do without.
      return pattern.parts.some(
        (part, i) => takesText(part, text) && pattern.parts.every((other, j) => j === i || other.nullable),
      );
    case "one-or-more":
      return takesText(pattern.part, text);
    default:
      return false;
  }
}
