import { expect, test } from "vitest";
import { type PackageFamily, parseOsRelease } from "./distribution.ts";
import { installCommand, packageOf, preferred, RUNNER_TOOLS } from "./host-packages.ts";
import { IMAGE_TYPES } from "./image-types.ts";

test.for<[string, string, PackageFamily | null]>([
  ['PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\n', "Debian GNU/Linux 12 (bookworm)", "apt"],
  ['NAME="Ubuntu"\nID=ubuntu\nID_LIKE=debian\n', "Ubuntu", "apt"],
  ['PRETTY_NAME="Linux Mint 22"\nID=linuxmint\nID_LIKE="ubuntu debian"\n', "Linux Mint 22", "apt"],
  ['NAME="Fedora Linux"\nID=fedora\n', "Fedora Linux", "dnf"],
  ['NAME="AlmaLinux"\nID="almalinux"\nID_LIKE="rhel centos fedora"\n', "AlmaLinux", "dnf"],
  ['NAME="openSUSE Tumbleweed"\nID="opensuse-tumbleweed"\nID_LIKE="opensuse suse"\n', "openSUSE Tumbleweed", "zypper"],
  ['NAME="SLES"\nID="sles"\nID_LIKE="suse"\n', "SLES", "zypper"],
  ["ID=arch\n", "arch", null],
  ["", "Linux", null],
])("reads the distribution of %j", ([text, name, family]) => {
  expect(parseOsRelease(text)).toEqual({ name, family });
});

test.for(["apt", "dnf", "zypper"] as const)("for %s every program that image types need has a package", (family) => {
  const distribution = { name: "", family };
  const tools = IMAGE_TYPES.flatMap((needs) => needs.tools.map((tool) => preferred(tool, distribution)));
  for (const tool of [...RUNNER_TOOLS, ...tools]) expect(packageOf(tool, family), tool).not.toBeNull();
});

test("of programs that can stand in for each other, the one that the distribution has is named", () => {
  expect(preferred(["umoci", "buildah"], { name: "", family: "apt" })).toBe("umoci");
  expect(preferred(["umoci", "buildah"], { name: "", family: "dnf" })).toBe("buildah");
});

test("the command installs without questions, and there is none for nothing", () => {
  expect(installCommand("apt", ["xz-utils"]).join(" ")).toBe("apt-get install --yes --no-install-recommends xz-utils");
  expect(installCommand("apt", [])).toEqual([]);
  expect(installCommand(null, ["xz"])).toEqual([]);
});
