import { Anchor, Group, Table, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import Link from "next/link";
import type { Build } from "#lib/contracts/build.ts";
import type { Description } from "#lib/contracts/description.ts";
import { BuildStateLabel } from "../builds/build-state.tsx";
import { buildHref, descriptionHref } from "../ui/links.ts";
import { Moment } from "../ui/moment.tsx";
import { typeNames } from "./description-filter.ts";
import classes from "./descriptions-table.module.css";

export type ListedDescription = Description & { lastBuild: Build | null };

export function DescriptionsTable({ descriptions }: { descriptions: readonly ListedDescription[] }) {
  return (
    <Table.ScrollContainer minWidth={640}>
      <Table highlightOnHover verticalSpacing={6} className={classes.table}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th className={classes.name}>Name</Table.Th>
            <Table.Th>Version</Table.Th>
            <Table.Th>Image types</Table.Th>
            <Table.Th>Profiles</Table.Th>
            <Table.Th className={classes.when}>Last build</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {descriptions.map((description) => (
            <DescriptionRow key={description.id} description={description} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function DescriptionRow({ description }: { description: ListedDescription }) {
  const { facts } = description;
  return (
    <Table.Tr>
      <Table.Td>
        <Anchor component={Link} href={descriptionHref(description.id)} fw={600} size="sm">
          {facts?.displayName ?? facts?.name ?? description.file}
        </Anchor>
        <Text size="xs" c="dimmed" className={classes.path}>
          {description.id}
        </Text>
      </Table.Td>
      {facts ? (
        <>
          <Table.Td>{facts.version ?? "–"}</Table.Td>
          <Table.Td>
            <Words words={typeNames(description)} />
          </Table.Td>
          <Table.Td>
            <Words words={facts.profiles.map((profile) => profile.name)} />
          </Table.Td>
        </>
      ) : (
        <Table.Td colSpan={3}>
          <Group gap={6} wrap="nowrap" align="flex-start" className={classes.broken}>
            <IconAlertTriangle size={16} aria-hidden />
            <span>Cannot be read: {description.error}</span>
          </Group>
        </Table.Td>
      )}
      <Table.Td>
        <LastBuild build={description.lastBuild} />
      </Table.Td>
    </Table.Tr>
  );
}

const shownWords = 4;

function Words({ words }: { words: readonly string[] }) {
  if (words.length === 0) return <span>–</span>;
  const hidden = words.slice(shownWords);
  return (
    <span className={classes.words}>
      {words.slice(0, shownWords).map((word) => (
        <span key={word} className={classes.word}>
          {word}
        </span>
      ))}
      {hidden.length > 0 && (
        <Text span size="xs" c="dimmed" title={hidden.join(", ")}>
          {hidden.length} more
        </Text>
      )}
    </span>
  );
}

function LastBuild({ build }: { build: Build | null }) {
  if (!build) {
    return (
      <Text span size="sm" c="dimmed" className={classes.when}>
        never built
      </Text>
    );
  }
  return (
    <Group gap="xs" wrap="nowrap">
      <Anchor component={Link} href={buildHref(build.id)} size="sm" c="inherit">
        <BuildStateLabel state={build.state} />
      </Anchor>
      <Text span size="xs" c="dimmed" className={classes.when}>
        <Moment iso={build.endedAt ?? build.queuedAt} />
      </Text>
    </Group>
  );
}
