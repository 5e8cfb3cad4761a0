"use client";

import { Alert, Anchor, Group, List, Text, Title } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { isFinal } from "#lib/builds/state.ts";
import type { Build } from "#lib/contracts/build.ts";
import { descriptionHref } from "../ui/links.ts";
import { Moment } from "../ui/moment.tsx";
import { BuildActions } from "./build-actions.tsx";
import { BuildDuration } from "./build-duration.tsx";
import classes from "./build-header.module.css";
import { BuildStateLabel } from "./build-state.tsx";
import { CommandLine } from "./command-line.tsx";
import { LastTime } from "./last-time.tsx";
import { QueuePlace } from "./queue-place.tsx";
import { ReusedPackages } from "./reused-packages.tsx";
import { runtimeWords } from "./runtime-words.ts";
import { TellMe } from "./tell-me.tsx";

export function BuildHeader({ build }: { build: Build }) {
  return (
    <header className={classes.header}>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Group gap="sm" align="baseline">
          <Title order={1} size="h4">
            {build.imageName ?? build.description}
            {build.imageVersion && (
              <Text span c="dimmed" fw={400}>
                {" "}
                {build.imageVersion}
              </Text>
            )}
          </Title>
          <span data-testid="build-state">
            <BuildStateLabel state={build.state} />
          </span>
        </Group>
        <Group gap="xs" wrap="nowrap">
          <TellMe build={build} />
          <BuildActions build={build} />
        </Group>
      </Group>
      <dl className={classes.facts}>
        <Fact name="Description">
          <Anchor component={Link} href={descriptionHref(build.description)} size="sm">
            {build.description}
          </Anchor>
        </Fact>
        <Fact name="Type">{`${build.type ?? "default"}, ${build.architecture}`}</Fact>
        {build.profiles.length > 0 && <Fact name="Profiles">{build.profiles.join(", ")}</Fact>}
        <Pairs name="Type attributes" pairs={build.options.typeAttributes} />
        <Pairs name="Variables" pairs={build.options.environment} />
        {build.state === "queued" && (
          <Fact name="Waits for">
            <QueuePlace build={build} />
          </Fact>
        )}
        <Fact name="Duration">
          <BuildDuration build={build} />
          {!isFinal(build.state) && <LastTime build={build} />}
        </Fact>
        <Fact name="Asked for">
          <Moment iso={build.queuedAt} /> by {build.requestedBy}
        </Fact>
        {build.kiwiVersion && <Fact name="KIWI">{build.kiwiVersion}</Fact>}
        {build.runtime && <Fact name="Kept apart by">{runtimeWords[build.runtime]}</Fact>}
        {build.options.compression === "preview" && <Fact name="Compression">preview (done sooner, larger)</Fact>}
        {build.reuse && (
          <Fact name="Packages">
            <ReusedPackages reuse={build.reuse} />
          </Fact>
        )}
        {build.exitCode !== null && build.state !== "succeeded" && <Fact name="Exit code">{build.exitCode}</Fact>}
        {build.attempt > 0 && <Fact name="Attempt">{build.attempt + 1}</Fact>}
      </dl>
      {build.warnings.length > 0 && (
        <Alert
          color="yellow"
          variant="outline"
          icon={<IconAlertTriangle />}
          title="The image may not be as it should be"
        >
          <List size="sm">
            {build.warnings.map((warning) => (
              <List.Item key={warning}>{warning}</List.Item>
            ))}
          </List>
        </Alert>
      )}
      {build.command && <CommandLine command={build.command} />}
    </header>
  );
}

/** What a build was told besides its command line. */
function Pairs({ name, pairs }: { name: string; pairs: Readonly<Record<string, string>> }) {
  const words = Object.entries(pairs).map(([key, value]) => `${key}=${value}`);
  return words.length === 0 ? null : <Fact name={name}>{words.join(", ")}</Fact>;
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
