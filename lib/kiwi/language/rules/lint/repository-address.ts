import { atValue } from "#lib/relaxng/finding.ts";
import type { ImageLint } from "../rule.ts";

const wrap = (path: string) => `<preferences/>
<repository>
  <source path="${path}"/>
</repository>`;

/** What keeps KIWI from using a repository, as it stands in its address. */
export const unknownAddress: ImageLint = {
  code: "unknown-address",
  layer: "runtime",
  severity: "error",
  title: "KIWI does not understand this address",
  meaning:
    "A repository is named by an absolute path or by an address that begins with `http:`, `https:`, `ftp:`, `obs:`, `dir:`, `file:` or `this:`. A key in a file needs three slashes, `file:///…`, since the word after two would be the name of a machine. KIWI ends with KiwiUriStyleUnknown otherwise.",
  remedy: "Write `dir:///path` for a folder of the building machine, `this://folder` for one beside the description.",
  example: { language: "xml", wrong: wrap("packages/local"), right: wrap("this://packages/local") },
  check({ image }, say) {
    for (const { element } of image.sections("repository")) {
      for (const source of image.children(element, "source")) {
        const path = image.attribute(source, "path");
        if (path?.value && !/^(?:\/|(?:https?|ftp|obs|dir|file|this|obsrepositories):)/.test(path.value)) {
          const message = `"${path.value}" is no address that KIWI knows: this://${path.value} is a folder beside the description.`;
          const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(path.value)?.[1];
          say({
            message: scheme === undefined ? message : `KIWI knows no address with "${scheme}:".`,
            ...atValue(source, path),
          });
        }
        for (const signing of image.children(source, "signing")) {
          const key = image.attribute(signing, "key");
          if (key === undefined || !/^file:\/\/[^/]/.test(key.value)) continue;
          const message = "A key in a file needs three slashes, file:///…; one beside the description is this://….";
          say({ message, ...atValue(signing, key) });
        }
      }
    }
  },
};

export const obsOnlyAddress: ImageLint = {
  code: "obs-only-address",
  layer: "lint",
  severity: "warning",
  title: "This address works in the Open Build Service only",
  meaning:
    "`obsrepositories:` stands for the repositories of the project that builds the image, and `obs:` in `derived_from` for one of its images. KIWI fails at both everywhere else.",
  remedy: "Name the repositories by `obs://` or `https://`, bound to a profile if the service shall not see them.",
  example: {
    language: "xml",
    wrong: wrap("obsrepositories:/"),
    right: wrap("obs://openSUSE:Leap:15.6/standard"),
  },
  check({ image }, say) {
    const message = "Outside of the Open Build Service KIWI cannot resolve this.";
    for (const { element } of image.types) {
      const base = image.attribute(element, "derived_from");
      if (base?.value.startsWith("obs:")) say({ message, ...atValue(element, base) });
    }
    for (const { element } of image.sections("repository")) {
      for (const source of image.children(element, "source")) {
        const path = image.attribute(source, "path");
        if (path === undefined || !path.value.startsWith("obsrepositories:")) continue;
        say({ message, ...atValue(source, path) });
      }
    }
  },
};

export const absoluteThis: ImageLint = {
  code: "absolute-this",
  layer: "lint",
  severity: "warning",
  title: "One slash too many after this:",
  meaning:
    "`this://folder` lies beside the description. The third slash of `this:///folder` makes the path absolute: KIWI then looks at the root of the building machine.",
  remedy: "Write `this://` with two slashes.",
  example: { language: "xml", wrong: wrap("this:///packages"), right: wrap("this://packages") },
  check({ image }, say) {
    for (const { element } of image.sections("repository")) {
      for (const source of image.children(element, "source")) {
        const signing = image.children(source, "signing").map((one) => [one, image.attribute(one, "key")] as const);
        for (const [owner, attribute] of [[source, image.attribute(source, "path")] as const, ...signing]) {
          if (attribute === undefined || !attribute.value.startsWith("this:///")) continue;
          const message = "this:/// is the root of the building machine; beside the description is this://.";
          say({ message, ...atValue(owner, attribute) });
        }
      }
    }
  },
};
