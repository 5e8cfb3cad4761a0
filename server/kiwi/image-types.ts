/** What an image type asks of the host. */
export type TypeNeeds = {
  /** The `image=` value, with the variant where it matters. */
  type: string;
  /** Programs; of an inner list any one will do. */
  tools: readonly (string | readonly string[])[];
  /** File systems that the kernel must be able to mount. */
  filesystems?: readonly string[];
  loop?: boolean;
  /** The kernel's device mapper. */
  mapper?: boolean;
  kiwiMajor?: number;
};

const FILESYSTEM = ["rsync", "losetup"] as const;
const DISK = [...FILESYSTEM, "sfdisk", "parted", "partx", "blkid", "mkfs.ext4", "qemu-img"] as const;
const CONTAINER = ["tar", "xz", "skopeo", ["umoci", "buildah"]] as const;

/**
 * Tools of each image type, learnt from builds with KIWI 9.24 and 11 on a bare host. The boot loader's own tools are
 * those of the image, not of the host. Types that KIWI cannot make on any host that we know (appx) are left out.
 */
export const IMAGE_TYPES: readonly TypeNeeds[] = [
  { type: "tbz", tools: ["tar", "xz", "rsync"] },
  { type: "cpio", tools: ["cpio"], kiwiMajor: 10 },
  { type: "docker", tools: CONTAINER },
  { type: "oci", tools: CONTAINER },
  { type: "wsl", tools: ["tar", "gzip"], kiwiMajor: 10 },
  { type: "ext2", tools: [...FILESYSTEM, "mkfs.ext2"], filesystems: ["ext2"], loop: true },
  { type: "ext3", tools: [...FILESYSTEM, "mkfs.ext3"], filesystems: ["ext3"], loop: true },
  { type: "ext4", tools: [...FILESYSTEM, "mkfs.ext4"], filesystems: ["ext4"], loop: true },
  { type: "btrfs", tools: [...FILESYSTEM, "mkfs.btrfs"], filesystems: ["btrfs"], loop: true },
  { type: "xfs", tools: [...FILESYSTEM, "mkfs.xfs"], filesystems: ["xfs"], loop: true },
  { type: "squashfs", tools: ["mksquashfs"] },
  { type: "erofs", tools: ["mkfs.erofs"], kiwiMajor: 10 },
  { type: "kis", tools: [...FILESYSTEM, "tar", "xz", "mkfs.ext4"], filesystems: ["ext4"], loop: true },
  { type: "pxe", tools: [...FILESYSTEM, "tar", "xz", "mkfs.ext4"], filesystems: ["ext4"], loop: true },
  { type: "iso", tools: ["xorriso", "mksquashfs", "mkfs.vfat", "mcopy", ...FILESYSTEM], loop: true },
  { type: "oem (bios)", tools: DISK, filesystems: ["ext4"], loop: true },
  {
    type: "oem (efi)",
    tools: [...DISK, "sgdisk", "mkfs.vfat", "mcopy"],
    filesystems: ["ext4", "vfat"],
    loop: true,
  },
  { type: "oem (lvm)", tools: [...DISK, "lvcreate"], filesystems: ["ext4"], loop: true, mapper: true },
  { type: "oem (luks)", tools: [...DISK, "cryptsetup"], filesystems: ["ext4"], loop: true, mapper: true },
];

/** Programs that make the root tree, one for each package manager that a description can name. */
export const PACKAGE_MANAGERS = ["apt-get", "dnf", "zypper", "pacman", "apk"] as const;
