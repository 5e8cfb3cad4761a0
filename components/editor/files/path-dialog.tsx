import { Button, Group, Modal, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { relativePathSchema } from "#lib/contracts/description.ts";
import { useFocusBack } from "../../ui/focus-back.ts";

interface PathDialogProps {
  title: string;
  /** What stands in the field at first. */
  path: string;
  about: string;
  confirm: string;
  onConfirm(path: string): void;
  onClose(): void;
}

/** Asks for the path of a file or folder. */
export function PathDialog({ title, path, about, confirm, onConfirm, onClose }: PathDialogProps) {
  useFocusBack();
  const [text, setText] = useState(path);
  const wanted = text.trim().replace(/\/$/, "");
  const isPath = relativePathSchema.safeParse(wanted).success;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (isPath && wanted !== path) onConfirm(wanted);
  }

  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      closeButtonProps={{ "aria-label": "Close this dialog" }}
      transitionProps={{ duration: 0 }}
    >
      <form onSubmit={submit}>
        <TextInput
          label="Path in the description's folder"
          description={about}
          error={
            wanted !== "" && !isPath && "Write names, with / between them, without .. and without / at the beginning."
          }
          value={text}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
          spellCheck={false}
          data-autofocus
        />
        <Group justify="flex-end" mt="md" gap="sm">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" disabled={!isPath || wanted === path}>
            {confirm}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
