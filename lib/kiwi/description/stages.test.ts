import { expect, test } from "vitest";
import { type Stages, stagesOf } from "./stages.ts";

const choice = { profiles: [], architecture: "x86_64" };

const xml = `<image schemaversion="7.5" name="x">
  <description type="system"><author>A</author></description>
  <include from="more.xml"/>
  <profiles><profile name="Lab" description="of the lab"/></profiles>
  <preferences><version>1.0.0</version><packagemanager>apt</packagemanager><locale>de_DE</locale><type image="tbz"/></preferences>
  <users><user name="root" password="x"/></users>
  <packages type="bootstrap"><package name="apt"/></packages>
  <packages type="delete"><package name="gone"/></packages>
</image>`;
const more = `<image><packages type="image"><package name="vim"/></packages><users><user name="you"/></users></image>`;

function stages(files: Record<string, string>): Stages {
  const found = stagesOf("config.xml", (path) => files[path], choice);
  if ("obstacle" in found) throw new Error(found.obstacle);
  return found;
}

test("packages and the rest are two descriptions, in fragments as well", () => {
  const { packages, configuration, later } = stages({ "config.xml": xml, "more.xml": more });
  expect(packages.get("config.xml")).toContain('<package name="apt"/>');
  expect(packages.get("config.xml")).not.toMatch(/users|gone|locale/);
  expect(packages.get("more.xml")).toBe(`<image><packages type="image"><package name="vim"/></packages></image>`);
  expect(configuration.get("config.xml")).toMatch(/<users>.*gone/s);
  expect(configuration.get("config.xml")).not.toContain('apt"/>');
  expect(configuration.get("more.xml")).toBe(`<image><users><user name="you"/></users></image>`);
  expect(later).toEqual(expect.arrayContaining(["root", "config.sh", "Lab"]));
});

test.each([
  ["another type", "tbz", "ext4", true],
  ["a higher version", "1.0.0", "1.0.1", true],
  ["another user", 'name="root"', 'name="toor"', true],
  ["another locale", "de_DE", "fr_FR", true],
  ["a package that goes", "gone", "left", true],
  ["another package", 'name="apt"', 'name="apt-utils"', false],
  ["another profile", "Lab", "Laboratory", false],
])("%s decides over the packages, or not", (_, before, after, same) => {
  const now = stages({ "config.xml": xml.replace(before, after), "more.xml": more });
  const was = stages({ "config.xml": xml, "more.xml": more });
  expect(JSON.stringify([...now.deciding]) === JSON.stringify([...was.deciding])).toBe(same);
});

test("packages of one type only let the type decide", () => {
  expect(stages({ "config.xml": xml, "more.xml": more }).typeDecides).toBe(false);
  const one = more.replace('type="image"', 'type="tbz"');
  expect(stages({ "config.xml": xml, "more.xml": one }).typeDecides).toBe(true);
});

test("YAML is cut likewise", () => {
  const yaml = `image:
  preferences: {packagemanager: apt, locale: de_DE, type: {"@image": tbz}}
  users: {user: {"@name": root}}
  packages:
    - {"@type": bootstrap, package: {"@name": apt}}
    - {"@type": delete, package: {"@name": gone}}
`;
  const found = stagesOf("config.yaml", (path) => (path === "config.yaml" ? yaml : undefined), choice) as Stages;
  expect(found.packages.get("config.yaml")).toContain('"@name": apt');
  expect(found.packages.get("config.yaml")).not.toMatch(/users|gone|locale/);
  expect(found.configuration.get("config.yaml")).toMatch(/users.*gone/s);
  expect(found.configuration.get("config.yaml")).not.toContain("bootstrap");
});

test.each([
  [xml.replace(">apt<", ">dnf5<"), "apt only"],
  [xml.replace('image="tbz"', 'image="oci" derived_from="obs://x"'), "derived_from"],
  [xml.replace('type="bootstrap"', 'type="image"'), "no packages for the bootstrap"],
  [xml.replace('<package name="apt"/>', '<package name="apt"/><file name="x"/>'), "Files"],
])("what cannot be cut is told", (text, words) => {
  expect(stagesOf("config.xml", (path) => ({ "config.xml": text })[path], choice)).toMatchObject({
    obstacle: expect.stringContaining(words),
  });
});
