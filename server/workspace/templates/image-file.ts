import { escapeXml } from "./escape.ts";
import type { Choice, Distribution, Package } from "./template.ts";

/** The newest schema version that the templates are written for. */
const NEWEST = "8.5";

/** Renders `config.xml` for a KIWI with this schema version; null = the newest. */
export async function renderImageFile(
  distribution: Distribution,
  choice: Choice,
  schemaVersion: string | null,
): Promise<string> {
  const { packages } = distribution;
  const older = schemaVersion !== null && Number.parseFloat(schemaVersion) < 8;
  const name = escapeXml(choice.name);
  const parts = [
    `<?xml version="1.0" encoding="utf-8"?>
<!--
  ${distribution.title} as an image. Each profile below makes another kind of image of the same system;
  choose one when you build. Without a choice, the one with import="true" is built.
-->
<image schemaversion="${older ? "7.5" : NEWEST}" name="${name}">
    <description type="system">
        <author>Your name</author>
        <contact>you@example.org</contact>
        <specification>${escapeXml(distribution.title)} image</specification>
    </description>
    <profiles>
        <profile name="Tree" description="The bare system: as an archive or as one file system" import="true"/>
        <profile name="Disk" description="A disk for virtual machines"/>
        <profile name="Container" description="A container"/>${
          packages.live ? '\n        <profile name="Live" description="A live system on a stick or CD"/>' : ""
        }
    </profiles>`,
    `    <!-- Settings of every image, whatever its profile -->
    <preferences>
        <version>${escapeXml(choice.version)}</version>
        <packagemanager>${older ? (distribution.olderPackageManager ?? distribution.packageManager) : distribution.packageManager}</packagemanager>
${(distribution.preferences?.(choice) ?? []).map((line) => `        ${line}\n`).join("")}    </preferences>`,
    `    <!-- The kinds of image. The one with primary="true" is built unless another one is asked for. -->
    <preferences profiles="Tree">
        <type image="tbz" primary="true"/>
        <type image="ext4"/>
    </preferences>
    <preferences profiles="Disk">
        <!-- Starts with EFI and with an old BIOS. The disk has the size of its content plus 1 GiB. -->
        <type image="oem" filesystem="ext4" format="qcow2" firmware="efi" initrd_system="dracut" kernelcmdline="console=tty0 console=ttyS0">
            <bootloader name="grub2" timeout="3"/>
            <size unit="M" additive="true">1024</size>
            <oemconfig>
                <!-- true: the system grows over the whole disk when it is first started (needs dracut-kiwi-oem-repart) -->
                <oem-resize>${packages.disk.includes("dracut-kiwi-oem-repart")}</oem-resize>
            </oemconfig>
        </type>
    </preferences>
    <preferences profiles="Container">
        <type image="oci">
            <containerconfig name="${name.toLowerCase()}" tag="${escapeXml(choice.version)}"/>
        </type>
    </preferences>`,
    packages.live &&
      `    <preferences profiles="Live">
        <type image="iso" ${distribution.liveAttributes ?? 'flags="overlay"'} firmware="efi">
            <bootloader name="grub2" timeout="5"/>
        </type>
    </preferences>`,
    `    <!--
      Nobody can log in with a password: root is locked until you give it one. Make the encrypted form with
      "openssl passwd -6" and put it here; never write a password in clear text into a description.

    <users>
        <user name="root" groups="root" home="/root" pwdformat="encrypted" password="$6$..."/>
    </users>
    -->`,
    await distribution.repositories(choice),
    section('type="image"', "In every image", packages.image),
    section('type="image" profiles="Disk,Live"', "What a computer needs to start", packages.machine),
    packages.disk.length > 0 && section('type="image" profiles="Disk"', "Only on disks", packages.disk),
    packages.live && section('type="image" profiles="Live"', "Only in the live system", packages.live),
    section('type="bootstrap"', "The first packages, installed from outside into an empty folder", packages.bootstrap),
  ];
  const text = parts.filter((part) => part !== undefined && part !== false).join("\n\n");
  return `${packages.live ? text : text.replaceAll('profiles="Disk,Live"', 'profiles="Disk"')}\n\n</image>\n`;
}

function section(attributes: string, comment: string, packages: Package[]): string {
  const lines = packages.map((one) =>
    typeof one === "string" ? `<package name="${one}"/>` : `<package name="${one.name}" arch="${one.arch}"/>`,
  );
  return `    <!-- ${comment} -->
    <packages ${attributes}>
${lines.map((line) => `        ${line}\n`).join("")}    </packages>`;
}
