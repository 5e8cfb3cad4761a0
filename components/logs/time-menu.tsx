"use client";

import { ActionIcon, Menu, Tooltip } from "@mantine/core";
import { IconCheck, IconClock } from "@tabler/icons-react";
import type { LogSettings } from "./log-settings.ts";

const modes: readonly [LogSettings["time"], string][] = [
  ["clock", "Clock"],
  ["start", "Since the start"],
  ["last", "Since the last record"],
];

/** What stands beside each line. */
export function TimeMenu({ mode, onMode }: { mode: LogSettings["time"]; onMode: (mode: LogSettings["time"]) => void }) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Tooltip label="Times">
          <ActionIcon variant="subtle" color="gray" size={28} aria-label="Times">
            <IconClock size={16} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        {modes.map(([value, label]) => (
          <Menu.Item
            key={value}
            role="menuitemradio"
            aria-checked={mode === value}
            rightSection={mode === value && <IconCheck size={14} aria-hidden />}
            onClick={() => onMode(value)}
          >
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
