import { parseArgs } from "node:util";
import type { DoctorReport } from "#lib/contracts/builder.ts";
import { runDoctor } from "#server/kiwi/index.ts";
import { loadConfig } from "#server/platform/config.ts";
import { print } from "./output.ts";

/** `doctor`: what this host can build. Exit status 1 where there is no usable KIWI. */
export async function runDoctorCommand(parameters: string[]): Promise<number> {
  const { values } = parseArgs({ args: parameters, options: { json: { type: "boolean", default: false } } });
  const report = await runDoctor(loadConfig());
  print(values.json ? JSON.stringify(report, null, 2) : describeReport(report));
  return report.kiwi === null ? 1 : 0;
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
