import { expect, test } from "vitest";
import { buildNeeds } from "./build-needs.ts";

const XML = `<image>
  <profiles><profile name="Disk" description="d"/></profiles>
  <preferences><packagemanager>apt</packagemanager><type image="tbz"/></preferences>
  <preferences profiles="Disk"><type image="oem" firmware="uefi" filesystem="xfs" luks="x"><systemdisk/></type></preferences>
  <repository type="apt-deb" distribution="trixie"><source path="https://h/debian"><signing key="file:///k"/></source></repository>
  <repository profiles="Disk"><source path="https://other/"/></repository>
</image>`;
const needs = (profiles: string[], type?: string) =>
  buildNeeds("config.xml", (path) => (path === "config.xml" ? XML : undefined), {
    profiles,
    type,
    architecture: "x86_64",
  });

test("what is active counts", () => {
  expect(needs([])).toEqual({
    ...{ type: "tbz", firmware: "bios", lvm: false, luks: false, filesystem: null, packageManager: "apt" },
    repositories: [{ source: "https://h/debian", type: "apt-deb", distribution: "trixie", keys: ["file:///k"] }],
  });
  expect(needs(["Disk"], "oem")).toMatchObject({ firmware: "efi", lvm: true, luks: true, filesystem: "xfs" });
  expect(needs(["Disk"])?.repositories).toHaveLength(2);
});

test("a type that is not there is none", () => expect(needs([], "oem")).toBeNull());

test("YAML names its package manager as plain text", () => {
  const yaml = 'image:\n  preferences:\n    packagemanager: dnf5\n    type: {"@image": iso}\n';
  expect(buildNeeds("config.yaml", () => yaml, { profiles: [], architecture: "x86_64" })).toMatchObject({
    type: "iso",
    packageManager: "dnf5",
  });
});
