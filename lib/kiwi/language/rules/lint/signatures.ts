import { atName } from "#lib/relaxng/finding.ts";
import type { Image } from "../image.ts";
import { isTrue } from "../image.ts";
import type { ImageLint } from "../rule.ts";

const attributes = ["repository_gpgcheck", "package_gpgcheck"];

export const signatureCheckOff: ImageLint = {
  code: "signature-check-off",
  layer: "lint",
  severity: "info",
  title: "Signatures are not checked",
  meaning:
    "The check of signatures is switched off here: whoever can change what comes over the network decides what is in the image.",
  remedy: 'Switch it on, and name the key with `<signing key="…"/>` in `<source>`.',
  example: {
    language: "xml",
    wrong: `<preferences/>
<repository repository_gpgcheck="false">
  <source path="https://example.com/repository"/>
</repository>`,
    right: `<preferences/>
<repository repository_gpgcheck="true">
  <source path="https://example.com/repository">
    <signing key="https://example.com/repository.key"/>
  </source>
</repository>`,
  },
  check({ image }, say) {
    for (const { element } of image.sections("repository")) {
      for (const name of attributes) {
        const attribute = image.attribute(element, name);
        if (attribute === undefined || !["false", "0"].includes(attribute.value)) continue;
        const message = `Signatures of this repository are not checked: "${name}" is switched off.`;
        say({ message, element, start: attribute.start, end: attribute.nameEnd });
      }
    }
    for (const { element } of image.sections("preferences")) {
      for (const check of image.children(element, "rpm-check-signatures")) {
        if (!["false", "0"].includes(image.text(check).trim())) continue;
        say({ message: "Signatures of packages are not checked.", ...atName(check) });
      }
    }
  },
};

export const unsignedRepository: ImageLint = {
  code: "unsigned-repository",
  layer: "lint",
  severity: "info",
  title: "Nothing asks for signatures",
  meaning:
    "KIWI checks no signatures unless it is told to. Nothing here does: neither `<rpm-check-signatures>` nor `repository_gpgcheck` or `package_gpgcheck` at the repository. Repositories for apt are another matter: apt refuses what is not signed by itself.",
  remedy:
    'Write `repository_gpgcheck="true"` (and `package_gpgcheck="true"` for rpm) at the repositories, or `<rpm-check-signatures>true</rpm-check-signatures>`, and name the keys.',
  example: {
    language: "xml",
    wrong: `<preferences/>
<repository>
  <source path="https://example.com/repository"/>
</repository>`,
    right: `<preferences/>
<repository repository_gpgcheck="true">
  <source path="https://example.com/repository">
    <signing key="https://example.com/repository.key"/>
  </source>
</repository>`,
  },
  check({ image, partial }, say) {
    if (partial || isCheckedForAll(image)) return;
    const unchecked = image
      .sections("repository")
      .filter(
        ({ element }) =>
          !isForApt(image, element) && attributes.every((name) => image.value(element, name) === undefined),
      );
    const [first, ...more] = unchecked;
    if (first === undefined) return;
    // Said once: the answer is mostly one element for all of them.
    const others = more.length === 0 ? "" : `, nor ${more.length === 1 ? "another" : `${more.length} others`}`;
    const message = `Nothing asks for signatures of this repository to be checked${others}.`;
    say({ message, ...atName(first.element) });
  },
};

function isCheckedForAll(image: Image): boolean {
  return image
    .sections("preferences")
    .some(({ element }) =>
      image.children(element, "rpm-check-signatures").some((one) => isTrue(image.text(one).trim())),
    );
}

/** Whether what this repository brings is signed and checked, so that nobody on the way can change it. */
export function isChecked(image: Image, repository: Parameters<Image["value"]>[0]): boolean {
  const own = image.value(repository, "repository_gpgcheck");
  if (isForApt(image, repository)) return own === undefined || isTrue(own);
  return isCheckedForAll(image) || isTrue(own);
}

/** apt checks the signature of a repository's index, and by that its packages, unless it is told not to. */
function isForApt(image: Image, repository: Parameters<Image["value"]>[0]): boolean {
  const type = image.value(repository, "type");
  if (type !== undefined) return type === "apt-deb";
  const managers = image
    .sections("preferences")
    .flatMap(({ element }) => image.children(element, "packagemanager").map((one) => image.text(one).trim()));
  return managers.length > 0 && managers.every((name) => name === "apt" || name === "apt-get");
}
