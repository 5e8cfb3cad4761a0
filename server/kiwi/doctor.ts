import { hostname, release } from "node:os";
import type { DoctorReport, KiwiInstallation, ToolStatus, TypeReadiness } from "#lib/contracts/builder.ts";
import type { Config } from "#server/platform/config.ts";
import { readDistribution } from "./distribution.ts";
import {
  cgroupLayout,
  freeDiskBytes,
  hasDeviceMapper,
  hasKvm,
  hasLoopDevices,
  hostArchitecture,
  kernelFilesystems,
} from "./host-facts.ts";
import { installCommand, packageOf, preferred, RUNNER_TOOLS } from "./host-packages.ts";
import { IMAGE_TYPES, PACKAGE_MANAGERS, type TypeNeeds } from "./image-types.ts";
import { findKiwi } from "./installation.ts";
import { findProgram } from "./programs.ts";
import { parseVersion } from "./version.ts";

/**
 * Examines this host: KIWI, the programs and the kernel that image types need, and how to get what is missing. Whoever
 * knows the KIWI already spares its examination.
 */
export async function runDoctor(config: Config, known?: KiwiInstallation | null): Promise<DoctorReport> {
  const distribution = await readDistribution();
  const found = known ?? (await findKiwi(config));
  const kiwi = "problem" in found ? null : found;
  const paths = await findTools();
  const has = (tool: string) => paths.get(tool) !== null;
  const loop = await hasLoopDevices();
  const mapper = await hasDeviceMapper();
  const mountable = await kernelFilesystems(release());

  const readiness = (needs: TypeNeeds): TypeReadiness => {
    const missing = [...RUNNER_TOOLS, ...needs.tools].filter((tool) =>
      typeof tool === "string" ? !has(tool) : !tool.some(has),
    );
    const obstacles = [
      ...(needs.loop && !loop ? ["This host has no loop devices."] : []),
      ...(needs.mapper && !mapper ? ["The kernel of this host has no device mapper."] : []),
      ...(needs.filesystems ?? [])
        .filter((name) => !mountable(name))
        .map((name) => `The kernel of this host cannot mount ${name}.`),
      ...(kiwi && needs.kiwiMajor && (parseVersion(kiwi.version)?.[0] ?? 0) < needs.kiwiMajor
        ? [`KIWI ${needs.kiwiMajor} or newer is needed.`]
        : []),
    ];
    const missingTools = missing.map((tool) => preferred(tool, distribution));
    return { type: needs.type, ready: missingTools.length === 0 && obstacles.length === 0, missingTools, obstacles };
  };

  const types = IMAGE_TYPES.map(readiness);
  // No package helps a type that the kernel of this host cannot make.
  const missingTools = new Set(types.flatMap((type) => (type.obstacles.length === 0 ? type.missingTools : [])));
  const missingPackages = [
    ...new Set([...missingTools].flatMap((tool) => packageOf(tool, distribution.family) ?? [])),
  ].sort();
  const tools: ToolStatus[] = [...paths].map(([name, path]) => ({
    name,
    path,
    package: packageOf(name, distribution.family),
  }));
  return {
    kiwi,
    kiwiProblem: "problem" in found ? found.problem : null,
    host: {
      name: hostname(),
      distribution: distribution.name,
      architecture: hostArchitecture(),
      kernel: release(),
      root: process.getuid?.() === 0,
      cgroup: await cgroupLayout(),
      kvm: await hasKvm(),
      loopDevices: loop,
      freeDiskBytes: await freeDiskBytes(config.paths.builds),
    },
    tools,
    types,
    missingPackages,
    installCommand: installCommand(distribution.family, missingPackages),
  };
}

async function findTools(): Promise<Map<string, string | null>> {
  const names = [
    ...RUNNER_TOOLS,
    ...IMAGE_TYPES.flatMap((needs) => needs.tools.flat()),
    ...PACKAGE_MANAGERS,
    "debootstrap",
  ];
  const unique = [...new Set(names)].sort();
  const found = await Promise.all(unique.map((name) => findProgram(name)));
  return new Map(unique.map((name, index) => [name, found[index] ?? null]));
}
