import { Button, Group, Modal, Stack, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { branchNameSchema } from "#lib/contracts/git.ts";
import { useTRPC } from "../../trpc.tsx";
import { errorMessage } from "../../ui/error-message.ts";
import { useFocusBack } from "../../ui/focus-back.ts";

interface BranchDialogProps {
  description: string;
  after(): Promise<void>;
  onClose(): void;
}

/** Begins a branch at the present commit; changes that are not committed go along. */
export function BranchDialog({ description, after, onClose }: BranchDialogProps) {
  useFocusBack();
  const trpc = useTRPC();
  const [name, setName] = useState("");
  const create = useMutation(
    trpc.git.switch.mutationOptions({
      onSuccess: async () => {
        await after();
        onClose();
      },
    }),
  );
  const checked = branchNameSchema.safeParse(name);
  const wrong = name !== "" && !checked.success ? checked.error.issues[0]?.message : undefined;
  return (
    <Modal
      opened
      onClose={onClose}
      title="New branch"
      closeButtonProps={{ "aria-label": "Close this dialog" }}
      transitionProps={{ duration: 0 }}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (checked.success) create.mutate({ description, branch: name, create: true });
        }}
      >
        <Stack gap="sm">
          <TextInput
            label="Name"
            description="It begins at the last commit. What is not committed stays as it is."
            value={name}
            error={wrong ?? (create.isError ? errorMessage(create.error) : undefined)}
            onChange={(event) => {
              setName(event.currentTarget.value);
              create.reset();
            }}
            data-autofocus
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" disabled={!checked.success} loading={create.isPending}>
              Create
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
