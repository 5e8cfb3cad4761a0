import { expect, test } from "vitest";
import type { RuntimeStatus } from "../contracts/runtime.ts";
import { chooseRuntime } from "./runtime.ts";

const all: RuntimeStatus[] = [
  { name: "host", obstacle: null },
  { name: "namespaces", obstacle: null },
  { name: "user-namespace", obstacle: null },
  { name: "box", obstacle: "This host has no KVM." },
];
const tarball = { type: "tbz", packageManager: "apt", kiwiVersion: "11.1.6" };

test("a build has no root of the host wherever it can do without", () => {
  expect(chooseRuntime(undefined, tarball, all)).toEqual({ runtime: "user-namespace" });
  expect(chooseRuntime(undefined, { ...tarball, type: "docker" }, all)).toEqual({ runtime: "user-namespace" });
});

test("what a user namespace cannot make, or was not seen to make, is made in namespaces", () => {
  for (const change of [{ type: "oem" }, { packageManager: "zypper" }, { kiwiVersion: "10.3.0" }, { type: "" }])
    expect(chooseRuntime(undefined, { ...tarball, ...change }, all)).toEqual({ runtime: "namespaces" });
  const without = all.map((one) => ({ ...one, obstacle: "No." }));
  expect(chooseRuntime(undefined, tarball, without)).toEqual({ runtime: "namespaces" });
});

test("a wish is followed or refused with the reason, never replaced", () => {
  expect(chooseRuntime("host", tarball, all)).toEqual({ runtime: "host" });
  expect(chooseRuntime("user-namespace", { ...tarball, packageManager: "dnf" }, all)).toEqual({
    runtime: "user-namespace",
  });
  expect(chooseRuntime("box", tarball, all)).toEqual({ problem: "This host has no KVM." });
  expect(chooseRuntime("user-namespace", { ...tarball, type: "iso" }, all)).toHaveProperty("problem");
  expect(chooseRuntime("user-namespace", { ...tarball, kiwiVersion: "9.24.56" }, all)).toHaveProperty("problem");
  expect(chooseRuntime("namespaces", tarball, [])).toHaveProperty("problem");
});
