import { type Inventory, type InventoryFile, ORIGIN } from "#lib/contracts/inventory.ts";

/** A file that is not the same in two images. */
export interface FileChange {
  path: string;
  /** The package that brought it, "overlay", or "" where scripts made it; as it is in the later image that has it. */
  origin: string;
  /** Null where the image does not have it. */
  before: number | null;
  after: number | null;
  /** Why such a file differs between builds of the same; null where nothing is known of that. */
  habit: string | null;
}

export interface FileChanges {
  /** Those that no update of their package explains, sorted by path. */
  changes: FileChange[];
  /** How many files of packages with another version came, went or changed: the list of packages tells of them. */
  updated: number;
  /** Files that hold the same in both. */
  same: number;
  /** How many of those were written at another time. */
  otherTime: number;
}

/**
 * What is different in the files of two images. Null where one of them was listed before contents were noted: sizes alone
 * would tell too little.
 */
export function fileChanges(before: Inventory, after: Inventory): FileChanges | null {
  const noted = ({ files }: Inventory) => files.length === 0 || files[0]?.[3] !== undefined;
  if (!noted(before) || !noted(after)) return null;
  const old = new Map(before.files.map((file) => [file[0], file]));
  const versions = new Map(before.packages?.map(({ name, version }) => [name, version]));
  const others = new Map(after.packages?.map(({ name, version }) => [name, version]));
  const result: FileChanges = { changes: [], updated: 0, same: 0, otherTime: 0 };
  const note = (path: string, origin: string, one: InventoryFile | undefined, two: InventoryFile | undefined) => {
    const moved = origin !== "" && origin !== "overlay" && versions.get(origin) !== others.get(origin);
    if (moved) result.updated++;
    else result.changes.push({ path, origin, before: one?.[1] ?? null, after: two?.[1] ?? null, habit: habitOf(path) });
  };
  for (const file of after.files) {
    const [path, , , content, written] = file;
    const earlier = old.get(path);
    old.delete(path);
    if (earlier === undefined || earlier[3] !== content) note(path, originOf(after, file), earlier, file);
    else {
      result.same++;
      if (earlier[4] !== written) result.otherTime++;
    }
  }
  for (const [path, file] of old) note(path, originOf(before, file), file, undefined);
  result.changes.sort((one, two) => (one.path < two.path ? -1 : 1));
  return result;
}

function originOf({ packages }: Inventory, [, , owner]: InventoryFile): string {
  return owner === ORIGIN.overlay ? "overlay" : (packages?.[owner]?.name ?? "");
}

/** Files that differ between two builds of the very same, as everybody's images have them. */
const habits: readonly [pattern: RegExp, why: string][] = [
  [
    /^etc\/machine-id$|^var\/lib\/dbus\/machine-id$/,
    "a random name of the machine, made while packages were installed",
  ],
  [/^etc\/ssh\/ssh_host_/, "keys that were made while packages were installed: every image would have the same ones"],
  [
    /^etc\/ssl\/private\/|^etc\/ssl\/certs\/ssl-cert/,
    "a key or certificate that was made while packages were installed",
  ],
  [/^etc\/(?:g?shadow|passwd)-?$/, "days of the last change of passwords, and salts that are random"],
  [/\.pyc$/, "compiled Python with the time of its source"],
  [/^var\/log\//, "a log with times"],
  [/^var\/cache\/ldconfig\/|^etc\/ld\.so\.cache$/, "a cache of libraries with numbers and times of their files"],
  [/^var\/cache\/(?:man|fontconfig)\/|\/mime\.cache$|^usr\/lib\/locale\/locale-archive$/, "a cache that is made anew"],
  [/^var\/(?:lib\/apt\/lists|cache\/(?:apt|zypp|dnf|libdnf5|yum)|lib\/dnf)\//, "what a repository held at that time"],
  [/^(?:var\/lib|usr\/lib\/sysimage)\/rpm\//, "the package database with times of installation"],
  [/^var\/lib\/pacman\/local\/.*\/desc$/, "the package database with times of installation"],
  [
    /^var\/lib\/systemd\/(?:random-seed|catalog\/database)|^var\/lib\/urandom\//,
    "random numbers, or a database with times",
  ],
  [/^boot\/(?:initrd|initramfs)|^usr\/lib\/modules\/[^/]+\/initr/, "an archive with the times of its files"],
  [/^boot\/grub2?\/|^boot\/efi\//, "settings of the boot loader, with identifiers of file systems"],
  [/^etc\/(?:fstab|crypttab|mdadm)|^etc\/kernel\//, "identifiers of file systems"],
  [/^etc\/(?:resolv\.conf|hostname|hosts)$/, "a copy of the builder's"],
];

/** Why a file differs between builds of the same; null where nothing is known of that. */
function habitOf(path: string): string | null {
  return habits.find(([pattern]) => pattern.test(path))?.[1] ?? null;
}
