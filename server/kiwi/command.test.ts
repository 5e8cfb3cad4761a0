import { expect, test } from "vitest";
import { parse } from "yaml";
import { buildCommand } from "./command.ts";
import { BUILD_PATH } from "./programs.ts";

const ORDER = { attemptDir: "/data/builds/x/0", imageFile: "config.xml", format: "xml" as const, profiles: [] };
const kiwi = (version: string) => ({ command: "/usr/bin/kiwi-ng", version });

test("global options come before the command, its own after it", () => {
  const order = { ...ORDER, imageFile: "Fedora.kiwi", profiles: ["KDE", "Live"], type: "iso", architecture: "x86_64" };
  const { command, createCommand } = buildCommand(kiwi("11.1.6"), order);
  expect(command.join(" ")).toBe(
    "/usr/bin/kiwi-ng --debug --temp-dir /data/builds/x/0/tmp --kiwi-file Fedora.kiwi --type iso " +
      "--profile KDE --profile Live --target-arch x86_64 system prepare " +
      "--description /data/builds/x/0/description --root /data/builds/x/0/target/build/image-root",
  );
  expect(createCommand.join(" ")).toBe(
    "/usr/bin/kiwi-ng --debug --temp-dir /data/builds/x/0/tmp --type iso --profile KDE --profile Live " +
      "--target-arch x86_64 system create " +
      "--root /data/builds/x/0/target/build/image-root --target-dir /data/builds/x/0/target",
  );
});

test("what is not asked for is left to KIWI", () => {
  const { command, runtimeConfig } = buildCommand(kiwi("9.24.56"), ORDER);
  for (const option of ["--type", "--profile", "--target-arch", "--config"]) expect(command).not.toContain(option);
  expect(runtimeConfig).toBeNull();
});

test("the environment is fixed but for the proxy", () => {
  expect(buildCommand(kiwi("11.1.6"), { ...ORDER, proxy: { http_proxy: "http://proxy:3128" } }).environment).toEqual({
    PATH: BUILD_PATH,
    HOME: "/root",
    LANG: "C.UTF-8",
    http_proxy: "http://proxy:3128",
  });
});

test("only a description in YAML is built with the module that reads it", () => {
  const own = { ...kiwi("11.1.6"), markupFolder: "/data/kiwi/11.1.6/kiwi-markup" };
  const yaml = { ...ORDER, imageFile: "config.yaml", format: "yaml" as const };
  expect(buildCommand(own, yaml).environment["PYTHONPATH"]).toBe(own.markupFolder);
  expect(buildCommand(own, ORDER).environment).not.toHaveProperty("PYTHONPATH");
  expect(buildCommand(kiwi("11.1.6"), yaml).environment).not.toHaveProperty("PYTHONPATH");
});

test.for<[string, unknown]>([
  ["11.1.6", { xz: { options: "-0" }, oci: { archive_tool: "buildah" } }],
  ["10.3.9", { xz: [{ options: "-0" }], oci: [{ archive_tool: "buildah" }] }],
  ["9.24.56", { xz: [{ options: "-0" }], oci: [{ archive_tool: "buildah" }] }],
])("KIWI %s gets its settings in the shape that it reads", ([version, expected]) => {
  const order = { ...ORDER, settings: { xzOptions: "-0", containerTool: "buildah" as const } };
  const { command, runtimeConfig } = buildCommand(kiwi(version), order);
  expect(parse(runtimeConfig ?? "")).toEqual(expected);
  expect(command.join(" ")).toContain("--config /data/builds/x/0/kiwi.yml");
});
