import { expect, test } from "vitest";
import { parsePackages } from "./package-list.ts";
import { billOfMaterials } from "./sbom.ts";
import { finishedBuild } from "./test-build.ts";

const list = parsePackages("a b|None|1:2+x|None|amd64|None|None\nbash|(none)|5|1|x86_64|(none)|GPL-3.0-or-later\n");

/** Everything a document names and everything it refers to. */
function idsOf(document: object): { named: string[]; referred: string[] } {
  const [named, referred]: [string[], string[]] = [[], []];
  JSON.stringify(document, (key, value) => {
    if (key === "SPDXID" || key === "bom-ref") named.push(value);
    if (["spdxElementId", "relatedSpdxElement", "ref"].includes(key)) referred.push(value);
    if (key === "dependsOn") referred.push(...value);
    return value;
  });
  return { named, referred };
}

test.each(["spdx", "cyclonedx"] as const)("%s names each thing once and refers to nothing else", (format) => {
  const { named, referred } = idsOf(billOfMaterials(finishedBuild, list, format));
  expect(new Set(named).size).toBe(named.length);
  expect(named).toEqual(expect.arrayContaining(referred));
  expect(referred.length).toBeGreaterThanOrEqual(list.packages.length);
});

test("SPDX has the image with its checksum, and each package with its URL", () => {
  expect(billOfMaterials(finishedBuild, list, "spdx")).toMatchObject({
    spdxVersion: "SPDX-2.3",
    documentNamespace: `urn:uuid:${finishedBuild.id}`,
    creationInfo: { created: "2026-01-02T03:04:05Z" },
    packages: [
      { name: "test", packageFileName: "test.tar.xz", checksums: [{ algorithm: "SHA256", checksumValue: "aa" }] },
      { name: "a b", externalRefs: [{ referenceLocator: "pkg:rpm/a%20b@1%3A2%2Bx?arch=amd64" }] },
      { name: "bash", versionInfo: "5-1", licenseComments: "The package says: GPL-3.0-or-later" },
    ],
  });
});

test("CycloneDX has the same", () => {
  expect(billOfMaterials(finishedBuild, list, "cyclonedx")).toMatchObject({
    bomFormat: "CycloneDX",
    serialNumber: `urn:uuid:${finishedBuild.id}`,
    metadata: {
      component: { name: "test", components: [{ name: "test.tar.xz", hashes: [{ alg: "SHA-256", content: "aa" }] }] },
    },
    components: [
      { name: "a b", purl: "pkg:rpm/a%20b@1%3A2%2Bx?arch=amd64" },
      { name: "bash", version: "5-1", licenses: [{ license: { name: "GPL-3.0-or-later" } }] },
    ],
  });
});
