import type { Distribution, PackageFamily } from "./distribution.ts";

type PackageNames = Readonly<Partial<Record<PackageFamily, string>>>;

const same = (name: string): PackageNames => ({ apt: name, dnf: name, zypper: name });

/** Which package brings a program. A family that is absent has none in its usual repositories. */
const PACKAGES: Readonly<Record<string, PackageNames>> = {
  tar: same("tar"),
  gzip: same("gzip"),
  xz: { apt: "xz-utils", dnf: "xz", zypper: "xz" },
  rsync: same("rsync"),
  cpio: same("cpio"),
  skopeo: same("skopeo"),
  buildah: same("buildah"),
  umoci: { apt: "umoci", zypper: "umoci" },
  losetup: { apt: "mount", dnf: "util-linux", zypper: "util-linux" },
  partx: same("util-linux"),
  blkid: same("util-linux"),
  unshare: same("util-linux"),
  setpriv: same("util-linux"),
  sfdisk: { apt: "fdisk", dnf: "util-linux", zypper: "util-linux" },
  sgdisk: { apt: "gdisk", dnf: "gdisk", zypper: "gptfdisk" },
  parted: same("parted"),
  "mkfs.ext2": same("e2fsprogs"),
  "mkfs.ext3": same("e2fsprogs"),
  "mkfs.ext4": same("e2fsprogs"),
  "mkfs.btrfs": { apt: "btrfs-progs", dnf: "btrfs-progs", zypper: "btrfsprogs" },
  "mkfs.xfs": same("xfsprogs"),
  "mkfs.erofs": same("erofs-utils"),
  "mkfs.vfat": same("dosfstools"),
  mksquashfs: { apt: "squashfs-tools", dnf: "squashfs-tools", zypper: "squashfs" },
  mcopy: same("mtools"),
  xorriso: same("xorriso"),
  "qemu-img": { apt: "qemu-utils", dnf: "qemu-img", zypper: "qemu-img" },
  lvcreate: same("lvm2"),
  cryptsetup: { apt: "cryptsetup-bin", dnf: "cryptsetup", zypper: "cryptsetup" },
  "apt-get": { apt: "apt", dnf: "apt" },
  dnf: same("dnf"),
  zypper: same("zypper"),
  pacman: { apt: "pacman-package-manager", dnf: "pacman" },
  apk: { dnf: "apk-tools" },
  debootstrap: same("debootstrap"),
};

/** Needed by every build, whatever its type: namespaces of its own and a clean end. */
export const RUNNER_TOOLS = ["unshare", "setpriv"] as const;

/** The package that brings a program on this distribution; null where we do not know one. */
export function packageOf(tool: string, family: PackageFamily | null): string | null {
  return family === null ? null : (PACKAGES[tool]?.[family] ?? null);
}

/** The command that installs packages without further questions, one element an argument; empty for no packages. */
export function installCommand(family: PackageFamily | null, packages: readonly string[]): string[] {
  if (family === null || packages.length === 0) return [];
  const options = {
    apt: ["apt-get", "install", "--yes", "--no-install-recommends"],
    dnf: ["dnf", "install", "--assumeyes", "--setopt=install_weak_deps=False"],
    zypper: ["zypper", "--non-interactive", "install", "--no-recommends"],
  };
  return [...options[family], ...packages];
}

/** The first of several programs that this distribution has a package for. */
export function preferred(tool: string | readonly string[], distribution: Distribution): string {
  if (typeof tool === "string") return tool;
  return tool.find((name) => packageOf(name, distribution.family) !== null) ?? tool[0] ?? "";
}
