import { escapeXml } from "./escape.ts";
import type { Distribution, Package } from "./template.ts";

const machine: Package[] = [
  "kernel-default",
  "dracut",
  "grub2",
  { name: "grub2-x86_64-efi", arch: "x86_64" },
  { name: "grub2-i386-pc", arch: "x86_64" },
  { name: "grub2-arm64-efi", arch: "aarch64" },
  "NetworkManager",
  "openssh-server",
  "chrony",
];

const settings = () => [
  "<locale>en_US</locale>",
  "<keytable>us</keytable>",
  "<timezone>UTC</timezone>",
  "<rpm-excludedocs>true</rpm-excludedocs>",
];

export const tumbleweed: Distribution = {
  id: "opensuse-tumbleweed",
  title: "openSUSE Tumbleweed",
  summary: "The rolling release of openSUSE: always the newest packages.",
  packageManager: "zypper",
  fields: async () => ({
    repository: {
      label: "Repository",
      help: "Address of the main package repository.",
      default: "https://download.opensuse.org/tumbleweed/repo/oss",
    },
  }),
  preferences: settings,
  repositories: async ({ repository }) => rpmRepository("Tumbleweed", repository),
  packages: {
    bootstrap: ["filesystem", "openSUSE-release", "ca-certificates", "glibc-locale-base"],
    image: ["patterns-base-minimal_base", "ca-certificates-mozilla"],
    machine,
    disk: ["dracut-kiwi-oem-repart"],
    live: ["dracut-kiwi-live"],
  },
  liveAttributes: 'flags="overlay" hybridpersistent="true" hybridpersistent_filesystem="ext4"',
  services: ["NetworkManager", "sshd", "chronyd"],
};

export const leap: Distribution = {
  ...tumbleweed,
  id: "opensuse-leap",
  title: "openSUSE Leap",
  summary: "The stable release of openSUSE, shared with SUSE Linux Enterprise.",
  fields: async () => ({
    release: {
      label: "Release",
      help: "Version of openSUSE Leap.",
      default: "16.0",
      options: ["16.0", "15.6"],
    },
    repository: {
      label: "Repositories",
      help: "Address under which the releases lie.",
      default: "https://download.opensuse.org",
    },
  }),
  repositories: async ({ repository, release }) => {
    // Since 16.0 each processor has a repository of its own, and updates come through the same one.
    const base = `${repository.replace(/\/+$/, "")}/distribution/leap/${release}/repo/oss`;
    if (release !== "15.6") return rpmRepository("Leap", `${base}/$basearch`);
    const update = `${repository.replace(/\/+$/, "")}/update/leap/${release}`;
    return [
      rpmRepository("Leap", base),
      rpmRepository("Leap-update", `${update}/oss`),
      rpmRepository("Leap-update-sle", `${update}/sle`),
    ].join("\n");
  },
};

function rpmRepository(alias: string, path: string): string {
  return `    <!-- imageinclude: the finished system uses the repository as well -->
    <repository type="rpm-md" alias="${alias}" imageinclude="true">
        <source path="${escapeXml(path)}"/>
    </repository>`;
}
