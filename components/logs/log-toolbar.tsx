"use client";

import { ActionIcon, Button, Group, Tooltip } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { IconCheck, IconCopy, IconDownload, IconSearch, IconTextWrap } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { LogCompleteness } from "./log-completeness.tsx";
import type { LogStore } from "./log-store.ts";
import classes from "./log-viewer.module.css";

export interface LogToolbarProps {
  store: LogStore;
  version: number;
  connection: string;
  activity: ReactNode;
  downloadHref: string;
  wrap: boolean;
  onWrap: (wrap: boolean) => void;
  onFind: () => void;
  find: ReactNode;
}

export function LogToolbar(props: LogToolbarProps) {
  const { store, version, connection, activity, downloadHref, wrap, onWrap, onFind, find } = props;
  const clipboard = useClipboard({ timeout: 2000 });
  return (
    <div className={classes.toolbar}>
      <LogCompleteness store={store} version={version} connection={connection} />
      {activity}
      <Group gap={4} wrap="nowrap" ml="auto">
        {find || (
          <Tooltip label="Find (Ctrl+F)">
            <ActionIcon variant="subtle" color="gray" size={28} aria-label="Find in the log" onClick={onFind}>
              <IconSearch size={16} />
            </ActionIcon>
          </Tooltip>
        )}
        <Tooltip label="Wrap long lines">
          <ActionIcon
            variant={wrap ? "light" : "subtle"}
            color="gray"
            size={28}
            aria-label="Wrap long lines"
            aria-pressed={wrap}
            onClick={() => onWrap(!wrap)}
          >
            <IconTextWrap size={16} />
          </ActionIcon>
        </Tooltip>
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          c="inherit"
          aria-label="Copy log"
          data-testid="copy-log"
          disabled={store.offset === 0}
          leftSection={clipboard.copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
          onClick={() => clipboard.copy(store.text())}
        >
          {clipboard.copied ? "Copied" : "Copy"}
        </Button>
        {store.offset > 0 && (
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            c="inherit"
            component="a"
            href={downloadHref}
            download
            aria-label="Download log"
            leftSection={<IconDownload size={16} />}
          >
            Download
          </Button>
        )}
      </Group>
    </div>
  );
}
