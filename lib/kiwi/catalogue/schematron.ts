import type { Entry } from "./entry.ts";
import { xmlExample } from "./syntax.ts";

/** Attributes of `<type>` that belong to certain image types only; each has a rule of its name. */
const limited =
  "application_id apply_dps_codes archive boot boot_clone bootfilesystem bootpart_id bootpartition bootpartsize bootprofile " +
  "btrfs_quota_groups btrfs_root_is_readonly_snapshot btrfs_root_is_snapper_snapshot btrfs_root_is_snapshot " +
  "btrfs_root_is_subvolume btrfs_set_default_volume compressed delta_root derived_from disk_start_sector " +
  "dosparttable_extended_layout editbootconfig editbootinstall eficsm eficsmpart_id efifatimagesize efimountoptions efipart_id " +
  "efipartsize efiparttable embed_integrity_metadata embed_verity_metadata enclave_format ensure_empty_tmpdirs " +
  "erofscompression filesystem firmware flags force_mbr format formatoptions gcelicense gpt_hybrid_mbr hybridpersistent " +
  "hybridpersistent_filesystem initrd_system install_continue_on_timeout installboot installiso installprovidefailsafe " +
  "installpxe installstick integrity_keyfile integrity_legacy_hmac integrity_metadata_key_description kernelcmdline luks " +
  "luksOS luks_pbkdf luks_randomize luksversion mdraid mediacheck metadata_path overlayroot overlayroot_readonly_filesystem " +
  "overlayroot_readonly_partsize overlayroot_write_partition provide_system_files publisher ramonly require_system_files " +
  "root_clone rootfs_label rootpart_id spare_part spare_part_fs spare_part_fs_attributes spare_part_is_last " +
  "spare_part_mountpoint squashfscompression standalone_integrity target_blocksize target_removable verity_blocks vga " +
  "vhdfixedtag volid wwid_wait_timeout xen_server";

/** Attributes of `<bootloader>` that certain loaders have only, by the id of their rule. */
const ofLoader: Readonly<Record<string, string>> = {
  bls: "bls",
  loader_output_console: "output_console",
  loader_input_console: "input_console",
  loader_console: "console",
  serial_line: "serial_line",
  video_mode: "video_mode",
  timeout: "timeout",
  timeout_style: "timeout_style",
  targettype: "targettype",
};

/** Attributes of `<containerconfig>` that certain image types have only, by the id of their rule. */
const ofContainer: Readonly<Record<string, string>> = {
  image_name: "name",
  name: "name",
  tag: "tag",
  additionalnames: "additionalnames",
  maintainer: "maintainer",
  user: "user",
  workingdir: "workingdir",
};

type Row = [id: string, title: string, meaning: string, remedy: string, wrong: string, right: string];

const single: readonly Row[] = [
  [
    "collection_module_scope",
    "Module streams are chosen in the bootstrap list",
    "`<collectionModule>` sets up streams before anything is installed, so that it belongs to `bootstrap`.",
    'Move it to `<packages type="bootstrap">`.',
    '<packages type="image">\n  <collectionModule name="php" enable="true"/>\n</packages>',
    '<packages type="bootstrap">\n  <collectionModule name="php" enable="true"/>\n</packages>',
  ],
  [
    "collection_module_disable_constraint",
    "A module that is switched off has no stream",
    'With `enable="false"` the whole module is switched off.',
    "Remove `stream`.",
    '<collectionModule name="php" enable="false" stream="8.2"/>',
    '<collectionModule name="php" enable="false"/>',
  ],
  [
    "architectures",
    "architectures is for Debian repositories",
    "Only repositories of the type `apt-deb` list their architectures.",
    "Remove the attribute, or correct `type`.",
    '<repository type="rpm-md" architectures="amd64">',
    '<repository type="apt-deb" architectures="amd64">',
  ],
  [
    "use_for_bootstrap",
    "use_for_bootstrap is for Debian repositories",
    "Only repositories of the type `apt-deb` can be the one that debootstrap reads.",
    "Remove the attribute, or correct `type`.",
    '<repository type="rpm-md" use_for_bootstrap="true">',
    '<repository type="apt-deb" use_for_bootstrap="true">',
  ],
  [
    "single_deboostrap_repo",
    "One repository can be the one for the bootstrap",
    "debootstrap reads a single repository.",
    "Leave `use_for_bootstrap` at one of them.",
    '<repository use_for_bootstrap="true">…\n<repository use_for_bootstrap="true">…',
    '<repository use_for_bootstrap="true">…\n<repository>…',
  ],
  [
    "unpartitioned_validation",
    "More space is left over than there is",
    "`unpartitioned` is a part of the size. The numbers are compared as they stand, whatever `unit` says.",
    "Make the size larger than the space that is left over.",
    '<size unit="M" unpartitioned="4096">2048</size>',
    '<size unit="M" unpartitioned="1024">2048</size>',
  ],
  [
    "filesystem_mandatory",
    "A disk needs a file system",
    "`oem` makes a disk, and KIWI does not choose its file system.",
    "Write `filesystem`.",
    '<type image="oem"/>',
    '<type image="oem" filesystem="ext4"/>',
  ],
  [
    "metadata_path_mandatory",
    "appx needs a folder of metadata",
    "The package for Windows holds a manifest and icons, which `metadata_path` names.",
    "Write `metadata_path`.",
    '<type image="appx"/>',
    '<type image="appx" metadata_path="appx"/>',
  ],
  [
    "verity_blocks_mandatory",
    "Embedded verity metadata need verity",
    "`embed_verity_metadata` stores what `verity_blocks` makes.",
    "Write `verity_blocks` as well.",
    '<type image="oem" filesystem="ext4" embed_verity_metadata="true"/>',
    '<type image="oem" filesystem="ext4" embed_verity_metadata="true" verity_blocks="all"/>',
  ],
  [
    "standalone_integrity_mandatory",
    "Embedded integrity metadata need integrity",
    "`embed_integrity_metadata` stores what `standalone_integrity` makes.",
    "Write `standalone_integrity` as well.",
    '<type image="oem" filesystem="ext4" embed_integrity_metadata="true"/>',
    '<type image="oem" filesystem="ext4" embed_integrity_metadata="true" standalone_integrity="true"/>',
  ],
  [
    "spare_part_is_last_valid",
    "A spare partition at the end, and a disk that grows",
    "The root partition cannot grow over a partition behind it.",
    "Switch `<oem-resize>` off, or leave the spare partition before the root.",
    '<type image="oem" filesystem="ext4" spare_part="1G" spare_part_is_last="true"/>',
    '<type image="oem" filesystem="ext4" spare_part="1G"/>',
  ],
  [
    "no_derived_from_in_oem_without_container_format",
    "A disk is derived from nothing, unless it goes into a container",
    "`derived_from` fits `oem` only where `format` begins with `oci:` or `docker:`.",
    "Remove `derived_from`, or choose such a format.",
    '<type image="oem" filesystem="ext4" derived_from="docker://base"/>',
    '<type image="oem" filesystem="ext4" format="oci:qcow2" derived_from="docker://base"/>',
  ],
  [
    "partition_name",
    "The partition's name is taken",
    "KIWI names its own partitions so. The rule compares parts of words, so that `oot` is refused because of `root`.",
    "Choose another name.",
    '<partition name="root" size="1G"/>',
    '<partition name="data" size="1G"/>',
  ],
  [
    "quota",
    "Quota are for btrfs",
    "Only subvolumes of btrfs have a quota.",
    "Remove `quota`, or use btrfs.",
    '<type image="oem" filesystem="ext4"><systemdisk><volume name="srv" quota="5G"/></systemdisk></type>',
    '<type image="oem" filesystem="btrfs"><systemdisk><volume name="srv" quota="5G"/></systemdisk></type>',
  ],
  [
    "loader_name",
    "This image type has no boot loader",
    "`<bootloader>` is for `oem` and `iso`.",
    "Remove it.",
    '<type image="docker"><bootloader name="grub2"/></type>',
    '<type image="docker"/>',
  ],
  [
    "loader_grub_template",
    "This image type has no template for GRUB",
    "`grub_template` is for `oem` and `iso`.",
    "Remove it.",
    '<type image="kis"><bootloader name="grub2" grub_template="grub.cfg"/></type>',
    '<type image="kis"/>',
  ],
  [
    "valid_in_disk_type",
    "A disk with a container configuration goes into a container",
    "`<containerconfig>` fits `oem` only where `format`, if there is one, begins with `oci:` or `docker:`.",
    "Remove `<containerconfig>`, or choose such a format.",
    '<type image="oem" filesystem="ext4" format="qcow2"><containerconfig name="disk"/></type>',
    '<type image="oem" filesystem="ext4" format="oci:qcow2"><containerconfig name="disk"/></type>',
  ],
  [
    "luks_requirement",
    "Options for LUKS without LUKS",
    "`<luksformat>` gives options to the encryption that `luks` asks for.",
    "Write `luks` at the type, or remove `<luksformat>`.",
    '<type image="oem" filesystem="ext4"><luksformat>…</luksformat></type>',
    '<type image="oem" filesystem="ext4" luks="random"><luksformat>…</luksformat></type>',
  ],
  [
    "bootloader_matches",
    "Secure Execution needs zipl",
    "`<securelinux>` is for s390 with the boot loader `zipl`.",
    'Write `<bootloader name="zipl">`.',
    '<bootloader name="grub2"><securelinux …/></bootloader>',
    '<bootloader name="zipl"><securelinux …/></bootloader>',
  ],
  [
    "virtualbox_guest_additions_present",
    "Guest additions are VirtualBox's",
    "The attribute fits the provider `virtualbox` only.",
    "Remove it, or correct `provider`.",
    '<vagrantconfig provider="libvirt" virtualsize="10" virtualbox_guest_additions_present="true"/>',
    '<vagrantconfig provider="virtualbox" virtualsize="10" virtualbox_guest_additions_present="true"/>',
  ],
  [
    "vagrant_provider",
    "A Vagrant box needs its configuration",
    '`format="vagrant"` makes a box for the provider that `<vagrantconfig>` names.',
    "Add `<vagrantconfig>`.",
    '<type image="oem" filesystem="ext4" format="vagrant"/>',
    '<type image="oem" filesystem="ext4" format="vagrant"><vagrantconfig provider="libvirt" virtualsize="10"/></type>',
  ],
  [
    "installation_media",
    "There are no installation media",
    "`<installmedia>` belongs to types with `installiso` or `installpxe`, written `true`; `1` and `installstick` do not count.",
    'Write `installiso="true"`, or remove `<installmedia>`.',
    '<type image="oem" filesystem="ext4"><installmedia>…</installmedia></type>',
    '<type image="oem" filesystem="ext4" installiso="true"><installmedia>…</installmedia></type>',
  ],
  [
    "bootstrap_package",
    "bootstrap_package belongs to the bootstrap list",
    "It names the package that apt begins with.",
    'Move it to `<packages type="bootstrap">`.',
    '<packages type="image" bootstrap_package="bootstrap-debian">',
    '<packages type="bootstrap" bootstrap_package="bootstrap-debian">',
  ],
  [
    "bootstrap_package_validation",
    "bootstrap_package is for apt",
    "No `<packagemanager>` of the description is apt.",
    "Remove the attribute.",
    '<packages type="bootstrap" bootstrap_package="bootstrap-debian">',
    '<packages type="bootstrap">',
  ],
];

const codeOf = (id: string) => `rule-${id.toLowerCase().replaceAll("_", "-")}`;

function rule(id: string, title: string, meaning: string, remedy: string, wrong: string, right: string): Entry {
  const example = xmlExample(wrong, right);
  return { code: codeOf(id), layer: "schematron", severity: "error", title, meaning, remedy, example };
}

function ofType(attribute: string): Entry {
  return rule(
    attribute,
    `${attribute} is for other image types`,
    `\`${attribute}\` means something for certain image types only, and KIWI refuses it at others. The message names those that have it.`,
    `Remove \`${attribute}\`, or correct \`image\`.`,
    `<type image="cpio" ${attribute}="…"/>`,
    '<type image="cpio"/>',
  );
}

const btrfs = limited
  .split(" ")
  .filter((attribute) => attribute.startsWith("btrfs_"))
  .map((attribute) =>
    rule(
      `no_lvm_${attribute}`,
      `${attribute} needs btrfs without LVM`,
      `\`${attribute}\` sets up subvolumes: the file system has to be btrfs, and \`<systemdisk>\` must not prefer LVM.`,
      'Write `filesystem="btrfs"` and remove `preferlvm`, or remove the attribute.',
      `<type image="oem" filesystem="ext4" ${attribute}="true"/>`,
      `<type image="oem" filesystem="btrfs" ${attribute}="true"/>`,
    ),
  );

const loaders = Object.entries(ofLoader).map(([id, attribute]) =>
  rule(
    id,
    `${attribute} is for other boot loaders`,
    `Not every boot loader has \`${attribute}\`. The message names those that have it.`,
    `Remove \`${attribute}\`, or choose another boot loader.`,
    `<bootloader name="custom" ${attribute}="…"/>`,
    '<bootloader name="custom"/>',
  ),
);

const containers = Object.entries(ofContainer).map(([id, attribute]) =>
  rule(
    id,
    `${attribute} of a container, and no container`,
    `\`${attribute}\` of \`<containerconfig>\` fits containers, and disks that go into one. \`wsl\` has no \`<containerconfig>\` at all.`,
    "Remove `<containerconfig>` or the attribute, or correct `image`.",
    `<type image="tbz"><containerconfig ${attribute}="…"/></type>`,
    '<type image="tbz"/>',
  ),
);

/** The rules of Schematron that the schemas of KIWI 9 to 11 hold. */
export const schematronEntries: readonly Entry[] = [
  ...single.map((row) => rule(...row)),
  ...limited.split(" ").map(ofType),
  ...btrfs,
  ...loaders,
  ...containers,
];

/** What is said of a rule that only another KIWI has. */
export function unknownRule(code: string): Entry {
  const id = code.slice("rule-".length).replaceAll("-", "_");
  return {
    code,
    layer: "schematron",
    severity: "error",
    title: `A rule of KIWI's: ${id}`,
    meaning: "The schema of the installed KIWI holds this rule, and the description breaks it. The message says how.",
    remedy: "Follow the message; KIWI refuses the description otherwise.",
  };
}
