import { atValue } from "#lib/relaxng/finding.ts";
import type { RuntimeRule } from "../rule.ts";

export const efiImageTooLarge: RuntimeRule = {
  code: "efi-image-too-large",
  layer: "runtime",
  severity: "error",
  kiwiCheck: "check_efi_fat_image_has_correct_size",
  kiwi: { from: 10 },
  decidedBy: "type",
  title: "The EFI image of an ISO has at most 31 MB",
  meaning: "An ISO names its EFI image by a number of sectors that ends at 65535, which is a little less than 32 MB.",
  remedy: "Write 31 or less into `efifatimagesize`, or leave it out for 20.",
  example: {
    language: "xml",
    wrong: `<preferences>
  <version>1.0.0</version>
  <type image="iso" flags="dmsquash" efifatimagesize="64"/>
</preferences>`,
    right: `<preferences>
  <version>1.0.0</version>
  <type image="iso" flags="dmsquash" efifatimagesize="31"/>
</preferences>`,
  },
  check({ image, type }, say) {
    const size = image.attribute(type.element, "efifatimagesize");
    if (size === undefined || !(Number(size.value) > 31)) return;
    say({ message: `The EFI image has at most 31 MB, not ${size.value.trim()}.`, ...atValue(type.element, size) });
  },
};
