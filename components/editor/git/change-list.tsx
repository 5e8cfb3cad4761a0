import { ActionIcon, Button, Checkbox, Group, Modal, Text, Title, UnstyledButton, VisuallyHidden } from "@mantine/core";
import { IconArrowBackUp } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { GitChange, GitStatus } from "#lib/contracts/git.ts";
import { useTRPC } from "../../trpc.tsx";
import { errorMessage } from "../../ui/error-message.ts";
import { useFocusBack } from "../../ui/focus-back.ts";
import classes from "./git.module.css";
import { changeWords } from "./words.ts";

interface ChangeListProps {
  description: string;
  status: GitStatus;
  /** Files for the next commit. */
  chosen: ReadonlySet<string>;
  /** The file whose changes are shown. */
  shown: string | null;
  onChoose(path: string, chosen: boolean): void;
  onShow(path: string): void;
  after(): Promise<void>;
}

/** The files that are different from the last commit. */
export function ChangeList({ description, status, chosen, shown, onChoose, onShow, after }: ChangeListProps) {
  const [asked, setAsked] = useState<GitChange | null>(null);
  const { changes, truncated } = status;
  return (
    <section aria-label="Changed files">
      <Title order={2} size="sm">
        Changed files
      </Title>
      {changes.length === 0 && (
        <Text size="sm" c="dimmed" role="status">
          Nothing has changed since the last commit.
        </Text>
      )}
      <ul className={classes.list}>
        {changes.map((change) => {
          const { path, state } = change;
          const { letter, word } = changeWords[state];
          return (
            <li key={path} className={classes.item} data-shown={path === shown || undefined}>
              <Checkbox
                size="xs"
                aria-label={`Commit ${path}`}
                checked={chosen.has(path)}
                disabled={state === "conflict"}
                onChange={(event) => onChoose(path, event.currentTarget.checked)}
              />
              <UnstyledButton
                className={classes.path}
                aria-current={path === shown ? "true" : undefined}
                onClick={() => onShow(path)}
              >
                {path}
              </UnstyledButton>
              <span className={classes.state} title={word}>
                <span aria-hidden>{letter}</span>
                <VisuallyHidden>{word}</VisuallyHidden>
              </span>
              <ActionIcon
                size="sm"
                variant="subtle"
                color="gray"
                aria-label={`Discard the changes of ${path}`}
                title="Discard the changes"
                disabled={state === "conflict"}
                onClick={() => setAsked(change)}
              >
                <IconArrowBackUp size={14} aria-hidden />
              </ActionIcon>
            </li>
          );
        })}
      </ul>
      {truncated && (
        <Text size="xs" c="dimmed">
          There are more; commit these by hand.
        </Text>
      )}
      {asked && <DiscardDialog description={description} change={asked} after={after} onClose={() => setAsked(null)} />}
    </section>
  );
}

interface DiscardDialogProps {
  description: string;
  change: GitChange;
  after(): Promise<void>;
  onClose(): void;
}

function DiscardDialog({ description, change: { path, state, stamp }, after, onClose }: DiscardDialogProps) {
  useFocusBack();
  const trpc = useTRPC();
  const discard = useMutation(
    trpc.git.discard.mutationOptions({
      onSuccess: async () => {
        await after();
        onClose();
      },
      // What has come meanwhile is to be seen behind the dialog.
      onError: after,
    }),
  );
  return (
    <Modal
      opened
      onClose={onClose}
      title={state === "new" ? `Remove ${path}?` : `Discard the changes of ${path}?`}
      closeButtonProps={{ "aria-label": "Close this dialog" }}
      transitionProps={{ duration: 0 }}
    >
      <Text size="sm">
        {state === "new"
          ? "The last commit does not have this file: it is removed from disk and cannot be brought back."
          : "The file becomes what it was in the last commit. What is different on disk now cannot be brought back."}
      </Text>
      {discard.isError && (
        <Text size="sm" c="red" role="alert" mt="sm">
          {errorMessage(discard.error)}
        </Text>
      )}
      <Group justify="flex-end" mt="md" gap="sm">
        <Button variant="default" onClick={onClose} data-autofocus>
          Keep them
        </Button>
        <Button color="red" loading={discard.isPending} onClick={() => discard.mutate({ description, path, stamp })}>
          {state === "new" ? "Remove the file" : "Discard"}
        </Button>
      </Group>
    </Modal>
  );
}
