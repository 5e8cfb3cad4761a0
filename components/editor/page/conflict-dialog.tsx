import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useFocusBack } from "../../ui/focus-back.ts";
import { DiffEditor } from "../monaco/diff-editor.tsx";
import { fileLanguage } from "../monaco/file-language.ts";
import type { Conflict } from "../session/open-files.ts";

interface ConflictDialogProps {
  conflict: Conflict;
  /** The text in the editor. */
  mine: string;
  saving: boolean;
  /** Ends the conflict with this text. */
  onSettle(text: string): void;
  /** Decides later; the text of the right side goes on as unsaved text. */
  onLater(text: string): void;
}

/** The version on disk and the unsaved one side by side. Whatever is chosen, undo in the editor brings the other back. */
export function ConflictDialog({ conflict, mine, saving, onSettle, onLater }: ConflictDialogProps) {
  useFocusBack();
  const [right, setRight] = useState(mine);
  const { path, theirs } = conflict;
  return (
    <Modal
      opened
      onClose={() => onLater(right)}
      size="min(90rem, 95vw)"
      title={`${path} has changed on disk`}
      closeButtonProps={{ "aria-label": "Decide later" }}
      // Escape belongs to the search in the text.
      closeOnEscape={false}
      closeOnClickOutside={false}
      transitionProps={{ duration: 0 }}
    >
      <Stack gap="sm" h="75dvh">
        <Text size="sm">
          {theirs
            ? "Left: the file as it is on disk now. Right: your text, which you can go on editing here."
            : "The file was removed from disk. Right: your text, which you can go on editing here."}
        </Text>
        <div style={{ flex: 1, minHeight: 0 }}>
          <DiffEditor
            language={fileLanguage(path, mine)}
            left={theirs?.text ?? ""}
            right={mine}
            leftLabel={`${path} on disk`}
            rightLabel={`Your text of ${path}`}
            onRight={setRight}
          />
        </div>
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={() => onLater(right)}>
            Decide later
          </Button>
          {theirs && (
            <Button variant="default" disabled={saving} onClick={() => onSettle(theirs.text)}>
              Take theirs
            </Button>
          )}
          <Button loading={saving} onClick={() => onSettle(right)}>
            {right === mine ? "Keep mine" : "Save the right side"}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
