import { Alert, Code, Stack } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { BuilderStatus, DoctorReport } from "#lib/contracts/builder.ts";
import type { Format } from "#lib/contracts/description.ts";
import { formatNames } from "#lib/kiwi/formats/format.ts";
import { runtimeWords } from "../builds/runtime-words.ts";
import { formatBytes } from "../ui/format.ts";
import classes from "./builder.module.css";

/** What KIWI reads besides XML, in words. */
function readable(formats: readonly Format[]): string {
  if (formats.length === 0) return "cannot be read: the Python module anymarkup is missing";
  return `${formats.map((format) => formatNames[format]).join(", ")} can be read`;
}

const sentence = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);

export function BuilderFacts({ report, status }: { report: DoctorReport; status: BuilderStatus | undefined }) {
  const { kiwi, host } = report;
  const problem = report.kiwiProblem ?? status?.problem;
  const facts: [string, ReactNode][] = [
    ["KIWI", kiwi ? kiwi.version : "not found"],
    ["Program", kiwi && <Code>{kiwi.command}</Code>],
    ["Schema", kiwi && `${kiwi.schemaVersion} (${kiwi.schemaPath})`],
    ["Other formats", kiwi && readable(kiwi.formats)],
    [
      "XML",
      kiwi?.xmlThroughMarkup &&
        "is rewritten by the Python module anymarkup: comments are lost, and includes need this:// in front",
    ],
    ["Host", `${host.name}, ${host.distribution}, ${host.architecture}, Linux ${host.kernel}`],
    ["Rights", host.root ? "root" : "not root: KIWI cannot build"],
    ["Loop devices", host.loopDevices ? "available" : "missing: disk images cannot be built"],
    ["KVM", host.kvm ? "available" : "not available"],
    ["Control groups", host.cgroup],
    ["Free disk space", formatBytes(host.freeDiskBytes)],
    ["Builds at a time", status?.slots],
    ...(status?.runtimes ?? []).map(({ name, obstacle }): [string, ReactNode] => [
      sentence(runtimeWords[name]),
      obstacle ?? "available",
    ]),
  ];
  return (
    <Stack gap="sm">
      {problem && (
        <Alert color="red" variant="outline" icon={<IconAlertTriangle />} title="This host cannot build" role="alert">
          {problem}
        </Alert>
      )}
      <dl className={classes.facts}>
        {facts.map(([name, value]) =>
          value === null || value === undefined || value === false ? null : (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
        )}
      </dl>
    </Stack>
  );
}
