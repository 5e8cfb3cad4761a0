import { atName, atValue, type Finding } from "#lib/relaxng/finding.ts";
import type { Build } from "../build.ts";
import type { RuntimeRule } from "../rule.ts";
import { initrdSystem, listsPackage, typeChild, typeFlag, typeValue } from "./type-settings.ts";

/** A package that brings a module of dracut's and that KIWI wants to see in the list, by one of its names. */
interface Module {
  code: string;
  kiwiCheck: string;
  names: readonly string[];
  title: string;
  why: string;
  /** The attributes of an example that needs it. */
  example: string;
  /** Where it is asked for; null where it is not needed. */
  place(build: Build): Pick<Finding, "element" | "start" | "end"> | null;
}

function rule({ code, kiwiCheck, names, title, why, example, place }: Module): RuntimeRule {
  const preferences = `<preferences>
  <version>1.0.0</version>
  <type ${example}/>
</preferences>`;
  return {
    code,
    layer: "runtime",
    severity: "error",
    kiwiCheck,
    decidedBy: "more",
    title,
    meaning: `${why} KIWI looks for the package's own name in the package lists of \`bootstrap\`, \`image\` and the image type; that another package, a pattern or a group brings it does not count.`,
    remedy: `List \`${names[0]}\`, or \`${names[1]}\` where the distribution calls it so, in \`<packages type="image">\`. Fedora, openSUSE and Debian have the first name.`,
    example: {
      language: "xml",
      wrong: preferences,
      right: `${preferences}
<packages type="image">
  <package name="${names[0]}"/>
  <package name="dracut-kiwi-oem-repart"/>
</packages>`,
    },
    check(build, say) {
      const at = place(build);
      // KIWI 9 knows the first name only.
      const known = build.kiwi !== null && build.kiwi < 10 ? names.slice(0, 1) : names;
      if (at === null || listsPackage(build, known)) return;
      say({ message: `${why} It has to be listed by its name: ${known.join(" or ")}.`, ...at });
    },
  };
}

function atImage({ image, type }: Build) {
  const attribute = image.attribute(type.element, "image");
  return attribute === undefined ? atName(type.element) : atValue(type.element, attribute);
}

function atFlag(build: Build, names: readonly string[]) {
  const { image, type } = build;
  const name = names.find((candidate) => typeFlag(build, candidate));
  const attribute = name === undefined ? undefined : image.attribute(type.element, name);
  return attribute === undefined ? null : { element: type.element, start: attribute.start, end: attribute.nameEnd };
}

function resizes(build: Build): boolean {
  const resize = typeChild(build, "oemconfig", "oem-resize");
  return resize === undefined || ["true", "1"].includes(build.image.text(resize).trim());
}

/** KIWI's modules for dracut, each looked for by a check of its own. */
export const dracutModules: readonly RuntimeRule[] = [
  rule({
    code: "missing-live-module",
    kiwiCheck: "check_dracut_module_for_live_iso_in_package_list",
    names: ["dracut-kiwi-live", "kiwi-dracut-live"],
    title: "A live image needs its dracut module",
    why: "A live image starts with KIWI's live module for dracut.",
    example: 'image="iso"',
    place: (build) => (build.type.name === "iso" && typeValue(build, "flags") !== "dmsquash" ? atImage(build) : null),
  }),
  rule({
    code: "missing-overlay-module",
    kiwiCheck: "check_dracut_module_for_disk_overlay_in_package_list",
    names: ["dracut-kiwi-overlay", "kiwi-dracut-overlay"],
    title: "A root overlay needs its dracut module",
    why: "An image with `overlayroot` starts with KIWI's overlay module for dracut.",
    example: 'image="oem" filesystem="ext4" overlayroot="true"',
    place: (build) => (initrdSystem(build) === "dracut" ? atFlag(build, ["overlayroot"]) : null),
  }),
  rule({
    code: "missing-repart-module",
    kiwiCheck: "check_dracut_module_for_disk_oem_in_package_list",
    names: ["dracut-kiwi-oem-repart", "kiwi-dracut-oem-repart"],
    title: "A disk that grows needs its dracut module",
    why: "A disk of the type oem grows at its first start with KIWI's repart module for dracut, unless <oem-resize> is false.",
    example: 'image="oem" filesystem="ext4"',
    place: (build) =>
      build.type.name === "oem" && initrdSystem(build) === "dracut" && resizes(build) ? atImage(build) : null,
  }),
  rule({
    code: "missing-dump-module",
    kiwiCheck: "check_dracut_module_for_oem_install_in_package_list",
    names: ["dracut-kiwi-oem-dump", "kiwi-dracut-oem-dump"],
    title: "An installer needs its dracut module",
    why: "An installer writes the disk with KIWI's dump module for dracut.",
    example: 'image="oem" filesystem="ext4" installiso="true"',
    place: (build) =>
      build.type.name === "oem" && initrdSystem(build) === "dracut"
        ? atFlag(build, ["installiso", "installstick", "installpxe"])
        : null,
  }),
];
