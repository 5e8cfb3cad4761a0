import { Alert, List, Text } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import type { BuildRequest } from "#lib/contracts/build.ts";
import { useTRPC } from "../../trpc.tsx";
import { CopyIcon } from "../../ui/copy-button.tsx";
import { formatCommand } from "../../ui/format.ts";

/** What the build that is chosen will find on the builder: quiet where all is well. */
export function PreflightPanel({ choice }: { choice: Pick<BuildRequest, "description" | "profiles" | "type"> }) {
  const trpc = useTRPC();
  const {
    data: report,
    isPending,
    isError,
  } = useQuery(trpc.builder.preflight.queryOptions(choice, { staleTime: 60_000, retry: false }));
  if (isError || report === null) return null;
  if (isPending)
    return (
      <Text size="sm" c="dimmed" role="status">
        Looking at the builder…
      </Text>
    );
  const notable = report.checks.filter(({ state }) => state === "missing" || state === "doubtful");
  if (notable.length === 0)
    return (
      <Text size="sm" c="dimmed" role="status">
        <IconCircleCheck size={14} aria-hidden style={{ verticalAlign: "-2px" }} /> The builder has what this build
        needs.
      </Text>
    );
  const command = formatCommand(report.installCommand);
  return (
    <Alert
      color={report.ready ? "yellow" : "red"}
      variant="outline"
      icon={<IconAlertTriangle />}
      title={report.ready ? "The build may fail on this builder" : "The build will fail on this builder"}
      role="status"
    >
      <List size="sm">
        {notable.map(({ name, message }) => (
          <List.Item key={message}>{`${name}: ${message}`}</List.Item>
        ))}
      </List>
      {command !== "" && (
        <Text size="sm" mt="xs">
          Install as root: <code>{command}</code> <CopyIcon value={command} what="install command" />
        </Text>
      )}
    </Alert>
  );
}
