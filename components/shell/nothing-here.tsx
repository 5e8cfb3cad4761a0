"use client";

import { Anchor, Center, Stack, Text, Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import Link from "next/link";

/** What an address shows that leads nowhere; `what` says what is not there. */
export function NothingHere({ what = "The address is wrong, or what it led to is gone." }: { what?: string }) {
  useDocumentTitle("Not found · KIWI Workbench");
  return (
    <Center mih="70dvh" p="md">
      <Stack align="center" gap="xs">
        <Title order={1} size="h3">
          There is nothing here
        </Title>
        <Text c="dimmed" ta="center">
          {what}
        </Text>
        <Anchor component={Link} href="/">
          Go to the descriptions
        </Anchor>
      </Stack>
    </Center>
  );
}
