import { escapeXml } from "./escape.ts";
import type { Distribution } from "./template.ts";

export const archlinux: Distribution = {
  id: "archlinux",
  title: "Arch Linux",
  summary: "The rolling release of Arch Linux: the base system and what you add.",
  packageManager: "pacman",
  fields: async () => ({
    repository: {
      label: "Mirror",
      help: "Address of a mirror; pacman puts in the repository's name and the processor.",
      default: "https://geo.mirror.pkgbuild.com/$repo/os/$arch",
    },
  }),
  preferences: () => ["<timezone>UTC</timezone>"],
  repositories: async ({ repository }) => `    <!-- components: the repositories below this address -->
    <repository alias="ArchLinux" components="core extra">
        <source path="${escapeXml(repository)}"/>
    </repository>`,
  packages: {
    bootstrap: ["filesystem", "pacman-mirrorlist", "archlinux-keyring"],
    image: ["base"],
    machine: ["linux", "linux-firmware", "dracut", "binutils", "grub", "efibootmgr", "dosfstools", "openssh"],
    disk: [],
  },
  services: ["systemd-networkd", "systemd-resolved", "sshd"],
};
