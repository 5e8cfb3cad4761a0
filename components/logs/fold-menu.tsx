"use client";

import { Button, Menu } from "@mantine/core";
import { IconFold } from "@tabler/icons-react";
import type { LogSummary, LogView } from "#lib/contracts/log.ts";
import { foldPhases, openAll } from "./log-folds.ts";

export interface FoldMenuProps {
  view: LogView;
  onView: (view: LogView) => void;
  summary: LogSummary;
}

/** Folds all of a kind at once; single phases and commands fold at their own line. */
export function FoldMenu({ view, onView, summary }: FoldMenuProps) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button size="compact-sm" variant="subtle" color="gray" c="inherit" leftSection={<IconFold size={16} />}>
          Fold
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => onView(foldPhases(view, summary.phases, summary.error))}>
          Phases that ended well
        </Menu.Item>
        <Menu.Item onClick={() => onView({ ...view, foldCommands: true, otherCommands: [] })}>
          The output of commands
        </Menu.Item>
        <Menu.Item onClick={() => onView(openAll(view))}>Nothing: open all</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
