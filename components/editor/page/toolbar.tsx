import { ActionIcon, Button, Text, Title, Tooltip } from "@mantine/core";
import { IconDeviceFloppy, IconDownload } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTRPC } from "../../trpc.tsx";
import { exportHref } from "../../ui/links.ts";
import classes from "../editor.module.css";

interface ToolbarProps {
  description: string;
  main: string;
  canSave: boolean;
  saving: boolean;
  onSave(): void;
  children: ReactNode;
}

/** What is edited, and what can be done with it. */
export function Toolbar({ description, main, canSave, saving, onSave, children }: ToolbarProps) {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.descriptions.get.queryOptions({ id: description }));
  const facts = data?.facts;
  return (
    <div className={classes.bar}>
      <div className={classes.title}>
        <Title order={1} size="sm" lineClamp={1}>
          {facts ? [facts.displayName ?? facts.name, facts.version].filter(Boolean).join(" ") : main}
        </Title>
        <Text size="xs" c="dimmed" truncate>
          {description}
        </Text>
      </div>
      <Tooltip label="Download the description's folder, as it is saved (.tar.gz)">
        <ActionIcon
          component="a"
          href={exportHref(description)}
          download
          size="1.875rem"
          variant="default"
          aria-label="Download as an archive"
        >
          <IconDownload size={16} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconDeviceFloppy size={16} aria-hidden />}
        title="Ctrl+S"
        aria-keyshortcuts="Control+S"
        disabled={!canSave || saving}
        onClick={onSave}
      >
        Save
      </Button>
      {children}
    </div>
  );
}
