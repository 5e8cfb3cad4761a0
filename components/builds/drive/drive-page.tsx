"use client";

import { Alert, Anchor, Button, Group, List, NumberInput, Select, Skeleton, Stack, Tabs, Text } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { IconPlayerPlay, IconPlayerStop } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import type { DriveState } from "#lib/contracts/drive.ts";
import { NothingHere } from "../../shell/nothing-here.tsx";
import { errorStatus, useTRPC } from "../../trpc.tsx";
import { errorMessage } from "../../ui/error-message.ts";
import { Failure } from "../../ui/failure.tsx";
import { formatDuration } from "../../ui/format.ts";
import { buildHref } from "../../ui/links.ts";
import { Page } from "../../ui/page.tsx";
import { Console } from "./console.tsx";
import { LoginPicture, MachineScreen } from "./machine-screen.tsx";

/** The image of a build in a machine on the builder: does it come up, and how does it look from inside? */
export function DrivePage({ id }: { id: string }) {
  const trpc = useTRPC();
  const client = useQueryClient();
  const build = useQuery(trpc.builds.get.queryOptions({ id }));
  const drive = useQuery(
    trpc.drives.state.queryOptions({ id }, { refetchInterval: ({ state }) => (state.data?.running ? 1000 : 5000) }),
  );
  const refresh = () => client.invalidateQueries({ queryKey: trpc.drives.state.queryKey({ id }) });
  const stop = useMutation(trpc.drives.stop.mutationOptions({ onSuccess: refresh }));
  const name = build.data?.imageName ?? "image";
  useDocumentTitle(`Test drive of ${name} · KIWI Workbench`);
  if (errorStatus(build.error) === 404) return <NothingHere what="There is no such build." />;
  const actions = drive.data?.running && (
    <Button
      size="compact-sm"
      h={30}
      variant="default"
      leftSection={<IconPlayerStop size={16} aria-hidden />}
      loading={stop.isPending}
      onClick={() => stop.mutate({ id })}
    >
      Stop
    </Button>
  );
  return (
    <Page title={`Test drive of ${name}`} actions={actions}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          A machine on the builder, without network, from a copy of the image: nothing that happens in it changes{" "}
          <Anchor component={Link} href={buildHref(id)} size="sm">
            the build
          </Anchor>
          .
        </Text>
        {drive.isPending && <Skeleton h={240} aria-label="Loading the test drive" />}
        {drive.isError && <Failure title="The test drive cannot be shown" error={drive.error} />}
        {drive.data && <Findings state={drive.data} />}
        {drive.isSuccess && !drive.data?.running && <Start id={id} again={drive.data !== null} onStarted={refresh} />}
        {drive.data && <Views id={id} state={drive.data} />}
      </Stack>
    </Page>
  );
}

function Views({ id, state: { startedAt, running, loginSeconds } }: { id: string; state: DriveState }) {
  if (!running)
    return (
      <>
        <Console id={id} since={startedAt} running={false} />
        {loginSeconds !== null && <LoginPicture id={id} moment={Date.parse(startedAt)} />}
      </>
    );
  return (
    <Tabs defaultValue="console" keepMounted={false}>
      <Tabs.List>
        <Tabs.Tab value="console">Serial console</Tabs.Tab>
        <Tabs.Tab value="screen">Screen</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="console" pt="sm">
        <Console id={id} since={startedAt} running />
      </Tabs.Panel>
      <Tabs.Panel value="screen" pt="sm">
        <MachineScreen id={id} />
      </Tabs.Panel>
    </Tabs>
  );
}

/** What the machine has told so far. */
function Findings({ state }: { state: DriveState }) {
  const { running, loginSeconds, failedUnits, accelerated, reason, endsAt, image } = state;
  const login =
    loginSeconds !== null
      ? `yes, in ${formatDuration(loginSeconds)}`
      : running
        ? "not yet"
        : "no, as far as its serial console tells";
  return (
    <>
      <Text size="sm" role="status">
        <b>Boots to login:</b> {login}
        {accelerated ? "" : " (emulated, which is many times slower)"}.{" "}
        {running ? `It runs until ${new Date(endsAt).toLocaleTimeString()} at the latest.` : reason}
      </Text>
      <Text size="xs" c="dimmed">
        {image}
      </Text>
      {failedUnits.length > 0 && (
        <Alert color="yellow" variant="outline" title="Services that have failed">
          <List size="sm">
            {failedUnits.map((unit) => (
              <List.Item key={unit}>{unit}</List.Item>
            ))}
          </List>
        </Alert>
      )}
    </>
  );
}

function Start({ id, again, onStarted }: { id: string; again: boolean; onStarted: () => Promise<void> }) {
  const trpc = useTRPC();
  const [firmware, setFirmware] = useState<"bios" | "efi">("bios");
  const [memory, setMemory] = useState(1024);
  const start = useMutation(trpc.drives.start.mutationOptions({ onSuccess: onStarted }));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        start.mutate({ id, firmware, memory });
      }}
    >
      <Group align="end" gap="sm">
        <Select
          label="Firmware"
          w={130}
          allowDeselect={false}
          data={[
            { value: "bios", label: "BIOS" },
            { value: "efi", label: "EFI" },
          ]}
          value={firmware}
          onChange={(value) => setFirmware(value === "efi" ? "efi" : "bios")}
        />
        <NumberInput
          label="Memory in MiB"
          w={150}
          min={256}
          max={16_384}
          step={256}
          value={memory}
          onChange={(value) => setMemory(Number(value) || 1024)}
        />
        <Button type="submit" loading={start.isPending} leftSection={<IconPlayerPlay size={16} aria-hidden />}>
          {again ? "Start again" : "Start the machine"}
        </Button>
      </Group>
      {start.isError && (
        <Text size="sm" c="red" mt={6} role="alert">
          {errorMessage(start.error)}
        </Text>
      )}
    </form>
  );
}
