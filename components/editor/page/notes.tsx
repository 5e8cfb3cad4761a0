import { Alert, Button, Group, Text } from "@mantine/core";
import { IconInfoCircle } from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { OpenFileState } from "../session/open-file.ts";

interface NotesProps {
  file: OpenFileState;
  onDiscard(): void;
  onCompare(): void;
}

/** What the author should know of the file in the editor. */
export function Notes({ file, onDiscard, onCompare }: NotesProps) {
  return (
    <>
      {file.restored !== null && file.dirty && (
        <Note
          actions={
            <>
              {file.restored === "changed-meanwhile" && (
                <Button size="compact-xs" variant="default" onClick={onCompare}>
                  Compare
                </Button>
              )}
              <Button size="compact-xs" variant="default" onClick={onDiscard}>
                Discard it
              </Button>
            </>
          }
        >
          Unsaved text of your last visit was put back.
          {file.restored === "removed-meanwhile" &&
            " The file is gone from disk; saving asks whether to make it again."}
          {file.restored === "changed-meanwhile" && " The file on disk has changed since then; saving will show both."}
        </Note>
      )}
      {!file.writable && <Note>The Workbench may not write this file. It can be read here, not changed.</Note>}
      {file.mixedLineEndings && file.dirty && (
        <Note>This file mixes two kinds of line endings. Saving makes them alike.</Note>
      )}
      {file.draftRefused && <Note>The browser's storage is full: unsaved text would not survive a reload.</Note>}
    </>
  );
}

function Note({ children, actions }: { children: ReactNode; actions?: ReactNode }) {
  return (
    <Alert variant="light" color="blue" radius={0} py={6} px="sm" icon={<IconInfoCircle aria-hidden />} role="status">
      <Group gap="sm">
        <Text size="sm">{children}</Text>
        {actions}
      </Group>
    </Alert>
  );
}
