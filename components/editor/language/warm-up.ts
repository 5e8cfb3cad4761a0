import { createLanguage, type LanguageOptions } from "#lib/kiwi/language/index.ts";

const path = "config.xml";

/** A bit of everything that descriptions hold most of. */
const description = (version: string) => `<?xml version="1.0" encoding="utf-8"?>
<image schemaversion="${version}" name="warm-up">
  <description type="system">
    <author>A</author>
    <contact>a@example.com</contact>
    <specification>Warm-up</specification>
  </description>
  <profiles>
    <profile name="One" description="First"/>
    <profile name="Two" description="Second"/>
  </profiles>
  <preferences>
    <version>1.0.0</version>
    <packagemanager>apt</packagemanager>
    <locale>en_US</locale>
  </preferences>
  <preferences profiles="One">
    <type image="oem" filesystem="ext4" firmware="uefi" kernelcmdline="console=ttyS0">
      <bootloader name="grub2" timeout="10"/>
      <oemconfig>
        <oem-resize>true</oem-resize>
      </oemconfig>
      <size unit="G">8</size>
    </type>
  </preferences>
  <preferences profiles="Two">
    <type image="iso" volid="LIVE"/>
  </preferences>
  <users>
    <user name="root" password="$6$a$b" home="/root"/>
  </users>
  <repository type="apt-deb" alias="base">
    <source path="https://example.com/debian"/>
  </repository>
  <packages type="image">
${Array.from({ length: 20 }, (_, i) => `    <package name="package-${i}" arch="x86_64"/>`).join("\n")}
  </packages>
  <packages type="bootstrap">
    <package name="base-files"/>
  </packages>
</image>
`;

/** What is typed, and behind what. */
const typings: readonly (readonly [behind: string, text: string])[] = [
  ['arch="x86_64', "0123456789"],
  ['timeout="1', "0123456789"],
  ["<author>A", "nother author"],
  ['package-7" arch="x86_64"/>', '\n    <package name="new" arch="x86_64"/>\n    <package name="newer"/>'],
  ['type="bootstrap">', '\n    <package name="newest"/>'],
];

/**
 * Types into a description of its own. Browsers make fast code only of what has run often: without this, the first keys
 * in a file would be answered many times slower than all others. One key for each step.
 */
export function* warmUp({ schema, ...options }: LanguageOptions): Generator<void> {
  if (schema === null || schema.version === null) return;
  const language = createLanguage({ ...options, schema });
  let text = description(schema.version);
  for (const [behind, typed] of typings) {
    let offset = text.indexOf(behind) + behind.length;
    for (const key of typed) {
      text = text.slice(0, offset) + key + text.slice(offset++);
      const request = { path, text, mains: [path], read: () => undefined };
      language.validate(request);
      language.complete({ ...request, offset });
      yield;
    }
  }
}
