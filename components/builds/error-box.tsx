"use client";

import { Alert, Button, Group, Text } from "@mantine/core";
import { IconAlertTriangle, IconArrowRight, IconInfoCircle } from "@tabler/icons-react";
import type { Build } from "#lib/contracts/build.ts";
import type { Explanation } from "#lib/contracts/failure-rule.ts";
import type { LogSummary } from "#lib/contracts/log.ts";
import { CopyIcon } from "../ui/copy-button.tsx";
import { stateWords } from "./build-state.tsx";
import { CauseWords, Places } from "./cause.tsx";
import classes from "./error-box.module.css";

export interface ErrorBoxProps {
  build: Build;
  error: LogSummary["error"];
  log: LogSummary;
  /** What is known of the cause; null where nothing is, or not yet. */
  cause: Explanation | null;
  /** Takes the number of a line of the log. */
  onShowLine: (number: number) => void;
}

/** Why the build is not what was wished for: the cause in plain words, KIWI's own error, else the builder's reason. */
export function ErrorBox({ build, error, log, cause, onShowLine }: ErrorBoxProps) {
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
      {cause && <CauseWords cause={cause} build={build} onShowNumber={onShowLine} />}
      {error ? (
        <>
          {cause && (
            <Text size="xs" c="dimmed" mt="xs">
              In KIWI's words{phaseLabel() && <>, in the phase “{phaseLabel()}”</>}:
            </Text>
          )}
          <pre className={classes.text} tabIndex={0} aria-label="KIWI's error">
            {cause && error.name ? `${error.name}: ${error.text}` : error.text}
          </pre>
          <Group gap="xs" mt={6}>
            <Button
              size="compact-sm"
              variant="default"
              rightSection={<IconArrowRight size={14} />}
              onClick={() => onShowLine(error.line)}
            >
              Show line {error.line}
            </Button>
            <CopyIcon value={error.text} what="error" />
          </Group>
        </>
      ) : (
        <Text size="sm" mt={cause ? "xs" : 0} {...(cause && { c: "dimmed" })}>
          {build.reason}
        </Text>
      )}
    </Alert>
  );

  function phaseLabel(): string | undefined {
    return error?.phase == null ? undefined : log.phases[error.phase]?.label;
  }

  function title(): string {
    if (cause) return cause.title;
    if (!error) return stateWords(build.state);
    const phase = phaseLabel();
    const name = error.name ?? "KIWI reported an error";
    return phase ? `${name} in “${phase}”` : name;
  }
}

/** What KIWI only warned of, and what is worth knowing after a success as well. */
export function Warnings({
  warnings,
  build,
  onShowLine,
}: {
  warnings: readonly Explanation[];
  build: Build;
  /** Takes the number of a line of the log. */
  onShowLine: (number: number) => void;
}) {
  if (warnings.length === 0) return null;
  return (
    <Alert color="yellow" variant="outline" icon={<IconInfoCircle />} title="Worth a look" className={classes.box}>
      <ul className={classes.warnings}>
        {warnings.map((warning) => (
          <li key={warning.rule}>
            <details>
              <summary>{warning.title}</summary>
              <CauseWords cause={warning} build={build} onShowNumber={onShowLine} />
            </details>
            <Places places={warning.places} build={build} />
          </li>
        ))}
      </ul>
    </Alert>
  );
}
