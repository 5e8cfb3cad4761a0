"use client";

import { Alert, Button, Group } from "@mantine/core";
import { IconAlertTriangle, IconArrowRight } from "@tabler/icons-react";
import type { Build } from "#lib/contracts/build.ts";
import type { KiwiLog, LogError } from "#lib/kiwi/log/index.ts";
import { CopyIcon } from "../ui/copy-button.tsx";
import { stateWords } from "./build-state.tsx";
import classes from "./error-box.module.css";

export interface ErrorBoxProps {
  build: Build;
  error: LogError | null;
  log: KiwiLog;
  onShowLine: (index: number) => void;
}

/** Why the build is not what was wished for: KIWI's own error with its phase, else the builder's reason. */
export function ErrorBox({ build, error, log, onShowLine }: ErrorBoxProps) {
  const failed = error !== null || build.state === "failed";
  return (
    <Alert
      color={failed ? "red" : "gray"}
      variant="outline"
      icon={<IconAlertTriangle />}
      title={title()}
      className={classes.box}
      data-failed={failed || undefined}
      role={failed ? "alert" : undefined}
    >
      {error ? (
        <>
          <pre className={classes.text} tabIndex={0} aria-label="KIWI's error">
            {error.text}
          </pre>
          <Group gap="xs" mt={6}>
            <Button
              size="compact-sm"
              variant="default"
              rightSection={<IconArrowRight size={14} />}
              onClick={() => onShowLine(error.line)}
            >
              Show line {log.line(error.line).number}
            </Button>
            <CopyIcon value={error.text} what="error" />
          </Group>
        </>
      ) : (
        build.reason
      )}
    </Alert>
  );

  function title(): string {
    if (!error) return stateWords(build.state);
    const phase = error.phase === null ? null : log.phases[error.phase]?.label;
    const name = error.name ?? "KIWI reported an error";
    return phase ? `${name} in “${phase}”` : name;
  }
}
