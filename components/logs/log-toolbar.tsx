"use client";

import { ActionIcon, Button, Menu, Tooltip } from "@mantine/core";
import {
  IconCheck,
  IconCopy,
  IconDownload,
  IconKeyboard,
  IconMaximize,
  IconMinimize,
  IconSearch,
  IconTextWrap,
} from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import type { LogSummary, LogView } from "#lib/contracts/log.ts";
import { formatCount } from "../ui/format.ts";
import { logHref } from "../ui/links.ts";
import { copyLog } from "./copy-log.ts";
import { FilterMenu } from "./filter-menu.tsx";
import { FoldMenu } from "./fold-menu.tsx";
import type { LogSettings } from "./log-settings.ts";
import classes from "./log-viewer.module.css";
import { TimeMenu } from "./time-menu.tsx";

/** More than this is downloaded and not copied. */
const mostToCopy = 64 * 1024 * 1024;

export interface LogToolbarProps {
  build: string;
  attempt: number;
  summary: LogSummary;
  status: ReactNode;
  activity: ReactNode;
  view: LogView;
  onView: (view: LogView) => void;
  settings: LogSettings;
  onSettings: (change: Partial<LogSettings>) => void;
  selected: readonly [number, number] | null;
  fullScreen: boolean;
  onFullScreen: () => void;
  onKeys: () => void;
  onFind: () => void;
  find: ReactNode;
}

export function LogToolbar(props: LogToolbarProps) {
  const { build, attempt, summary, status, activity, view, onView, settings, onSettings, selected, find } = props;
  const empty = summary.lines === 0;
  const [copied, setCopied] = useState<"Copied" | "Not copied" | null>(null);
  const tell = (outcome: "Copied" | "Not copied") => {
    setCopied(outcome);
    setTimeout(() => setCopied(null), 2000);
  };
  const lines = selected ?? undefined;
  const tooLarge = !lines && summary.bytes > mostToCopy;
  const part = lines ? formatCount(lines[1] - lines[0] + 1, "line") : "";
  return (
    <div className={classes.toolbar}>
      {status}
      {activity}
      <div className={classes.tools}>
        <Tool
          label="Find in the log"
          hint="Ctrl+F"
          pressed={Boolean(find)}
          onClick={props.onFind}
          icon={<IconSearch size={16} />}
        />
        <FilterMenu view={view} onView={onView} phases={summary.phases} />
        <FoldMenu view={view} onView={onView} summary={summary} />
        <TimeMenu mode={settings.time} onMode={(time) => onSettings({ time })} />
        <Tool
          label="Wrap long lines"
          hint="w"
          pressed={settings.wrap}
          onClick={() => onSettings({ wrap: !settings.wrap })}
          icon={<IconTextWrap size={16} />}
        />
        <Tool
          label={props.fullScreen ? "Leave full screen" : "Full screen"}
          onClick={props.onFullScreen}
          icon={props.fullScreen ? <IconMinimize size={16} /> : <IconMaximize size={16} />}
        />
        <Tool label="Keys of the log" hint="?" onClick={props.onKeys} icon={<IconKeyboard size={16} />} />
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          c="inherit"
          aria-label={lines ? `Copy ${part}` : "Copy log"}
          title={tooLarge ? "This log is too large to be copied. Choose some lines, or download it." : undefined}
          disabled={empty || tooLarge}
          leftSection={copied === "Copied" ? <IconCheck size={16} /> : <IconCopy size={16} />}
          onClick={() =>
            void copyLog(logHref(build, attempt, lines ? { lines } : {})).then(
              () => tell("Copied"),
              () => tell("Not copied"),
            )
          }
        >
          {copied ?? (lines ? `Copy ${part}` : "Copy")}
        </Button>
        <Menu position="bottom-end">
          <Menu.Target>
            <Button
              size="compact-sm"
              variant="subtle"
              color="gray"
              c="inherit"
              disabled={empty}
              leftSection={<IconDownload size={16} />}
            >
              Download
            </Button>
          </Menu.Target>
          <Menu.Dropdown mah="60vh" style={{ overflowY: "auto" }}>
            <Menu.Item component="a" href={logHref(build, attempt)} download>
              The whole log
            </Menu.Item>
            <Menu.Item component="a" href={logHref(build, attempt, { raw: true })} target="_blank">
              Look at it raw
            </Menu.Item>
            {lines && (
              <Menu.Item component="a" href={logHref(build, attempt, { lines })} download>
                The chosen {part}
              </Menu.Item>
            )}
            {summary.phases.length > 0 && <Menu.Label>One phase</Menu.Label>}
            {summary.phases.map(({ line, label }, index) => (
              <Menu.Item
                key={line}
                component="a"
                href={logHref(build, attempt, {
                  lines: [line, (summary.phases[index + 1]?.line ?? summary.lines + 1) - 1],
                })}
                download
              >
                {label}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      </div>
      {find && <div className={classes.find}>{find}</div>}
    </div>
  );
}

interface ToolProps {
  label: string;
  hint?: string;
  pressed?: boolean;
  onClick: () => void;
  icon: ReactNode;
}

function Tool({ label, hint, pressed, onClick, icon }: ToolProps) {
  return (
    <Tooltip label={hint ? `${label} (${hint})` : label}>
      <ActionIcon
        variant={pressed ? "light" : "subtle"}
        color="gray"
        size={28}
        aria-label={label}
        aria-pressed={pressed}
        onClick={onClick}
      >
        {icon}
      </ActionIcon>
    </Tooltip>
  );
}
