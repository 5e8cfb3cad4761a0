import { Anchor, Table, Text } from "@mantine/core";
import Link from "next/link";
import type { Build } from "#lib/contracts/build.ts";
import { buildHref, descriptionHref } from "../ui/links.ts";
import { Moment } from "../ui/moment.tsx";
import { BuildDuration } from "./build-duration.tsx";
import { BuildStateLabel } from "./build-state.tsx";
import classes from "./builds-table.module.css";

export function BuildsTable({ builds }: { builds: readonly Build[] }) {
  return (
    <Table.ScrollContainer minWidth={640}>
      <Table highlightOnHover verticalSpacing={6} className={classes.table}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>State</Table.Th>
            <Table.Th>Image</Table.Th>
            <Table.Th>Type</Table.Th>
            <Table.Th>Profiles</Table.Th>
            <Table.Th>Duration</Table.Th>
            <Table.Th>Asked by</Table.Th>
            <Table.Th>When</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {builds.map((build) => (
            <BuildRow key={build.id} build={build} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function BuildRow({ build }: { build: Build }) {
  const image = [build.imageName ?? build.description, build.imageVersion].filter(Boolean).join(" ");
  return (
    <Table.Tr>
      <Table.Td>
        <BuildStateLabel state={build.state} />
      </Table.Td>
      <Table.Td>
        <Anchor component={Link} href={buildHref(build.id)} size="sm" fw={600} className={classes.link}>
          {image}
        </Anchor>
        <br />
        <Anchor
          component={Link}
          href={descriptionHref(build.description)}
          size="xs"
          c="dimmed"
          underline="hover"
          className={classes.link}
        >
          {build.description}
        </Anchor>
        {build.reason && (
          <Text size="xs" lineClamp={2} className={classes.reason}>
            {build.reason}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        {build.type ?? "default"}
        <Text span size="xs" c="dimmed">
          {" "}
          {build.architecture}
        </Text>
      </Table.Td>
      <Table.Td>{build.profiles.length > 0 ? build.profiles.join(", ") : "–"}</Table.Td>
      <Table.Td className={classes.short}>
        <BuildDuration build={build} />
      </Table.Td>
      <Table.Td>{build.requestedBy}</Table.Td>
      <Table.Td className={classes.short}>
        <Moment iso={build.queuedAt} />
      </Table.Td>
    </Table.Tr>
  );
}
