import { useState } from "react";
import type { FileEntry } from "#lib/contracts/description.ts";
import { Failure } from "../../ui/failure.tsx";
import { SideSection } from "../page/side.tsx";
import type { EditorSession } from "../session/editor-session.ts";
import { FileMenu } from "./file-menu.tsx";
import { FileTree, type FileTreeProps } from "./file-tree.tsx";
import { useFileChanges } from "./use-file-changes.ts";

interface FilesSectionProps extends Omit<FileTreeProps, "entries" | "onFocus" | "onMenu"> {
  session: EditorSession;
  description: string;
  main: string;
  entries: readonly FileEntry[] | undefined;
  error: unknown;
  onRetry(): void;
}

/** The files of the description, and what can be done with them. */
export function FilesSection({ session, description, main, entries, error, onRetry, ...tree }: FilesSectionProps) {
  const fileChanges = useFileChanges(session, description);
  const [focused, setFocused] = useState<string | null>(null);
  const [menu, setMenu] = useState(false);
  const entry = entries?.find(({ path }) => path === (focused ?? tree.active));
  return (
    <SideSection
      name="Files"
      id="files"
      actions={
        <FileMenu
          entry={entry}
          main={main}
          active={tree.active}
          changes={fileChanges}
          onOpen={tree.onOpen}
          opened={menu}
          onOpened={setMenu}
        />
      }
    >
      {entries && <FileTree entries={entries} {...tree} onFocus={setFocused} onMenu={() => setMenu(true)} />}
      {error !== null && <Failure title="The files could not be listed" error={error} retry={onRetry} />}
    </SideSection>
  );
}
