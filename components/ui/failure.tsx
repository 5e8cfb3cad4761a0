"use client";

import { Alert, Button, Group } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { errorMessage } from "./error-message.ts";
import classes from "./failure.module.css";

/** What to show in place of data that could not be had. */
export function Failure({ title, error, retry }: { title: string; error: unknown; retry?: () => void }) {
  return (
    <Alert color="red" variant="outline" title={title} icon={<IconAlertTriangle />} role="alert">
      <span className={classes.message}>{errorMessage(error)}</span>
      {retry && (
        <Group mt="sm">
          <Button size="compact-sm" variant="default" onClick={retry}>
            Try again
          </Button>
        </Group>
      )}
    </Alert>
  );
}
