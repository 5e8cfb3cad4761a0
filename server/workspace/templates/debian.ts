import { access } from "node:fs/promises";
import type { Template } from "#lib/contracts/template.ts";
import { mirrorOf, readAptSources, releaseOf } from "../apt-mirror.ts";
import { escapeXml } from "./escape.ts";
import type { Choice, Distribution, Package } from "./template.ts";

// `init` brings systemd; dracut replaces the distribution's own initrd, as KIWI asks for.
const machine: Package[] = ["init", "dracut", "systemd-sysv", "dbus", "netbase", "iproute2", "openssh-server"];
const grub: Package[] = [
  "grub-common",
  "grub2-common",
  { name: "grub-efi-amd64-bin", arch: "x86_64" },
  { name: "grub-pc-bin", arch: "x86_64" },
  { name: "grub-efi-arm64-bin", arch: "aarch64" },
];

export const debian: Distribution = {
  id: "debian",
  title: "Debian",
  summary: "The stable release of Debian with as little as possible: about 90 packages.",
  packageManager: "apt",
  fields: () => aptFields(["trixie", "bookworm"], "Debian"),
  repositories: (choice) =>
    aptRepository(choice, {
      alias: "debian",
      components: "main",
      keyring: "/usr/share/keyrings/debian-archive-keyring.gpg",
    }),
  packages: {
    // apt brings all essential packages by itself.
    bootstrap: ["apt", "base-files", "debian-archive-keyring"],
    // Must not be empty: the new system's own apt takes over here.
    image: ["ca-certificates"],
    machine: [
      ...machine,
      { name: "linux-image-amd64", arch: "x86_64" },
      { name: "linux-image-arm64", arch: "aarch64" },
      ...grub,
      "systemd-resolved",
      "procps",
    ],
    disk: [],
    live: ["dracut-live", "dracut-network", "dmsetup"],
  },
  liveAttributes: 'flags="dmsquash"',
  services: ["systemd-networkd", "systemd-resolved", "ssh"],
};

export const ubuntu: Distribution = {
  id: "ubuntu",
  title: "Ubuntu",
  summary: "A long-term release of Ubuntu, small: the essential packages and what you add.",
  packageManager: "apt",
  fields: () => aptFields(["noble", "jammy"], "Ubuntu"),
  repositories: (choice) =>
    aptRepository(choice, {
      alias: "ubuntu",
      components: "main universe",
      keyring: "/usr/share/keyrings/ubuntu-archive-keyring.gpg",
    }),
  packages: {
    bootstrap: ["apt", "base-files", "ubuntu-keyring"],
    image: ["ca-certificates"],
    machine: [...machine, "linux-image-generic", ...grub, "systemd-resolved", "procps"],
    disk: [],
    live: ["dracut-live", "dracut-network", "dmsetup"],
  },
  liveAttributes: 'flags="dmsquash"',
  services: ["systemd-networkd", "systemd-resolved", "ssh"],
};

/** The host's own mirror and release are the defaults; a host of another kind has neither. */
async function aptFields(releases: [string, ...string[]], title: string): Promise<Template["fields"]> {
  const sources = await readAptSources();
  return {
    release: {
      label: "Release",
      help: `Code name of the ${title} release.`,
      default: releaseOf(sources, releases) ?? releases[0],
      options: releases,
    },
    repository: {
      label: "Mirror",
      help: `Address of a ${title} mirror. The default is the one that this host uses itself.`,
      default: mirrorOf(sources, releases),
    },
  };
}

async function aptRepository(
  { repository, release }: Choice,
  { alias, components, keyring }: { alias: string; components: string; keyring: string },
): Promise<string> {
  // Without a key of the host KIWI could only refuse the repository, so the check is off there, and says so.
  const signed = await access(keyring).then(
    () => true,
    () => false,
  );
  const source = escapeXml(repository);
  const attributes = `type="apt-deb" alias="${alias}" distribution="${escapeXml(release)}" components="${components}"`;
  return signed
    ? `    <!-- Packages come from here; their signatures are checked with the key that this host has. -->
    <repository ${attributes}>
        <source path="${source}">
            <signing key="file://${keyring}"/>
        </source>
    </repository>`
    : `    <!-- Packages come from here. Their signatures are not checked, because this host has no key for them. -->
    <!-- kiwi-workbench-ignore ${silenced(repository)}: this host has no key -->
    <repository ${attributes} repository_gpgcheck="false">
        <source path="${source}"/>
    </repository>`;
}

/** What the Workbench would say of a repository that is not checked, which nobody can help who has no key. */
const silenced = (repository: string) =>
  /^(?:http|ftp):/i.test(repository) ? "signature-check-off, plain-http" : "signature-check-off";
