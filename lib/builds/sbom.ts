import type { Build } from "#lib/contracts/build.ts";
import type { InstalledPackage, PackageFormat, PackageList } from "./package-list.ts";
import { imageFiles } from "./result-files.ts";

/** Lists of what an image is made of, in the two standard forms: SPDX 2.3 and CycloneDX 1.6, both as JSON. */

export type SbomFormat = "spdx" | "cyclonedx";

/** The bill of materials of a finished build's image. The same build gives the same text. */
export function billOfMaterials(build: Build, list: PackageList, format: SbomFormat): object {
  return format === "spdx" ? spdx(build, list) : cycloneDx(build, list);
}

const TOOL = "KIWI Workbench";

const nameOf = (build: Build) => build.imageName ?? build.description;

/** When the image was made; the time of asking where the end is unknown. */
const madeAt = (build: Build) => `${(build.endedAt ?? build.queuedAt).slice(0, 19)}Z`;

/** The package URL, by which other tools know a package. */
function packageUrl({ name, version, architecture }: InstalledPackage, format: PackageFormat): string {
  const arch = architecture === null ? "" : `?arch=${encodeURIComponent(architecture)}`;
  return `pkg:${format}/${encodeURIComponent(name)}@${encodeURIComponent(version)}${arch}`;
}

function spdx(build: Build, { packages, format }: PackageList): object {
  const image = {
    SPDXID: "SPDXRef-Image",
    name: nameOf(build),
    ...(build.imageVersion === null ? {} : { versionInfo: build.imageVersion }),
    primaryPackagePurpose: "OPERATING-SYSTEM",
    downloadLocation: "NOASSERTION",
    filesAnalyzed: false,
    ...fileOf(build),
  };
  const parts = packages.map((each, index) => ({
    SPDXID: `SPDXRef-Package-${index + 1}`,
    name: each.name,
    versionInfo: each.version,
    downloadLocation: "NOASSERTION",
    filesAnalyzed: false,
    licenseConcluded: "NOASSERTION",
    licenseDeclared: "NOASSERTION",
    // What packages say is not always an SPDX expression, so it is told as text.
    ...(each.licence === null ? {} : { licenseComments: `The package says: ${each.licence}` }),
    externalRefs: [
      {
        referenceCategory: "PACKAGE-MANAGER",
        referenceType: "purl",
        referenceLocator: packageUrl(each, format),
      },
    ],
  }));
  return {
    spdxVersion: "SPDX-2.3",
    dataLicense: "CC0-1.0",
    SPDXID: "SPDXRef-DOCUMENT",
    name: nameOf(build),
    documentNamespace: `urn:uuid:${build.id}`,
    creationInfo: { created: madeAt(build), creators: [`Tool: ${TOOL}`] },
    packages: [image, ...parts],
    relationships: [
      relationship("SPDXRef-DOCUMENT", "DESCRIBES", image.SPDXID),
      ...parts.map(({ SPDXID }) => relationship(image.SPDXID, "CONTAINS", SPDXID)),
    ],
  };
}

function relationship(spdxElementId: string, relationshipType: string, relatedSpdxElement: string) {
  return { spdxElementId, relationshipType, relatedSpdxElement };
}

/** SPDX gives a package one file: the image, where there is just one. */
function fileOf(build: Build) {
  const [only, another] = imageFiles(build);
  if (only === undefined || another !== undefined) return {};
  return { packageFileName: only.name, checksums: [{ algorithm: "SHA256", checksumValue: only.sha256 }] };
}

function cycloneDx(build: Build, { packages, format }: PackageList): object {
  return {
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    serialNumber: `urn:uuid:${build.id}`,
    version: 1,
    metadata: {
      timestamp: madeAt(build),
      tools: { components: [{ type: "application", name: TOOL }] },
      component: {
        type: "operating-system",
        "bom-ref": "image",
        name: nameOf(build),
        ...(build.imageVersion === null ? {} : { version: build.imageVersion }),
        components: imageFiles(build).map(({ name, sha256 }) => ({
          type: "file",
          "bom-ref": `file:${name}`,
          name,
          hashes: [{ alg: "SHA-256", content: sha256 }],
        })),
      },
    },
    components: packages.map((each, index) => ({
      type: "library",
      // Two versions of one package may be there, and even the same twice.
      "bom-ref": `package-${index + 1}`,
      name: each.name,
      version: each.version,
      purl: packageUrl(each, format),
      ...(each.licence === null ? {} : { licenses: [{ license: { name: each.licence } }] }),
    })),
    dependencies: [{ ref: "image", dependsOn: packages.map((_, index) => `package-${index + 1}`) }],
  };
}
