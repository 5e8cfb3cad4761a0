import { atValue } from "#lib/relaxng/finding.ts";
import type { RuntimeRule } from "../rule.ts";

export const remoteBase: RuntimeRule = {
  code: "remote-base",
  layer: "runtime",
  severity: "error",
  decidedBy: "type",
  title: "A base image must be local or in a registry",
  meaning:
    "`derived_from` takes an archive of the building machine (`file://`, `dir://`, `this://`) or an address of a registry such as `docker://registry/name:tag`. KIWI does not download one by http, https or ftp. `obs://` works inside the Open Build Service only.",
  remedy: "Download the archive beside the description, or name the registry.",
  example: {
    language: "xml",
    wrong: `<preferences>
  <version>1.0.0</version>
  <type image="docker" derived_from="https://example.com/base.tar.xz"/>
</preferences>`,
    right: `<preferences>
  <version>1.0.0</version>
  <type image="docker" derived_from="docker://registry.example.com/base:latest"/>
</preferences>`,
  },
  check({ image, type }, say) {
    const base = image.attribute(type.element, "derived_from");
    if (base === undefined || !/(?:^|,)\s*(?:https?|ftp):/.test(base.value)) return;
    const message = "KIWI does not download a base image: use file:// or a registry, docker://registry/name:tag.";
    say({ message, ...atValue(type.element, base) });
  },
};
