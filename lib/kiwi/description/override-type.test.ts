import { expect, test } from "vitest";
import { overrideType } from "./override-type.ts";

const choice = { profiles: [] as string[], architecture: "x86_64" };

function override(
  files: Record<string, string>,
  attributes: Record<string, string>,
  chosen: { profiles?: string[]; type?: string } = {},
) {
  const main = Object.keys(files)[0] ?? "";
  return overrideType(main, (path) => files[path], { ...choice, ...chosen }, attributes);
}

const XML = `<image>
  <profiles><profile name="Disk" description="d"/></profiles>
  <!-- kept as it is -->
  <preferences profiles="Disk"><type image="oem" format='qcow2'/></preferences>
  <preferences><type   image="iso"/><type image="oem" primary="true"
    filesystem="ext4" /></preferences>
</image>
`;

test("changes nothing but the attribute, in the type that KIWI builds", () => {
  expect(override({ "config.xml": XML }, { filesystem: "xfs" })).toEqual(
    new Map([["config.xml", XML.replace('"ext4"', '"xfs"')]]),
  );
  expect(override({ "config.xml": XML }, { format: "vmdk" }, { profiles: ["Disk"], type: "oem" })).toEqual(
    new Map([["config.xml", XML.replace("'qcow2'", "'vmdk'")]]),
  );
});

test("adds what is not there, in the given order", () => {
  expect(override({ "config.xml": XML }, { volid: "A", flags: "overlay" }, { type: "iso" })).toEqual(
    new Map([["config.xml", XML.replace('image="iso"', 'image="iso" volid="A" flags="overlay"')]]),
  );
});

test("no value can leave its attribute", () => {
  const value = `a"b'c<d>&e`;
  const changed = override({ "config.xml": XML }, { kernelcmdline: value }, { type: "iso" })?.get("config.xml");
  expect(changed).toContain('kernelcmdline="a&quot;b&#39;c&lt;d&gt;&amp;e"/>');
});

test("finds a type in an included file", () => {
  const files = {
    "config.xml": '<image><include from="this://parts/types.xml"/></image>',
    "parts/types.xml": '<image><preferences><type image="tbz"/></preferences></image>',
  };
  expect([...(override(files, { compressed: "true" })?.keys() ?? [])]).toEqual(["parts/types.xml"]);
});

test("says where there is no such type", () => {
  expect(override({ "config.xml": XML }, { a: "b" }, { type: "docker" })).toBeNull();
});

test("in TOML, changes what is written already", () => {
  const toml = '[image.preferences.type]\n"@image" = "oem"\n"@filesystem" = "ext4"\n';
  expect(override({ "config.toml": toml }, { filesystem: "xfs" })?.get("config.toml")).toBe(
    toml.replace("ext4", "xfs"),
  );
  expect(() => override({ "config.toml": toml }, { format: "qcow2" })).toThrow("config.toml");
});

test("knows YAML", () => {
  const yaml = `image:
  "@name": x # a name
  preferences:
    - type:
        - {"@image": tbz}
        - "@image": oem
          "@filesystem": ext4
`;
  expect(override({ "config.yaml": yaml }, { filesystem: "yes" }, { type: "oem" })?.get("config.yaml")).toBe(
    yaml.replace("ext4", '"yes"').replace('{"@image": tbz}', '{ "@image": tbz }'),
  );
});
