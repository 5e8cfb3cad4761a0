import { Group, Title } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./page.module.css";

/** A page that scrolls as a whole: title, actions, content. */
export function Page({ title, actions, children }: { title: ReactNode; actions?: ReactNode; children: ReactNode }) {
  return (
    <div className={classes.page}>
      <Group justify="space-between" mb="md" gap="sm">
        <Title order={1} size="h3">
          {title}
        </Title>
        {actions && <Group gap="xs">{actions}</Group>}
      </Group>
      {children}
    </div>
  );
}
