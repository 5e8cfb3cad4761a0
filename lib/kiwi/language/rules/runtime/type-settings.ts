import type { XmlElement } from "#lib/xml/tree.ts";
import type { Build } from "../build.ts";
import { isActive } from "../build.ts";
import { isTrue } from "../image.ts";

/** A setting of the type that is built. */
export function typeValue({ image, type }: Build, name: string): string | undefined {
  return image.value(type.element, name);
}

export function typeFlag(build: Build, name: string): boolean {
  return isTrue(typeValue(build, name));
}

/** The first child of that name; KIWI never looks at a second one. */
export function typeChild({ image, type }: Build, ...path: readonly string[]): XmlElement | undefined {
  let at: XmlElement | undefined = type.element;
  for (const name of path) at = at === undefined ? undefined : image.children(at, name)[0];
  return at;
}

const initrdSystems: ReadonlyMap<string, string> = new Map(
  Object.entries({ oem: "dracut", iso: "dracut", kis: "dracut", pxe: "kiwi" }),
);

/** The initrd system that KIWI takes: live images always have dracut's, others may choose. */
export function initrdSystem(build: Build): string {
  const own = initrdSystems.get(build.type.name) ?? "none";
  return build.type.name === "iso" ? own : typeValue(build, "initrd_system") || own;
}

/** Who manages volumes: LVM, the file system itself, or nobody. */
export function volumeManagement(build: Build): "lvm" | "btrfs" | null {
  const systemDisk = typeChild(build, "systemdisk");
  if (systemDisk === undefined) return null;
  if (isTrue(build.image.value(systemDisk, "preferlvm"))) return "lvm";
  return typeValue(build, "filesystem") === "btrfs" ? "btrfs" : "lvm";
}

/** The `<volume>` elements of the system disk that the machine's architecture takes part in. */
export function volumes(build: Build): XmlElement[] {
  const { image } = build;
  const systemDisk = typeChild(build, "systemdisk");
  if (systemDisk === undefined) return [];
  return image
    .children(systemDisk, "volume")
    .filter((one) => isActive({ profiles: [], arches: image.value(one, "arch")?.split(",") ?? [] }, build));
}

/** Whether one of these packages is listed for the build by its literal name; KIWI does not look at dependencies. */
export function listsPackage(build: Build, names: readonly string[]): boolean {
  const phases = ["bootstrap", "image", build.type.name];
  return names.some((name) =>
    build.image.packages
      .get(name)
      ?.some((one) => one.element.name === "package" && phases.includes(one.phase) && isActive(one, build)),
  );
}
