"use client";

import { Anchor, Stack, Table, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { RetentionPlan, RetentionPolicy } from "#lib/contracts/retention.ts";
import { useTRPC } from "../trpc.tsx";
import { formatBytes } from "../ui/format.ts";
import { buildHref } from "../ui/links.ts";
import { Moment } from "../ui/moment.tsx";
import classes from "./builder.module.css";

/** How long results stay, and which go next. */
export function RetentionSection() {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.builder.retention.queryOptions(undefined, { refetchInterval: 60_000 }));
  if (!data) return null;
  return (
    <Stack gap="xs" component="section" aria-label="Results of builds">
      <Title order={2} size="h5">
        Results of builds
      </Title>
      <Text size="sm">
        {formatBytes(data.storedBytes)} are stored. {policyWords(data.policy)}
      </Text>
      {data.due.length > 0 && <DueTable due={data.due} />}
    </Stack>
  );
}

function policyWords({ days, count, bytes }: RetentionPolicy): string {
  const rules = [
    ...(days === null ? [] : [`are older than ${days} days`]),
    ...(count === null ? [] : [`have ${count} newer ones of the same image`]),
    ...(bytes === null ? [] : [`are the oldest while all together take more than ${formatBytes(bytes)}`]),
  ];
  if (rules.length === 0) return "They stay until somebody removes them (KIWI_WORKBENCH_RETAIN_… sets rules).";
  return `Those go by themselves that ${rules.join(", or ")}. The newest good ones of each image stay, and those with the mark "Keep".`;
}

function DueTable({ due }: { due: RetentionPlan["due"] }) {
  return (
    <Table.ScrollContainer minWidth={480} className={classes.wide}>
      <Table verticalSpacing={5}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Goes next</Table.Th>
            <Table.Th>Ended</Table.Th>
            <Table.Th ta="right">Size</Table.Th>
            <Table.Th>Why</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {due.map(({ id, name, endedAt, bytes, reason }) => (
            <Table.Tr key={id}>
              <Table.Td>
                <Anchor component={Link} href={buildHref(id)} size="sm">
                  {name}
                </Anchor>
              </Table.Td>
              <Table.Td>
                <Moment iso={endedAt} />
              </Table.Td>
              <Table.Td ta="right">{formatBytes(bytes)}</Table.Td>
              <Table.Td>{reason}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
