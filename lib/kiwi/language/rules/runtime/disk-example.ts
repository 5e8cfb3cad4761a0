import type { Example } from "#lib/kiwi/catalogue/entry.ts";

/** An example inside the `<type>` of a disk image. */
export function diskExample(wrong: string, right: string, filesystem = "ext4"): Example {
  const around = (inner: string) => `<preferences>
  <version>1.0.0</version>
  <type image="oem" filesystem="${filesystem}">
${inner.replace(/^/gm, "    ")}
  </type>
</preferences>`;
  return { language: "xml", wrong: around(wrong), right: around(right) };
}
