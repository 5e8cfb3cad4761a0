import { isSafeOverlayName, SAFE_OVERLAY_NAMES } from "#lib/kiwi/overlay-name.ts";
import { atName, atValue } from "#lib/relaxng/finding.ts";
import type { XmlAttribute, XmlElement } from "#lib/xml/tree.ts";
import { folderPath } from "../../folder-path.ts";
import type { Image } from "../image.ts";
import type { ImageLint, LintSubject } from "../rule.ts";

interface NamedFile {
  element: XmlElement;
  attribute: XmlAttribute;
  /** Path of a file beside the description, or an absolute one of the building machine. */
  path: string;
}

/** Attributes that name files, by element. */
const naming: ReadonlyMap<string, readonly string[]> = new Map([
  ["archive", ["name"]],
  ["file", ["name"]],
  ["type", ["editbootconfig", "editbootinstall"]],
  ["vagrantconfig", ["embedded_vagrantfile"]],
]);

function namesFile(element: XmlElement, { value, view }: Image): boolean {
  // <file> in <drivers> and <strip> is a name inside of the image.
  if (element.name === "file" && view.parent(element)?.name !== "packages") return false;
  return naming.get(element.name)?.some((name) => value(element, name)) ?? false;
}

function namedFiles({ image, elements }: LintSubject): NamedFile[] {
  return elements.flatMap((element) =>
    (naming.get(element.name) ?? []).flatMap((name) => {
      const attribute = image.attribute(element, name);
      return attribute?.value ? [{ element, attribute, path: attribute.value }] : [];
    }),
  );
}

export const missingFile: ImageLint = {
  code: "missing-file",
  layer: "lint",
  severity: "warning",
  title: "A file that the description names is not there",
  meaning:
    "Archives, files and scripts that the description names are copied from its folder. KIWI ends with KiwiImportDescriptionError where one is missing, after the bootstrap phase.",
  remedy:
    "Put the file into the folder, or correct the name. Ignore this where something makes the file before each build.",
  example: {
    language: "xml",
    wrong: `<preferences/>
<packages type="image">
  <archive name="missing.tar.gz"/>
</packages>`,
    right: `<preferences/>
<packages type="image">
  <archive name="present.tar.gz"/>
</packages>`,
  },
  looksAt: namesFile,
  check(subject, say) {
    const { files } = subject;
    if (files === undefined) return;
    for (const { element, attribute, path } of namedFiles(subject)) {
      const plain = folderPath(path);
      if (path.startsWith("/") || plain === null || files.has(plain)) continue;
      say({ message: `There is no file "${path}" beside the description.`, ...atValue(element, attribute) });
    }
  },
};

export const hostPath: ImageLint = {
  code: "host-path",
  layer: "lint",
  severity: "warning",
  title: "A file of the building machine",
  meaning:
    "An absolute path names a file of the machine that builds. Another machine has another file there or none, and builds in a virtual machine never see it; what is there ends up in the image, whatever it is.",
  remedy: "Put the file beside the description and name it without a leading slash.",
  example: {
    language: "xml",
    wrong: `<preferences/>
<packages type="image">
  <archive name="/srv/files/extra.tar.gz"/>
</packages>`,
    right: `<preferences/>
<packages type="image">
  <archive name="extra.tar.gz"/>
</packages>`,
  },
  looksAt: namesFile,
  check(subject, say) {
    for (const { element, attribute, path } of namedFiles(subject)) {
      if (!path.startsWith("/")) continue;
      say({ message: "This file is taken from the machine that builds.", ...atValue(element, attribute) });
    }
  },
};

export const unsafeOverlayName: ImageLint = {
  code: "unsafe-overlay-name",
  layer: "lint",
  severity: "error",
  title: "A name that KIWI would hand to a shell",
  meaning:
    "KIWI writes the names at the top of an overlay folder, unquoted, into a command that runs as root on the building machine. Builds with such a name are refused here.",
  remedy: `Rename it: ${SAFE_OVERLAY_NAMES}.`,
  check({ image, files }, say) {
    if (files === undefined) return;
    const overlays = new Set(["root", ...image.profiles.map((profile) => profile.name)]);
    const reported = new Set<string>();
    for (const path of files) {
      const [folder = "", name] = path.split("/");
      if (name === undefined || !overlays.has(folder) || isSafeOverlayName(name) || reported.has(`${folder}/${name}`))
        continue;
      reported.add(`${folder}/${name}`);
      say({
        message: `The overlay "${folder}" holds ${JSON.stringify(name)}: ${SAFE_OVERLAY_NAMES}.`,
        ...atName(image.root),
      });
    }
  },
};

export const ignoredRootArchive: ImageLint = {
  code: "ignored-root-archive",
  layer: "lint",
  severity: "warning",
  title: "root.tar.gz has no effect",
  meaning: "KIWI unpacks `root.tar.gz` into the image only where there is no folder `root`. Here are both.",
  remedy: "Remove one of them, or name the archive with `<archive>`.",
  check({ image, files }, say) {
    if (!files?.has("root.tar.gz") || ![...files].some((path) => path === "root" || path.startsWith("root/"))) return;
    say({ message: "KIWI ignores root.tar.gz, because there is a folder root.", ...atName(image.root) });
  },
};

export const severalImageFiles: ImageLint = {
  code: "several-image-files",
  layer: "lint",
  severity: "info",
  title: "KIWI would take another file of this folder",
  meaning:
    "Without `--kiwi-file`, KIWI takes `config.xml`, else the first `*.kiwi` by name, and no other. KIWI Workbench always names the file; people at a command line may not.",
  remedy: "Keep one description in a folder, or build with `--kiwi-file`.",
  check({ image, documents, mains }, say) {
    const path = documents[0]?.path ?? "";
    if (!mains.includes(path) || path.includes("/")) return;
    const found = mains.filter((main) => main === "config.xml" || main.endsWith(".kiwi")).sort();
    const first = found.includes("config.xml") ? "config.xml" : found[0];
    if (first === undefined || first === path || !found.includes(path)) return;
    say({ message: `Without --kiwi-file, KIWI takes ${first} of this folder.`, ...atName(image.root) });
  },
};
