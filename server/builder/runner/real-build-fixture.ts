import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { AttemptSpec } from "#lib/contracts/attempt.ts";
import { type BuildOptionsInput, buildOptionsSchema } from "#lib/contracts/build-options.ts";
import type { RuntimeName } from "#lib/contracts/runtime.ts";
import { buildCommand, findKiwi, hostArchitecture } from "#server/kiwi/index.ts";
import { loadConfig } from "#server/platform/config.ts";
import { readerOf } from "../description-copy.ts";
import type { KeptRoots } from "../kept-roots.ts";
import { planReuse } from "../plan-reuse.ts";
import { cannotRunBuilds } from "./attempt-fixture.ts";
import { hostRepository, KEYRING } from "./host-debian-fixture.ts";
import { startAttempt } from "./start.ts";

export const kiwi = await findKiwi(loadConfig());
export const repository = hostRepository();
/** Why no real build can be made here; null where it can. */
export const obstacle =
  cannotRunBuilds() ??
  ("problem" in kiwi ? kiwi.problem : null) ??
  (repository === null || !existsSync(KEYRING) ? "a Debian host with its keyring is needed" : null);

/** Such a KIWI does not find plain relative includes. */
const throughMarkup = !("problem" in kiwi) && kiwi.xmlThroughMarkup;

/** KIWI 9 does not let this type choose. */
const quickly = "problem" in kiwi || kiwi.version.startsWith("9.") ? "" : ' squashfscompression="zstd"';

const description = `<?xml version="1.0" encoding="utf-8"?>
<image schemaversion="7.5" name="small">
  <include from="${throughMarkup ? "this://" : ""}about.xml"/>
  <preferences>
    <version>1.0.0</version>
    <packagemanager>apt</packagemanager>
    <type image="ext4"/>
    <type image="tbz"/>
    <type image="docker"><containerconfig name="small"/></type>
    <type image="squashfs"${quickly}/>
  </preferences>
  <repository type="apt-deb" alias="debian" distribution="${repository?.release}" components="main">
    <source path="${repository?.address}"><signing key="file://${KEYRING}"/></source>
  </repository>
  <packages type="image"><package name="ca-certificates"/></packages>
  <packages type="bootstrap">
    <package name="apt"/>
    <package name="base-files"/>
    <package name="debian-archive-keyring"/>
  </packages>
</image>
`;

const about = `<image>
  <description type="system">
    <author>Test</author>
    <contact>test@example.org</contact>
    <specification>The smallest Debian that KIWI builds</specification>
  </description>
</image>
`;

/** The same description, as KIWI takes it in YAML. */
const inYaml = `image:
  "@schemaversion": "7.5"
  "@name": small
  description:
    "@type": system
    author: Test
    contact: test@example.org
    specification: The smallest Debian that KIWI builds
  preferences:
    version: "1.0.0"
    packagemanager: apt
    type: {"@image": ext4}
  repository:
    "@type": apt-deb
    "@alias": debian
    "@distribution": ${repository?.release}
    "@components": main
    source: {"@path": "${repository?.address}", signing: {"@key": "file://${KEYRING}"}}
  packages:
    - {"@type": image, package: {"@name": ca-certificates}}
    - {"@type": bootstrap, package: [{"@name": apt}, {"@name": base-files}, {"@name": debian-archive-keyring}]}
`;

/** What is built. */
export type Order = {
  runtime?: RuntimeName;
  type?: string;
  format?: "xml" | "yaml";
  options?: BuildOptionsInput;
  files?: Readonly<Record<string, string>>;
  /** Changes the text of the XML description. */
  edit?: (text: string) => string;
  /** Takes packages over from here, and keeps them. */
  roots?: KeptRoots;
};

/** Starts the smallest build of Debian that KIWI makes. */
export async function startRealBuild(
  builds: string,
  { runtime, type, format = "xml", options = {}, files = {}, edit, roots }: Order = {},
): Promise<string> {
  if ("problem" in kiwi) throw new Error(kiwi.problem);
  const buildId = randomUUID();
  const dir = join(builds, buildId, "0");
  const imageFile = `config.${format}`;
  await mkdir(join(dir, "description/root/etc"), { recursive: true });
  await writeFile(
    join(dir, "description", imageFile),
    format === "xml" ? (edit?.(description) ?? description) : inYaml,
  );
  await writeFile(join(dir, "description/about.xml"), about);
  await writeFile(join(dir, "description/root/etc/motd"), "Hello\n");
  for (const [name, text] of Object.entries(files)) await writeFile(join(dir, "description", name), text);
  const order = {
    attemptDir: dir,
    imageFile,
    format,
    profiles: [],
    ...(type === undefined ? {} : { type }),
    options: buildOptionsSchema.parse(options),
    // The least work for archives; what is in them is the same.
    settings: { xzOptions: "-0" },
  };
  const { command, createCommand, environment, runtimeConfig } = buildCommand(kiwi, order);
  const plan =
    roots &&
    (await planReuse(roots, {
      ...{ build: { id: buildId, description: "small" }, kiwi, order, architecture: hostArchitecture() },
      ...{ runtime: runtime ?? "namespaces", sources: { debian: "as always" } },
      read: readerOf(join(dir, "description")),
    }));
  const spec: AttemptSpec = {
    format: 1,
    buildId,
    attempt: 0,
    command: plan?.command ?? command,
    ...(plan?.packages === undefined ? {} : { packages: plan.packages }),
    ...(plan === undefined ? {} : { reuse: plan.reuse }),
    createCommand,
    environment,
    ...(runtimeConfig === null ? {} : { runtimeConfig }),
    kiwiVersion: kiwi.version,
    graceSeconds: 10,
    ...(runtime === undefined ? {} : { runtime }),
  };
  await startAttempt(dir, spec);
  return dir;
}
