import { Button, Group, Modal, Text } from "@mantine/core";
import { useFocusBack } from "../../ui/focus-back.ts";

interface CloseDialogProps {
  path: string;
  onSave(): void;
  onDiscard(): void;
  onCancel(): void;
}

/** Asked before a file with unsaved text is closed. */
export function CloseDialog({ path, onSave, onDiscard, onCancel }: CloseDialogProps) {
  useFocusBack();
  return (
    <Modal
      opened
      onClose={onCancel}
      title={`${path} is not saved`}
      closeButtonProps={{ "aria-label": "Close this dialog" }}
      transitionProps={{ duration: 0 }}
    >
      <Text size="sm">Save your changes before the file is closed?</Text>
      <Group justify="flex-end" mt="md" gap="sm">
        <Button variant="default" onClick={onCancel}>
          Keep it open
        </Button>
        <Button variant="default" color="red" onClick={onDiscard}>
          Discard changes
        </Button>
        <Button data-autofocus onClick={onSave}>
          Save and close
        </Button>
      </Group>
    </Modal>
  );
}
