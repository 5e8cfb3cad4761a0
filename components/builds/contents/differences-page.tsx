"use client";

import { Anchor, Button, Skeleton, Stack, Table, Text, Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { IconArrowsExchange } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { ReactNode } from "react";
import { imageBytes } from "#lib/builds/result-files.ts";
import { isFinal } from "#lib/builds/state.ts";
import type { Build } from "#lib/contracts/build.ts";
import type { BuildDifferences } from "#lib/contracts/build-contents.ts";
import { NothingHere } from "../../shell/nothing-here.tsx";
import { errorStatus, useTRPC } from "../../trpc.tsx";
import { Failure } from "../../ui/failure.tsx";
import { formatBytes, formatChange, formatDuration } from "../../ui/format.ts";
import { buildHref, differencesHref } from "../../ui/links.ts";
import { Moment } from "../../ui/moment.tsx";
import { Page } from "../../ui/page.tsx";
import { BuildStateLabel } from "../build-state.tsx";
import { buildSeconds } from "../build-times.ts";
import { FileChange } from "../file-change.tsx";
import { ImageFileChanges } from "./image-file-changes.tsx";
import { PackageChanges } from "./package-changes.tsx";
import { ReproductionWords } from "./reproduction-words.tsx";
import classes from "./tables.module.css";

/** Two builds side by side: figures, packages, phases, description. */
export function DifferencesPage({ before, after }: { before: string; after: string }) {
  const trpc = useTRPC();
  const differences = useQuery(
    trpc.builds.differences.queryOptions(
      { before, after },
      { refetchInterval: ({ state }) => (state.data && ended(state.data) ? false : 5000) },
    ),
  );
  useDocumentTitle("Compare builds · KIWI Workbench");
  if (errorStatus(differences.error) === 404) return <NothingHere what="One of these builds is not there." />;
  const swap = (
    <Button
      component={Link}
      href={differencesHref(after, before)}
      size="compact-sm"
      h={30}
      variant="default"
      leftSection={<IconArrowsExchange size={16} aria-hidden />}
    >
      Swap
    </Button>
  );
  return (
    <Page title="Compare builds" actions={swap}>
      {differences.isPending && <Skeleton h={240} aria-label="Loading the comparison" />}
      {differences.isError && (
        <Failure
          title="The builds could not be compared"
          error={differences.error}
          retry={() => void differences.refetch()}
        />
      )}
      {differences.data && <Differences differences={differences.data} />}
    </Page>
  );
}

const ended = ({ before, after }: BuildDifferences) => isFinal(before.state) && isFinal(after.state);

function Differences({ differences }: { differences: BuildDifferences }) {
  const { packages, phases, files, moreFiles, imageFiles, reproduction } = differences;
  return (
    <Stack gap="lg">
      {!ended(differences) && <Text size="sm">One of these builds goes on. This page shows it when it has ended.</Text>}
      <Figures {...differences} />
      {reproduction && (
        <Section title="Built twice of the same">
          <ReproductionWords reproduction={reproduction} imageFiles={imageFiles} />
        </Section>
      )}
      <Section title="Packages">
        {packages === null && <Text size="sm">One of the builds left no list of its packages.</Text>}
        {packages !== null && <PackageChanges {...packages} />}
      </Section>
      {imageFiles && (
        <Section title="Files of the image">
          <ImageFileChanges {...imageFiles} />
        </Section>
      )}
      <Section title="Description">
        {files.length === 0 && <Text size="sm">The description was the same.</Text>}
        {files.map((file) => (
          <FileChange key={file.path} file={file} />
        ))}
        {moreFiles > 0 && <Text size="sm">And {moreFiles} more.</Text>}
      </Section>
      {phases.length > 0 && (
        <Section title="Phases">
          <Beside
            rows={phases.map(({ label, before, after }) => ({
              name: label,
              before: before === null ? "–" : formatDuration(before),
              after: after === null ? "–" : formatDuration(after),
              change: before === null || after === null ? "" : formatChange(before, after),
            }))}
          />
        </Section>
      )}
    </Stack>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <Title order={2} size="h4" mb={6}>
        {title}
      </Title>
      {children}
    </section>
  );
}

/** What is told of each build as a whole. */
function Figures({ before, after }: BuildDifferences) {
  const plain = (name: string, read: (build: Build) => ReactNode) => ({
    name,
    before: read(before),
    after: read(after),
    change: "",
  });
  const [oldSeconds, newSeconds] = [buildSeconds(before, 0), buildSeconds(after, 0)];
  const [oldBytes, newBytes] = [imageBytes(before), imageBytes(after)];
  return (
    <Beside
      rows={[
        plain("Build", (build) => (
          <Anchor component={Link} href={buildHref(build.id)} size="sm">
            <Moment iso={build.endedAt ?? build.queuedAt} />
          </Anchor>
        )),
        plain("Description", ({ description }) => description),
        plain("State", ({ state }) => <BuildStateLabel state={state} />),
        plain("Version", ({ imageVersion }) => imageVersion ?? "–"),
        plain("Type", ({ type, architecture }) => `${type ?? "default"}, ${architecture}`),
        plain("Profiles", ({ profiles }) => profiles.join(", ") || "–"),
        plain("KIWI", ({ kiwiVersion }) => kiwiVersion ?? "–"),
        {
          name: "Duration",
          before: oldSeconds === null ? "–" : formatDuration(oldSeconds),
          after: newSeconds === null ? "–" : formatDuration(newSeconds),
          change: oldSeconds === null || newSeconds === null ? "" : formatChange(oldSeconds, newSeconds),
        },
        {
          name: "Size of the image",
          before: oldBytes === 0 ? "–" : formatBytes(oldBytes),
          after: newBytes === 0 ? "–" : formatBytes(newBytes),
          change: oldBytes === 0 || newBytes === 0 ? "" : formatChange(oldBytes, newBytes),
        },
      ]}
    />
  );
}

interface BesideRow {
  name: string;
  before: ReactNode;
  after: ReactNode;
  change: string;
}

function Beside({ rows }: { rows: readonly BesideRow[] }) {
  return (
    <Table.ScrollContainer minWidth={480}>
      <Table verticalSpacing={3} layout="fixed">
        <Table.Thead>
          <Table.Tr>
            <Table.Td />
            <Table.Th>Before</Table.Th>
            <Table.Th>After</Table.Th>
            <Table.Th className={classes.number}>Change</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(({ name, before, after, change }) => (
            <Table.Tr key={name}>
              <Table.Th scope="row">{name}</Table.Th>
              <Table.Td>{before}</Table.Td>
              <Table.Td>{after}</Table.Td>
              <Table.Td className={classes.number}>{change}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
