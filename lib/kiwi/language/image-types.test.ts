import { describe, expect, test } from "vitest";
import { imageTypesFor } from "./image-types.ts";
import { testKiwis } from "./testing/schema.test-support.ts";

const newest = testKiwis[0];
const old = testKiwis[1];

describe.skipIf(newest === undefined)("image types to which something applies, by the rules of the schema", () => {
  const of = (path: string[], attribute?: string) => {
    if (newest === undefined) throw new Error("this test must be skipped where no KIWI is installed");
    return imageTypesFor(newest.schema(), path, attribute);
  };

  test.each([
    ["installiso", ["oem"]],
    ["metadata_path", ["appx"]],
    ["luks", ["iso", "oem", "pxe", "kis"]],
    ["rootfs_label", ["docker", "oem", "pxe", "kis"]],
    // A rule demands another attribute beside it, whatever the type is; that is no limit.
    ["embed_verity_metadata", ["oem"]],
    ["derived_from", ["docker", "oci"]],
    ["primary", null],
    ["image", null],
    ["nothing", null],
  ])("%s", (attribute, types) => {
    expect(of(["type"], attribute)).toEqual(types);
  });

  test("elements inside the type, by the attributes that they need, and their attributes", () => {
    expect(of(["type", "bootloader"])).toEqual(["iso", "oem"]);
    expect(of(["type", "size"])).toBeNull();
    expect(of(["type", "containerconfig"])).toEqual(["docker", "oem", "oci", "appx"]);
    expect(of(["type", "containerconfig"], "tag")).toEqual(["docker", "oem", "oci"]);
  });
});

test.skipIf(old === undefined)("another schema has other answers", () => {
  const schema = old?.schema();
  expect(schema && imageTypesFor(schema, ["type", "containerconfig"], "tag")).toEqual(["docker", "oci"]);
});
