"use client";

import {
  Button,
  Checkbox,
  Divider,
  MultiSelect,
  NumberInput,
  Popover,
  SegmentedControl,
  Stack,
  Text,
} from "@mantine/core";
import { IconFilter } from "@tabler/icons-react";
import type { LogSummary, LogView } from "#lib/contracts/log.ts";
import { isFiltered } from "./log-folds.ts";

export interface FilterMenuProps {
  view: LogView;
  onView: (view: LogView) => void;
  phases: LogSummary["phases"];
}

/** Which records are shown: from which level on, of which phases, with how much around them. */
export function FilterMenu({ view, onView, phases }: FilterMenuProps) {
  const filtered = isFiltered(view);
  return (
    <Popover position="bottom-end" withArrow trapFocus>
      <Popover.Target>
        <Button
          size="compact-sm"
          variant={filtered ? "light" : "subtle"}
          color="gray"
          c="inherit"
          leftSection={<IconFilter size={16} />}
        >
          {filtered ? "Filtered" : "Filter"}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs" w={320}>
          <div>
            <Text size="sm" fw={500} mb={4} id="log-level">
              Levels
            </Text>
            <SegmentedControl
              fullWidth
              size="xs"
              aria-labelledby="log-level"
              value={view.level ?? "all"}
              onChange={(value) => onView({ ...view, also: [], level: value === "all" ? null : value })}
              data={[
                { value: "all", label: "All" },
                { value: "INFO", label: "Info" },
                { value: "WARNING", label: "Warnings" },
                { value: "ERROR", label: "Errors" },
              ]}
            />
          </div>
          <MultiSelect
            size="xs"
            label="Phases"
            placeholder={view.phases === null ? "All" : ""}
            data={phases.map(({ line, label }) => ({ value: String(line), label: `${label} (line ${line})` }))}
            value={view.phases?.map(String) ?? []}
            onChange={(lines) =>
              onView({ ...view, also: [], phases: lines.length > 0 ? lines.map(Number).slice(0, 100) : null })
            }
            comboboxProps={{ withinPortal: false }}
            clearable
          />
          <NumberInput
            size="xs"
            label="Lines around each"
            min={0}
            max={50}
            value={view.context}
            onChange={(value) => onView({ ...view, context: Math.min(50, Math.max(0, Number(value) || 0)) })}
          />
          <Checkbox
            size="xs"
            label="Without KIWI's looking for programs"
            checked={view.quiet}
            onChange={(event) => onView({ ...view, quiet: event.currentTarget.checked })}
          />
          <Divider />
          <Button
            size="compact-sm"
            variant="default"
            disabled={!filtered}
            onClick={() => onView({ ...view, level: null, phases: null, quiet: false, context: 0, also: [] })}
          >
            Show everything
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
