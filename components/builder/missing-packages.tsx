import { Alert } from "@mantine/core";
import { IconPackages } from "@tabler/icons-react";
import type { DoctorReport } from "#lib/contracts/builder.ts";
import { CopyIcon } from "../ui/copy-button.tsx";
import { formatCommand, formatCount } from "../ui/format.ts";
import classes from "./builder.module.css";

/** What to install so that every type becomes ready; nothing where nothing is missing. */
export function MissingPackages({ report }: { report: DoctorReport }) {
  if (report.installCommand.length === 0) return null;
  const command = formatCommand(report.installCommand);
  return (
    <Alert
      color="yellow"
      variant="outline"
      icon={<IconPackages />}
      title={`${formatCount(report.missingPackages.length, "package")} would make more image types ready`}
    >
      Run this on {report.host.name} as root:
      <span className={classes.command}>
        <code>{command}</code>
        <CopyIcon value={command} what="install command" />
      </span>
    </Alert>
  );
}
