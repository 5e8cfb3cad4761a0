import { parseArgs } from "node:util";
import type { DoctorReport } from "#lib/contracts/builder.ts";
import type { BuildNeeds, PreflightReport } from "#lib/contracts/preflight.ts";
import { hostArchitecture, runDoctor, runPreflight } from "#server/kiwi/index.ts";
import { type Config, loadConfig } from "#server/platform/config.ts";
import { buildNeedsOf } from "#server/web/build-needs-of.ts";
import { locateDescription } from "./description-place.ts";
import { Failure, UsageError } from "./failure.ts";
import { print } from "./output.ts";

/**
 * `doctor`: what this host can build; exit status 1 where there is no usable KIWI. With `--type`, and maybe a folder:
 * what a build of that type will find here; exit status 1 where something is missing.
 */
export async function runDoctorCommand(parameters: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: parameters,
    options: {
      json: { type: "boolean", default: false },
      type: { type: "string" },
      profile: { type: "string", multiple: true, default: [] },
    },
    allowPositionals: true,
  });
  if (values.type !== undefined || positionals.length > 0) {
    if (positionals.length > 1) throw new UsageError("doctor looks at one folder at a time.");
    const config = loadConfig();
    const found = await runPreflight(config, await needsOf(config, positionals[0], values.type, values.profile));
    print(values.json ? JSON.stringify(found, null, 2) : describePreflight(found));
    return found.ready ? 0 : 1;
  }
  const report = await runDoctor(loadConfig());
  print(values.json ? JSON.stringify(report, null, 2) : describeReport(report));
  return report.kiwi === null ? 1 : 0;
}

async function needsOf(
  config: Config,
  folder: string | undefined,
  type: string | undefined,
  profiles: readonly string[],
): Promise<BuildNeeds> {
  if (folder === undefined)
    return {
      ...{ type: type ?? "", firmware: "bios", lvm: false, luks: false, filesystem: null },
      ...{ packageManager: null, repositories: [] },
    };
  const place = await locateDescription(config.workspaceDir, folder);
  const choice = { profiles, type, architecture: hostArchitecture() };
  const needs = await buildNeedsOf(place.workspace, place.id, choice);
  if (needs === null) throw new Failure(`${folder} has no ${type ?? "image"} type that these profiles build.`);
  return needs;
}

function describePreflight({ type, ready, checks, installCommand }: PreflightReport): string {
  const marks = { fine: "yes", doubtful: "?  ", missing: "no ", unknown: "-  " };
  return [
    ready ? `This host can build ${type}.` : `This host cannot build ${type}.`,
    ...checks.map(({ name, state, message }) => `  ${marks[state]}  ${name}: ${message}`),
    ...(installCommand.length === 0 ? [] : ["", `To install what is missing: ${installCommand.join(" ")}`]),
  ].join("\n");
}

/** The report as text for people. */
export function describeReport({
  kiwi,
  kiwiProblem,
  host,
  types,
  tools,
  missingPackages,
  installCommand,
}: DoctorReport) {
  const missingTools = tools.filter((tool) => tool.path === null);
  return [
    kiwi ? `KIWI ${kiwi.version}  ${kiwi.command}` : `No usable KIWI: ${kiwiProblem}`,
    ...(kiwi ? [`Schema ${kiwi.schemaVersion}  ${kiwi.schemaPath}`] : []),
    `Host ${host.name}: ${host.distribution}, ${host.architecture}, Linux ${host.kernel}`,
    `Free disk space: ${Math.floor(host.freeDiskBytes / 1024 ** 3)} GiB`,
    ...(host.root ? [] : ["This user is not root; the builder has to be."]),
    "",
    "Image types",
    ...types.map(({ type, ready, missingTools, obstacles }) => {
      const reasons = [...missingTools.map((tool) => `${tool} is missing`), ...obstacles];
      return `  ${ready ? "yes" : "no "}  ${type}${ready ? "" : `: ${reasons.join("; ")}`}`;
    }),
    ...(missingTools.length === 0 ? [] : ["", "Missing tools"]),
    ...missingTools.map(({ name, package: from }) => `  ${name}${from === null ? "" : ` (package ${from})`}`),
    ...(missingPackages.length === 0 ? [] : ["", `To install what is missing: ${installCommand.join(" ")}`]),
  ].join("\n");
}
