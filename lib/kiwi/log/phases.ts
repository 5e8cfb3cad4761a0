/**
 * KIWI names no phases; each begins with a sentence that it logs at level INFO. The sentences were collected from the
 * sources and real logs of KIWI 9.24, 10.3 and 11.1. A phase may be absent or come several times, in any order.
 */

interface PhaseRule {
  id: string;
  label: string;
  begins: RegExp;
}

const rules: readonly PhaseRule[] = [
  { id: "load", label: "Load description", begins: /^(Reading runtime config file: |Loading XML description)/ },
  {
    id: "root",
    label: "Prepare root tree",
    begins: /^(Preparing new root system|Preparing system|Setup root directory: )/,
  },
  { id: "repos", label: "Set up repositories", begins: /^Setting up repository / },
  {
    id: "bootstrap",
    label: "Bootstrap packages",
    begins: /^(Installing bootstrap packages|Processing of bootstrap stage skipped)$/,
  },
  { id: "import", label: "Import description", begins: /^Importing Image description to system tree$/ },
  { id: "hook", label: "Script", begins: /^Calling (\S+) script$/ },
  { id: "ca", label: "CA certificates", begins: /^Updating CA certificate store$/ },
  {
    id: "system",
    label: "System packages",
    begins: /^Installing system (\(chroot\) for build type: \S+|packages \(chroot\))$/,
  },
  { id: "archives", label: "Unpack archives", begins: /^Installing archives$/ },
  {
    id: "configure",
    label: "Configure system",
    begins:
      /^(Copying user defined |Extracting user defined files |Creating image identifier: .* in |Adding group |Setting up user |Setting up (keytable|locale|timezone): |Check\/Fix File Permissions|Installing files$|Fetching container: |Setting up image repository |Processing SELinux )/,
  },
  {
    id: "delete",
    label: "Remove packages",
    begins: /^(Uninstall|Uninstalling|Force deleting) system packages \(chroot\)$/,
  },
  { id: "update", label: "Update system", begins: /^Update system \(chroot\)$/ },
  { id: "create", label: "Start image creation", begins: /^Creating system image$/ },
  { id: "archive", label: "Pack archive", begins: /^Creating (XZ compressed tar|CPIO) archive$/ },
  {
    id: "container",
    label: "Build container",
    begins: /^(Setting up (docker|oci|appx|wsl) container|--> Creating container image)$/,
  },
  {
    id: "fsimage",
    label: "Filesystem image",
    begins: /^(Creating (ext[234]|xfs|btrfs|squashfs|erofs|fat16|fat32) filesystem|Creating root filesystem image)$/,
  },
  {
    id: "disksize",
    label: "Calculate disk size",
    begins: /^(Preparing boot system|Precalculating required disk size)$/,
  },
  { id: "partition", label: "Disk and partitions", begins: /^Creating raw disk image / },
  {
    id: "mkfs",
    label: "Create filesystems",
    begins: /^Creating (\w+(\([^)]*\))? filesystem on |(crypto LUKS|raid array|volume group|dm_integrity) )/,
  },
  {
    id: "bootprep",
    label: "Boot metadata",
    begins: /^(Creating config\.partids in boot system|Creating generic system etc\/fstab)$/,
  },
  {
    id: "initrd",
    label: "Build initrd",
    begins:
      /^(Creating generic (dracut initrd archive|UKI EFI binary)|Preparing boot image|Creating boot image|Creating initrd cpio archive|Creating install image boot image|Creating pxe install boot image|Creating live ISO boot image\(s\))$/,
  },
  {
    id: "bootcfg",
    label: "Configure bootloader",
    begins: /^(Creating \S+ bootloader configuration|Setting up (live|install) image bootloader configuration)$/,
  },
  { id: "sync", label: "Copy system into image", begins: /^Syncing system to image$/ },
  {
    id: "bootinst",
    label: "Install bootloader",
    begins: /^(Installing \S+ on disk |No grub boot code installation )/,
  },
  { id: "liveroot", label: "Pack live root", begins: /^Packing system into dracut live ISO type: / },
  { id: "iso", label: "Write ISO", begins: /^Creating (live ISO image|ISO filesystem)$/ },
  { id: "installiso", label: "Install ISO", begins: /^Creating hybrid ISO installation image$/ },
  { id: "installpxe", label: "PXE archive", begins: /^Creating PXE installation archive$/ },
  { id: "metadata", label: "Export package lists", begins: /^Export (rpm|deb|pacman|apk) / },
  { id: "convert", label: "Convert disk format", begins: /^Creating \S+ Disk Format$/ },
  { id: "results", label: "Results", begins: /^Result files:$/ },
];

/** The phase that an INFO message begins, or null. A script's phase carries the script's name in its label. */
export function phaseOf(message: string): { id: string; label: string } | null {
  for (const rule of rules) {
    const match = rule.begins.exec(message);
    if (!match) continue;
    return { id: rule.id, label: rule.id === "hook" ? `${rule.label} ${match[1]}` : rule.label };
  }
  return null;
}
