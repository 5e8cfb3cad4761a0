import { atValue } from "#lib/relaxng/finding.ts";
import type { ImageLint } from "../rule.ts";

export const badBoolean: ImageLint = {
  code: "bad-boolean",
  layer: "runtime",
  severity: "error",
  title: "KIWI stumbles over the blank in this boolean",
  meaning:
    'The schema takes blanks around `true` and `false`, but the program that loads the description does not: it ends with KiwiDataStructureError, "Bad boolean attribute" or "requires boolean".',
  remedy: "Remove the blanks.",
  example: {
    language: "xml",
    wrong: `<preferences>
  <version>1.0.0</version>
  <type image="iso" flags="dmsquash" mediacheck=" true"/>
</preferences>`,
    right: `<preferences>
  <version>1.0.0</version>
  <type image="iso" flags="dmsquash" mediacheck="true"/>
</preferences>`,
  },
  looksAt: ({ attributes, children }) =>
    attributes.some(({ value }) => padded.test(value)) ||
    (children[0]?.kind === "text" && padded.test(children[0].value)),
  check({ elements, isBoolean }, say) {
    for (const element of elements) {
      for (const attribute of element.attributes) {
        if (!padded.test(attribute.value) || !isBoolean(element, attribute.name)) continue;
        const message = `KIWI fails at the blank: write ${attribute.name}="${attribute.value.trim()}".`;
        say({ message, ...atValue(element, attribute) });
      }
      const [text] = element.children;
      if (element.children.length !== 1 || text?.kind !== "text") continue;
      if (!padded.test(text.value) || !isBoolean(element, null)) continue;
      const message = `KIWI fails at the blank: write <${element.name}>${text.value.trim()}</${element.name}>.`;
      say({ message, element, start: text.start, end: text.end });
    }
  },
};

const padded = /^(?:\s+(?:true|false|0|1)\s*|(?:true|false|0|1)\s+)$/;
