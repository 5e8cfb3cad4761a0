/** What KIWI takes where something is not written, as far as its schema does not tell: keys as in own-documentation. */
const values: ReadonlyMap<string, string> = new Map(
  Object.entries({
    packagemanager: "`dnf4`",
    "bootloader/@name": "`grub2`",
    "systemdisk/@name": "`systemVG`",
    "type/@rootfs_label": "`ROOT`",
    "type/@target_blocksize": "`512`",
    "type/@selinux_policy": "`targeted`",
    "type/@luks_randomize": "`true`",
    "type/@overlayroot_write_partition": "`true`",
    "type/@overlayroot_readonly_filesystem": "`squashfs`",
    "type/@initrd_system": "`dracut` for oem, iso and kis, `kiwi` for pxe, `none` for others",
    "type/@volid": "`CDROM` for live images, `INSTALL` for installation media",
    "packages/@patternType": "`onlyRequired`",
    "oem-swapsize": "`128` MB",
    "repository/@alias": "a random name for each build; a name of your own is easier to recognise",
  }),
);

/** What counts where an element or attribute is missing; undefined where nothing is known. */
export function defaultOf(element: string, attribute?: string): string | undefined {
  return values.get(attribute === undefined ? element : `${element}/@${attribute}`);
}
