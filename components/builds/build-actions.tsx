"use client";

import { Button, Group, Popover, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { IconPin, IconPinFilled, IconPlayerStop, IconRefresh } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { isFinal } from "#lib/builds/state.ts";
import type { Build } from "#lib/contracts/build.ts";
import { useTRPC } from "../trpc.tsx";
import { errorMessage } from "../ui/error-message.ts";
import { buildHref } from "../ui/links.ts";

/** Cancel while the build goes on, Rerun when it is over. */
export function BuildActions({ build }: { build: Build }) {
  if (!isFinal(build.state)) return <Cancel build={build} />;
  return (
    <Group gap="xs" wrap="nowrap">
      {build.results.length > 0 && build.removed === null && <Keep build={build} />}
      <Rerun build={build} />
    </Group>
  );
}

/** Results that are marked stay, whatever the rules for old ones say. */
function Keep({ build: { id, kept } }: { build: Build }) {
  const trpc = useTRPC();
  const keep = useMutation(trpc.builds.keep.mutationOptions({ onError: complain("The mark could not be set") }));
  return (
    <Button
      size="compact-sm"
      h={30}
      variant={kept ? "light" : "default"}
      aria-pressed={kept}
      title={kept ? "Its results are never removed by themselves." : "Never remove its results by themselves."}
      leftSection={kept ? <IconPinFilled size={16} /> : <IconPin size={16} />}
      loading={keep.isPending}
      onClick={() => keep.mutate({ id, kept: !kept })}
    >
      Keep
    </Button>
  );
}

const complain = (title: string) => (error: unknown) =>
  notifications.show({ color: "red", title, message: errorMessage(error), autoClose: 10_000 });

function Rerun({ build }: { build: Build }) {
  const trpc = useTRPC();
  const router = useRouter();
  const rerun = useMutation(
    trpc.builds.rerun.mutationOptions({
      onSuccess: ({ id }) => router.push(buildHref(id)),
      onError: complain("The build could not be started"),
    }),
  );
  return (
    <Button
      size="compact-sm"
      h={30}
      variant="default"
      leftSection={<IconRefresh size={16} />}
      loading={rerun.isPending}
      onClick={() => rerun.mutate({ id: build.id })}
    >
      Rerun
    </Button>
  );
}

function Cancel({ build }: { build: Build }) {
  const trpc = useTRPC();
  const [asking, ask] = useDisclosure(false);
  const cancel = useMutation(
    trpc.builds.cancel.mutationOptions({ onError: complain("The build could not be cancelled") }),
  );
  const cancelling = build.state === "cancelling";
  return (
    <Popover
      opened={asking}
      onChange={(open) => (open ? ask.open() : ask.close())}
      position="bottom-end"
      trapFocus
      withArrow
    >
      <Popover.Target>
        <Button
          size="compact-sm"
          h={30}
          variant="default"
          leftSection={<IconPlayerStop size={16} />}
          disabled={cancelling}
          loading={cancel.isPending}
          onClick={ask.toggle}
        >
          {cancelling ? "Cancelling" : "Cancel"}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs" maw={340}>
          <Text size="sm">KIWI is stopped and what it has mounted is taken down. The log stays.</Text>
          <Group gap="xs" justify="flex-end">
            <Button size="compact-sm" variant="default" onClick={ask.close}>
              Go on building
            </Button>
            <Button
              size="compact-sm"
              color="red"
              data-autofocus
              onClick={() => {
                ask.close();
                cancel.mutate({ id: build.id });
              }}
            >
              Cancel the build
            </Button>
          </Group>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
