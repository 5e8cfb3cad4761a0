import type { TextEdit } from "../edit/text-edit.ts";

const typed: readonly string[] = [
  "<",
  ">",
  "/",
  "</",
  "/>",
  "=",
  '"',
  "'",
  " ",
  "\n",
  "&",
  ";",
  "a",
  "b",
  "\n  ",
  "<!--",
  "-->",
  "-",
  "?>",
  "<?",
  "]]>",
  "<![CDATA[",
  "<a>",
  "</a>",
  "<b/>",
  '<b c="d">',
  "</b>",
  "<p:c/>",
  ' xmlns:p="u"',
  ' a="x"',
  "&amp;",
  "&me;",
  "text",
  "\r\n",
  "\u0001",
  "😀",
  "<!DOCTYPE",
];

/** A change such as typing, deleting, pasting and moving make; `random(n)` gives a number from 0 to n - 1. */
export function randomChange(text: string, random: (below: number) => number): TextEdit {
  const start = random(text.length + 1);
  const rest = text.length - start;
  const take = (length: number) => Math.min(rest, length);
  const pick = () => typed[random(typed.length)] as string;
  switch (random(8)) {
    case 0:
      return { start, end: start + take(1), text: "" };
    case 1:
      return { start, end: start + take(random(30)), text: "" };
    case 2:
      return { start, end: start + take(random(4)), text: pick() };
    case 3: {
      // A piece of the text, from one tag to another, once more.
      const from = text.indexOf("<", random(text.length + 1));
      const to = text.indexOf(">", from + random(80));
      return { start, end: start, text: from < 0 || to < from ? pick() : text.slice(from, to + 1) };
    }
    case 4: {
      // Between two nodes, where people write new ones.
      const at = text.indexOf("<", start);
      return at < 0 ? { start, end: start, text: pick() } : { start: at, end: at, text: pick() };
    }
    default:
      return { start, end: start, text: pick() };
  }
}
