import { expect, test } from "vitest";
import { KiwiLog } from "./log.ts";
import { PackageCounter } from "./package-counter.ts";

function count(...messages: string[]) {
  const counter = new PackageCounter();
  for (const message of messages) counter.read(message);
  return counter.progress;
}

test("a package of apt is done when it is unpacked and set up", () => {
  const start = [
    "system: Building dependency tree...",
    "system: 1 upgraded, 3 newly installed, 0 to remove and 0 not upgraded.",
  ];
  expect(count("system: Reading package lists...")).toBeNull();
  expect(count(...start)).toEqual({ done: 0, total: 4 });
  expect(count(...start, "system: Unpacking libc6:amd64 (2.36) ...")).toEqual({ done: 0, total: 4 });
  expect(
    count(...start, "system: Unpacking libc6:amd64 (2.36) ...", "system: Setting up libc6:amd64 (2.36) ..."),
  ).toEqual({ done: 1, total: 4 });
});

test("the bootstrap packages of apt are counted by their scripts", () => {
  expect(
    count(
      "0 upgraded, 89 newly installed, 0 to remove and 0 not upgraded.",
      "Running pre/post scripts for: dash_1.deb",
    ),
  ).toEqual({ done: 1, total: 89 });
});

test.each([
  ["dnf 5", "bootstrap: [ 12/345] Installing glibc-0:2.41-1.fc42 100% |  52.3 MiB/s |   6.0 MiB |  00m00s"],
  ["dnf 4", "bootstrap:   Installing       : glibc-2.34-100.el9.x86_64                 12/345 "],
  ["zypper", "system: ( 12/345) Installing: glibc-2.38-150600.12.1.x86_64 [..done]"],
  ["pacman", "system: ( 12/345) installing glibc"],
])("%s tells both numbers", (_, message) => {
  expect(count(message)).toEqual({ done: 12, total: 345 });
});

test("downloads and other numbers are not installations", () => {
  expect(count("system: [ 12/345] glibc-0:2.41-1.fc42.x86_64 100% |  52.3 MiB/s", "system: Get:12 345 kB")).toBeNull();
});

test("a log counts in its current phase only", () => {
  const log = new KiwiLog();
  const info = (text: string) => log.append(`[ INFO    ]: 10:00:00 | ${text}\n`);
  info("Installing bootstrap packages");
  log.append(
    "[ DEBUG   ]: 10:00:01 | Reading package lists...\n0 upgraded, 2 newly installed, 0 to remove and 0 not upgraded.\n",
  );
  log.append("[ DEBUG   ]: 10:00:02 | Running pre/post scripts for: dash_0.5_amd64.deb\n");
  expect(log.packages).toEqual({ done: 1, total: 2 });
  info("Installing system (chroot) for build type: tbz");
  expect(log.packages).toBeNull();
  log.append("[ DEBUG   ]: 10:00:03 | system: 0 upgraded, 5 newly installed, 0 to remove and 0 not upgraded.\n");
  expect(log.packages).toEqual({ done: 0, total: 5 });
  info("Calling config.sh script");
  expect(log.packages).toBeNull();
});
