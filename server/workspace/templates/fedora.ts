import type { Template } from "#lib/contracts/template.ts";
import { escapeXml } from "./escape.ts";
import type { Choice, Distribution, Package } from "./template.ts";

const machine: Package[] = [
  "kernel",
  "dracut",
  "grub2-tools",
  { name: "grub2-pc", arch: "x86_64" },
  { name: "grub2-pc-modules", arch: "x86_64" },
  { name: "grub2-efi-x64", arch: "x86_64" },
  { name: "grub2-efi-x64-modules", arch: "x86_64" },
  { name: "shim-x64", arch: "x86_64" },
  { name: "grub2-efi-aa64", arch: "aarch64" },
  { name: "grub2-efi-aa64-modules", arch: "aarch64" },
  { name: "shim-aa64", arch: "aarch64" },
  "NetworkManager",
  "openssh-server",
  "chrony",
  "selinux-policy-targeted",
];

const common = {
  preferences: ({ release }: Choice) => [
    "<locale>en_US</locale>",
    "<keytable>us</keytable>",
    "<timezone>UTC</timezone>",
    `<release-version>${escapeXml(release)}</release-version>`,
  ],
  services: ["NetworkManager", "sshd", "chronyd"],
};

export const fedora: Distribution = {
  ...common,
  id: "fedora",
  title: "Fedora",
  summary: "Fedora Linux, small: the base system and what you add.",
  packageManager: "dnf5",
  olderPackageManager: "dnf",
  fields: async () => fields("44", "https://mirrors.fedoraproject.org/metalink"),
  repositories: async ({ repository }) =>
    [
      metalink("fedora", `${repository}?repo=fedora-$releasever&arch=$basearch`),
      metalink("fedora-updates", `${repository}?repo=updates-released-f$releasever&arch=$basearch`),
    ].join("\n"),
  packages: {
    bootstrap: ["filesystem", "setup", "fedora-release", "glibc-minimal-langpack", "coreutils"],
    image: ["dnf5", "systemd", "ca-certificates"],
    machine,
    disk: ["dracut-kiwi-oem-repart"],
    live: ["dracut-kiwi-live"],
  },
  liveAttributes: 'flags="overlay"',
};

export const almalinux: Distribution = {
  ...common,
  id: "almalinux",
  title: "AlmaLinux",
  summary: "AlmaLinux OS, compatible with Red Hat Enterprise Linux.",
  packageManager: "dnf4",
  olderPackageManager: "dnf",
  fields: async () => fields("10", "https://mirrors.almalinux.org/mirrorlist"),
  repositories: async ({ repository }) =>
    ["baseos", "appstream"]
      .map((part) => repositoryFrom("mirrorlist", part, `${repository}/$releasever/${part}`))
      .join("\n"),
  packages: {
    bootstrap: ["filesystem", "setup", "almalinux-release", "glibc-minimal-langpack", "coreutils"],
    image: ["dnf", "systemd", "ca-certificates"],
    machine,
    disk: [],
    live: ["dracut-live", "dracut-network"],
  },
  // The live module of the distribution itself: KIWI's own is in no repository of it.
  liveAttributes: 'flags="dmsquash"',
};

export const centosStream: Distribution = {
  ...almalinux,
  id: "centos-stream",
  title: "CentOS Stream",
  summary: "CentOS Stream, where the next Red Hat Enterprise Linux is made.",
  fields: async () => fields("10", "https://mirrors.centos.org/metalink"),
  repositories: async ({ repository }) =>
    ["baseos", "appstream"]
      .map((part) => metalink(part, `${repository}?repo=centos-${part}-$releasever-stream&arch=$basearch`))
      .join("\n"),
  packages: {
    ...almalinux.packages,
    bootstrap: ["filesystem", "setup", "centos-stream-release", "glibc-minimal-langpack", "coreutils"],
  },
};

function fields(release: string, repository: string): Template["fields"] {
  return {
    release: { label: "Release", help: "Number of the release.", default: release },
    repository: {
      label: "Mirror list",
      help: "Address that names the mirrors; a near one is taken from them.",
      default: repository,
    },
  };
}

function metalink(alias: string, path: string): string {
  return repositoryFrom("metalink", alias, path);
}

function repositoryFrom(sourcetype: "metalink" | "mirrorlist", alias: string, path: string): string {
  return `    <!-- The package manager puts in release and processor for $releasever and $basearch -->
    <repository type="rpm-md" alias="${alias}" sourcetype="${sourcetype}">
        <source path="${escapeXml(path)}"/>
    </repository>`;
}
