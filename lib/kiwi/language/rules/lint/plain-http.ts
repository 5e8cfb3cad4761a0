import { atValue } from "#lib/relaxng/finding.ts";
import type { ImageLint } from "../rule.ts";
import { isChecked } from "./signatures.ts";

export const plainHttp: ImageLint = {
  code: "plain-http",
  layer: "lint",
  severity: "warning",
  title: "Packages or keys come unprotected",
  meaning:
    "What travels by `http` or `ftp` can be changed on the way. For packages that is safe only where signatures are checked, as apt's archives are meant to be used; a signing key that comes this way proves nothing.",
  remedy: "Use `https`, or switch the check of signatures on with a key that you have got safely.",
  example: {
    language: "xml",
    wrong: `<preferences/>
<repository>
  <source path="http://example.com/repository"/>
</repository>`,
    right: `<preferences/>
<repository>
  <source path="https://example.com/repository"/>
</repository>`,
  },
  check({ image }, say) {
    for (const { element } of image.sections("repository")) {
      for (const source of image.children(element, "source")) {
        const path = image.attribute(source, "path");
        if (path !== undefined && isPlain(path.value) && !isChecked(image, element)) {
          say({
            message: "Packages come unprotected, and no signature is checked: use https.",
            ...atValue(source, path),
          });
        }
        for (const signing of image.children(source, "signing")) {
          const key = image.attribute(signing, "key");
          if (key === undefined || !isPlain(key.value)) continue;
          say({ message: "A key that comes unprotected proves nothing: use https.", ...atValue(signing, key) });
        }
      }
    }
  },
};

const isPlain = (address: string) => /^(?:http|ftp):\/\//i.test(address);
