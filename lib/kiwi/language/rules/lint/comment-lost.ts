import type { XmlNode } from "#lib/xml/tree.ts";
import type { ImageLint } from "../rule.ts";

export const commentLost: ImageLint = {
  code: "comment-lost",
  layer: "lint",
  severity: "info",
  title: "A hint that a conversion would lose",
  meaning:
    "Comments such as `OBS-Profiles:` are orders to the Open Build Service. They live in the XML file only: this KIWI passes XML through a module that drops comments, so what it writes or prints again (`image info --print-xml`, YAML, TOML) does not hold them any more.",
  remedy: "Keep the XML file as the source, and do not replace it with what KIWI prints.",
  example: {
    language: "xml",
    wrong: `<!-- OBS-Profiles: @BUILD_FLAVOR@ -->
<preferences/>`,
    right: "<preferences/>",
  },
  check({ image, documents, xmlThroughMarkup }, say) {
    if (!xmlThroughMarkup) return;
    for (const document of documents) {
      if (!document.text.includes("OBS-")) continue;
      for (const { start, end } of comments(document.children)) {
        const hint = /^<!--\s*(OBS-\w+)\s*:/.exec(document.text.slice(start, end))?.[1];
        const owner = document.children.find((node) => node.kind === "element") ?? image.root;
        if (hint === undefined || owner.kind !== "element") continue;
        say({ message: `${hint} is lost where KIWI writes the description anew.`, element: owner, start, end });
      }
    }
  },
};

function* comments(nodes: readonly XmlNode[]): Generator<XmlNode> {
  const pending = [...nodes].reverse();
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (node.kind === "comment") yield node;
    else if (node.kind === "element") pending.push(...[...node.children].reverse());
  }
}
