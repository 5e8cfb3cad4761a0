/** Descriptions of a given size: build types with all that hangs on them, and long lists of packages. */
export function descriptionOf(bytes: number): string {
  const parts: string[] = [];
  const packages: string[] = [];
  const profiles: string[] = [];
  for (let size = 700, i = 0; size < bytes; i++) {
    if (i % 8 === 0) {
      profiles.push(`    <profile name="P${i}" description="Profile ${i}"/>`);
      parts.push(`  <preferences profiles="P${i}">
    <type image="oem" filesystem="ext4" firmware="uefi" kernelcmdline="console=ttyS0">
      <bootloader name="grub2" timeout="10"/>
      <size unit="G">8</size>
    </type>
  </preferences>`);
      size += 330;
    }
    packages.push(`    <package name="package-${i}" arch="x86_64"/>`);
    size += 50;
  }
  return `<?xml version="1.0" encoding="utf-8"?>
<image schemaversion="8.5" name="bench">
  <description type="system">
    <author>A</author>
    <contact>a@example.com</contact>
    <specification>Bench</specification>
  </description>
  <profiles>
${profiles.join("\n")}
  </profiles>
  <preferences>
    <version>1.0.0</version>
    <packagemanager>apt</packagemanager>
  </preferences>
${parts.join("\n")}
  <repository type="apt-deb">
    <source path="https://example.com/debian"/>
  </repository>
  <packages type="image">
    <package name="dracut-kiwi-oem-repart"/>
${packages.join("\n")}
  </packages>
  <packages type="bootstrap"/>
</image>
`;
}

export const sizes: readonly (readonly [name: string, bytes: number])[] = [
  ["11 KB", 11_000],
  ["100 KB", 100_000],
  ["1 MB", 1_000_000],
];

/** Something that is typed at a place of a text, character by character. */
export interface Typing {
  at: number;
  text: string;
}

/** Typing all over a description, from its end to its start: values, text, and new elements among others. */
export function typings(text: string, count: number): Typing[] {
  const places = [...text.matchAll(/(?<value>arch="x86_64|timeout="1|<author>A)|(?<element><package name[^>]*>)/g)];
  const values = places.filter(({ groups }) => groups?.["value"] !== undefined);
  const elements = places.filter(({ groups }) => groups?.["element"] !== undefined);
  return Array.from({ length: count }, (_, i) => {
    const from = i % 4 === 0 ? elements : values;
    const match = from[Math.floor(((i + 0.5) * from.length) / count)];
    const at = (match?.index ?? 0) + (match?.[0].length ?? 0);
    return { at, text: i % 4 === 0 ? '\n    <package name="new"/>' : "0123" };
  }).sort((a, b) => b.at - a.at);
}
