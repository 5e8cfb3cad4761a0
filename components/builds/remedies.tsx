"use client";

import { Anchor, Button, Group, Modal, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconPencil } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import type { Build } from "#lib/contracts/build.ts";
import type { OfferedEdit } from "#lib/contracts/failure-rule.ts";
import { useTRPC } from "../trpc.tsx";
import { errorMessage } from "../ui/error-message.ts";
import { descriptionLineHref } from "../ui/links.ts";
import { Patch } from "./file-change.tsx";

/** Remedies that are changes of the description: each is shown as a diff before it is made. */
export function Remedies({ build, edits }: { build: Build; edits: readonly OfferedEdit[] }) {
  const [shown, show] = useState<OfferedEdit | null>(null);
  if (edits.length === 0) return null;
  return (
    <Group gap="xs" mt={6} role="group" aria-label="Changes that may mend it">
      {edits.map((edit) => (
        <Button
          key={`${edit.path} ${edit.title}`}
          size="compact-sm"
          variant="default"
          leftSection={<IconPencil size={14} aria-hidden />}
          onClick={() => show(edit)}
        >
          {edit.title}
        </Button>
      ))}
      <Modal opened={shown !== null} onClose={() => show(null)} title={shown?.title} size="xl">
        {shown && <Acceptance build={build} edit={shown} onDone={() => show(null)} />}
      </Modal>
    </Group>
  );
}

function Acceptance({ build, edit, onDone }: { build: Build; edit: OfferedEdit; onDone: () => void }) {
  const { path, text, version, patch, title } = edit;
  const trpc = useTRPC();
  const client = useQueryClient();
  const complain = (message: string) =>
    notifications.show({ color: "red", title: "The file was not changed", message, autoClose: 10_000 });
  const write = useMutation(
    trpc.files.write.mutationOptions({
      onSuccess: ({ outcome }) => {
        onDone();
        void client.invalidateQueries({ queryKey: trpc.builds.explanation.queryKey({ id: build.id }) });
        if (outcome === "conflict") return complain(`${path} has changed meanwhile. What is offered is made anew.`);
        const line = Number(/^@@ -\d+(?:,\d+)? \+(\d+)/m.exec(patch)?.[1] ?? 1) + 3;
        notifications.show({
          title,
          autoClose: 10_000,
          message: (
            <Anchor component={Link} href={descriptionLineHref(build.description, path, line)} size="sm">
              {path} is changed: look at it in the editor
            </Anchor>
          ),
        });
      },
      onError: (error) => complain(errorMessage(error)),
    }),
  );
  return (
    <>
      <Text size="sm" mb="xs">
        The change of {path} as it is now:
      </Text>
      <Patch path={path} patch={patch} />
      <Group justify="flex-end" gap="xs" mt="sm">
        <Button variant="default" onClick={onDone}>
          Leave it
        </Button>
        <Button
          data-autofocus
          loading={write.isPending}
          onClick={() => write.mutate({ description: build.description, path, text, version })}
        >
          Change the file
        </Button>
      </Group>
    </>
  );
}
