import { atName, atValue } from "#lib/relaxng/finding.ts";
import type { RuntimeRule } from "../rule.ts";
import { typeValue } from "./type-settings.ts";

export const missingEnclaveFormat: RuntimeRule = {
  code: "missing-enclave-format",
  layer: "runtime",
  severity: "error",
  kiwi: { from: 10 },
  decidedBy: "type",
  title: "An enclave needs its format",
  meaning: "The schema does not insist on `enclave_format`, but KIWI ends with KiwiEnclaveFormatError without it.",
  remedy: 'Write `enclave_format="aws-nitro"`.',
  example: {
    language: "xml",
    wrong: `<preferences>
  <version>1.0.0</version>
  <type image="enclave"/>
</preferences>`,
    right: `<preferences>
  <version>1.0.0</version>
  <type image="enclave" enclave_format="aws-nitro"/>
</preferences>`,
  },
  check(build, say) {
    const { element, name } = build.type;
    if (name !== "enclave" || typeValue(build, "enclave_format")) return;
    const attribute = build.image.attribute(element, "image");
    const place = attribute === undefined ? atName(element) : atValue(element, attribute);
    say({ message: 'The type enclave needs enclave_format="aws-nitro".', ...place });
  },
};
