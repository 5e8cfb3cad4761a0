"use client";

import { Anchor, Group, Table, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconDownload } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { isBootable, listKeys } from "#lib/builds/result-files.ts";
import type { Build, ResultFile } from "#lib/contracts/build.ts";
import { useTRPC } from "../trpc.tsx";
import { CopyIcon } from "../ui/copy-button.tsx";
import { errorMessage } from "../ui/error-message.ts";
import { formatBytes } from "../ui/format.ts";
import { contentsHref, differencesHref, driveHref, evidenceHref, historyHref, resultHref } from "../ui/links.ts";
import { Moment } from "../ui/moment.tsx";
import classes from "./results-table.module.css";

/** The files that a build left for its user. */
export function ResultsTable({ build }: { build: Build }) {
  return (
    <section aria-label="Results" className={classes.results}>
      <ResultLinks build={build} />
      <Table verticalSpacing={3} stickyHeader>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Result</Table.Th>
            <Table.Th ta="right">Size</Table.Th>
            <Table.Th>SHA-256</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {build.results.map((file) => (
            <ResultRow key={file.name} build={build} file={file} />
          ))}
        </Table.Tbody>
      </Table>
      {build.removed && (
        <Text size="sm" px="xs" py={4}>
          These files were removed <Moment iso={build.removed.at} />. {build.removed.reason} "Rerun" makes them anew.
        </Text>
      )}
    </section>
  );
}

/** What can be asked about the result besides the files themselves. */
function ResultLinks({ build }: { build: Build }) {
  const trpc = useTRPC();
  const { data: last } = useQuery(
    trpc.builds.lastGood.queryOptions({ id: build.id }, { staleTime: Number.POSITIVE_INFINITY }),
  );
  const listed = build.results.some(({ key }) => key === listKeys.packages);
  return (
    <Group gap="md" px="xs" py={4}>
      {listed && (
        <Anchor component={Link} href={contentsHref(build.id)} size="sm">
          Packages and changed files
        </Anchor>
      )}
      {build.results.some(isBootable) && (
        <Anchor component={Link} href={driveHref(build.id)} size="sm">
          Test drive
        </Anchor>
      )}
      {build.state === "succeeded" && <BuildTwice build={build} />}
      {last && (
        <Anchor component={Link} href={differencesHref(last, build.id)} size="sm">
          Compare with the good build before
        </Anchor>
      )}
      <Anchor component={Link} href={historyHref(build.description)} size="sm">
        History of this description
      </Anchor>
      <Anchor
        href={evidenceHref(build.id)}
        download
        size="sm"
        title="Description, log, versions, checksums in one file"
      >
        Evidence
      </Anchor>
    </Group>
  );
}

/** Builds the same again, to see whether it becomes the same. */
function BuildTwice({ build }: { build: Build }) {
  const trpc = useTRPC();
  const router = useRouter();
  const rerun = useMutation(
    trpc.builds.rerun.mutationOptions({
      onSuccess: ({ id }) => router.push(differencesHref(build.id, id)),
      onError: (error) =>
        notifications.show({
          color: "red",
          title: "The build could not be started",
          message: errorMessage(error),
          autoClose: 10_000,
        }),
    }),
  );
  return (
    <Anchor component="button" size="sm" disabled={rerun.isPending} onClick={() => rerun.mutate({ id: build.id })}>
      Build it again and compare
    </Anchor>
  );
}

function ResultRow({ build, file }: { build: Build; file: ResultFile }) {
  return (
    <Table.Tr>
      <Table.Td>
        {build.removed === null ? (
          <Anchor href={resultHref(build.id, file.name)} download={file.name} size="sm" className={classes.name}>
            <IconDownload size={16} aria-label="Download" role="img" />
            {file.name}
          </Anchor>
        ) : (
          <Text span size="sm" c="dimmed" td="line-through">
            {file.name}
          </Text>
        )}
        <Text span size="xs" c="dimmed" ml={8}>
          {file.key.replaceAll("_", " ")}
        </Text>
      </Table.Td>
      <Table.Td ta="right" title={`${file.size.toLocaleString("en")} bytes`} className={classes.size}>
        {formatBytes(file.size)}
      </Table.Td>
      <Table.Td>
        <span className={classes.checksum}>
          <code title={file.sha256}>{file.sha256}</code>
          <CopyIcon value={file.sha256} what={`SHA-256 of ${file.name}`} />
        </span>
      </Table.Td>
    </Table.Tr>
  );
}
