import { Anchor, Button, Group, Stack, Text } from "@mantine/core";
import Link from "next/link";
import type { Imported } from "#lib/contracts/import.ts";
import { formatCount } from "../../ui/format.ts";
import { descriptionHref } from "../../ui/links.ts";
import classes from "./import.module.css";

/** What has come, where that is more than one description that the page goes to by itself. */
export function ImportResult({ imported, onClose }: { imported: Imported; onClose: () => void }) {
  const { descriptions, leftOut } = imported;
  return (
    <Stack gap="sm" role="status">
      <Text size="sm">{formatCount(descriptions.length, "description")} found:</Text>
      <ul className={classes.found}>
        {descriptions.map((id) => (
          <li key={id}>
            <Anchor component={Link} href={descriptionHref(id)} size="sm">
              {id}
            </Anchor>
          </li>
        ))}
      </ul>
      {leftOut.length > 0 && (
        <Text size="sm" c="dimmed">
          Not taken over: {leftOut.join(", ")}
        </Text>
      )}
      <Group justify="flex-end">
        <Button onClick={onClose}>Close</Button>
      </Group>
    </Stack>
  );
}
