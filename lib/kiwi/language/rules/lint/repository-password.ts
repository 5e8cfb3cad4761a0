import { atValue } from "#lib/relaxng/finding.ts";
import type { ImageLint } from "../rule.ts";

/** Attributes that hold addresses. */
const addresses = ["path", "key", "derived_from", "from", "source"];

export const repositoryPassword: ImageLint = {
  code: "repository-password",
  layer: "lint",
  severity: "warning",
  title: "A repository's password stands in the description",
  meaning:
    "`password` at `<repository>` and `user:password@` in an address can be read in the description, in the log of the build and in the image's own repository files. KIWI hides them in a few lines of its log only.",
  remedy: "Give the credentials at build time, from a file: `--set-repo-credentials` or `--add-repo-credentials`.",
  example: {
    language: "xml",
    wrong: `<preferences/>
<repository>
  <source path="https://me:secret@example.com/repository"/>
</repository>`,
    right: `<preferences/>
<repository>
  <source path="https://example.com/repository"/>
</repository>`,
  },
  attributes: addresses,
  looksAt: (element, image) => addresses.some((name) => secret.test(image.value(element, name) ?? "")),
  check({ image, elements }, say) {
    for (const { element } of image.sections("repository")) {
      const password = image.attribute(element, "password");
      if (!password?.value) continue;
      const message = "The repository's password can be read by everybody who has the description or the log.";
      say({ message, element, start: password.start, end: password.end });
    }
    for (const element of elements) {
      for (const name of addresses) {
        const attribute = image.attribute(element, name);
        if (attribute === undefined || !secret.test(attribute.value)) continue;
        const message = "The password in this address can be read in the log and in the image.";
        say({ message, ...atValue(element, attribute) });
      }
    }
  },
};

/** An address with a password in it. */
const secret = /^[a-z][a-z0-9+.-]*:\/\/[^/@\s]*:[^/@\s]+@/i;
