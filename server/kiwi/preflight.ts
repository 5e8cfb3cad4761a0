import type { DoctorReport, KiwiInstallation } from "#lib/contracts/builder.ts";
import type { BuildNeeds, PreflightCheck, PreflightReport } from "#lib/contracts/preflight.ts";
import { needsLoopDevice } from "#lib/kiwi/loop-devices.ts";
import type { Config } from "#server/platform/config.ts";
import { readDistribution } from "./distribution.ts";
import { runDoctor } from "./doctor.ts";
import { installCommand, packageOf } from "./host-packages.ts";
import { loopState } from "./loop-state.ts";
import { findProgram } from "./programs.ts";
import { checkRepositories } from "./repository-check.ts";
import { parseVersion } from "./version.ts";

/** Bytes below which no build begins, and below which most images do not fit. */
const [LEAST, USUAL] = [1024 ** 3, 10 * 1024 ** 3];

/** Looks at everything on this host that a build will need, in a few seconds, before it is begun. */
export async function runPreflight(
  config: Config,
  needs: BuildNeeds,
  known?: KiwiInstallation | null,
): Promise<PreflightReport> {
  const [report, distribution, repositories, loops] = await Promise.all([
    runDoctor(config, known),
    readDistribution(),
    checkRepositories(needs.repositories, config.proxy),
    loopState(),
  ]);
  const tools = await missingTools(report, needs);
  const rows = typeRows(report, needs);
  const packages = [...new Set(tools.flatMap((tool) => packageOf(tool, distribution.family) ?? []))].sort();
  const checks: PreflightCheck[] = [
    report.kiwi
      ? fine("KIWI", `KIWI ${report.kiwi.version}`)
      : missing("KIWI", report.kiwiProblem ?? "There is no KIWI."),
    report.host.root
      ? fine("Rights", "The builder runs as root.")
      : missing("Rights", "The builder has to run as root."),
    rows.length === 0
      ? missing("Image type", `KIWI Workbench knows no host that can make images of the type "${needs.type}".`)
      : fine("Image type", `Known: ${rows.map(({ type }) => type).join(", ")}.`),
    ...rows.flatMap(({ obstacles }) => obstacles).map((obstacle) => missing("Kernel", obstacle)),
    tools.length === 0
      ? fine("Tools", "Every program that this type needs is there.")
      : missing("Tools", `Missing: ${tools.map((tool) => withPackage(tool, distribution)).join(", ")}.`),
    ...loopChecks(needs, loops),
    report.host.kvm
      ? fine("KVM", "There is KVM.")
      : { name: "KVM", state: "unknown", message: "There is no KVM; only builds in a box would need it." },
    diskCheck(report.host.freeDiskBytes),
    ...repositories,
  ];
  const unique = checks.filter(({ message }, index) => checks.findIndex((one) => one.message === message) === index);
  return {
    type: needs.type,
    ready: unique.every(({ state }) => state !== "missing"),
    checks: unique,
    installCommand: installCommand(distribution.family, packages),
  };
}

const fine = (name: string, message: string): PreflightCheck => ({ name, state: "fine", message });
const missing = (name: string, message: string): PreflightCheck => ({ name, state: "missing", message });
const doubtful = (name: string, message: string): PreflightCheck => ({ name, state: "doubtful", message });

/** The rows of the doctor's table that a build has to satisfy, all of them. */
function typeRows({ types }: DoctorReport, { type, firmware, lvm, luks }: BuildNeeds): DoctorReport["types"] {
  const names =
    type === "oem" ? [`oem (${firmware})`, ...(lvm ? ["oem (lvm)"] : []), ...(luks ? ["oem (luks)"] : [])] : [type];
  return types.filter((row) => names.includes(row.type));
}

async function missingTools(report: DoctorReport, needs: BuildNeeds): Promise<string[]> {
  const tools = new Set(typeRows(report, needs).flatMap((row) => row.missingTools));
  for (const tool of await managerTools(needs.packageManager, report.kiwi?.version ?? ""))
    if ((await findProgram(tool)) === null) tools.add(tool);
  const own = needs.filesystem === null ? null : `mkfs.${needs.filesystem}`;
  if (needs.type === "oem" && own !== null && (await findProgram(own)) === null) tools.add(own);
  return [...tools];
}

/** The programs that make the root tree. KIWI 9 begins a Debian with debootstrap. */
async function managerTools(manager: string | null, kiwiVersion: string): Promise<string[]> {
  const names: Record<string, string[]> = { apt: ["apt-get"], dnf4: ["dnf"], dnf5: ["dnf5"], microdnf: ["microdnf"] };
  const old = manager === "apt" && (parseVersion(kiwiVersion)?.[0] ?? 0) < 10 ? ["debootstrap"] : [];
  return manager === null ? [] : [...(names[manager] ?? [manager]), ...old];
}

function withPackage(tool: string, { family }: Awaited<ReturnType<typeof readDistribution>>): string {
  const name = packageOf(tool, family);
  return name === null ? tool : `${tool} (package ${name})`;
}

function loopChecks({ type }: BuildNeeds, { free, stale }: { free: number; stale: string[] }): PreflightCheck[] {
  if (!needsLoopDevice(type)) return [];
  return [
    free > 0 ? fine("Loop devices", "Loop devices are free.") : doubtful("Loop devices", "No loop device is free now."),
    ...(stale.length === 0
      ? []
      : [
          doubtful(
            "Loop devices",
            `${stale.join(", ")} keep partitions of an earlier build; they are freed after each build.`,
          ),
        ]),
  ];
}

function diskCheck(free: number): PreflightCheck {
  const words = `${(free / 1024 ** 3).toFixed(1)} GiB are free for builds`;
  if (free < LEAST) return missing("Disk", `${words}; no build begins below 1 GiB.`);
  return free < USUAL ? doubtful("Disk", `${words}; larger images may not fit.`) : fine("Disk", `${words}.`);
}
