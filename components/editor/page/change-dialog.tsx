import { Button, Group, List, Modal, ScrollArea, Text } from "@mantine/core";
import { useFocusBack } from "../../ui/focus-back.ts";

interface ChangeDialogProps {
  title: string;
  /** What is going to happen, or why nothing can. */
  about: string;
  /** What changes, or what gets lost, a line each. */
  lines?: readonly string[];
  /** What the button that does it says; absent = nothing can be done. */
  confirm?: string;
  onConfirm(): void;
  onClose(): void;
}

/** Says what a change of whole files does before it is done. */
export function ChangeDialog({ title, about, lines = [], confirm, onConfirm, onClose }: ChangeDialogProps) {
  useFocusBack();
  return (
    <Modal
      opened
      size="lg"
      onClose={onClose}
      title={title}
      closeButtonProps={{ "aria-label": "Close this dialog" }}
      transitionProps={{ duration: 0 }}
    >
      <Text size="sm" mb="xs">
        {about}
      </Text>
      {lines.length > 0 && (
        <ScrollArea.Autosize mah="50vh">
          <List size="sm">
            {lines.map((line) => (
              <List.Item key={line}>{line}</List.Item>
            ))}
          </List>
        </ScrollArea.Autosize>
      )}
      <Group justify="flex-end" mt="md" gap="sm">
        <Button variant="default" onClick={onClose}>
          {confirm === undefined ? "Close" : "Leave it as it is"}
        </Button>
        {confirm !== undefined && (
          <Button data-autofocus onClick={onConfirm}>
            {confirm}
          </Button>
        )}
      </Group>
    </Modal>
  );
}
