import { useState } from "react";
import { FileTabs } from "../files/file-tabs.tsx";
import type { OpenFileState } from "../session/open-file.ts";
import type { OpenFiles } from "../session/open-files.ts";
import { CloseDialog } from "./close-dialog.tsx";

interface OpenTabsProps {
  open: OpenFiles;
  files: readonly OpenFileState[];
  active: string;
  /** False while something else than a file is on screen. */
  onScreen: boolean;
  show(path: string): Promise<void>;
  save(path: string): Promise<boolean>;
}

/** The tabs, and what closing one of them takes: another file to show, and a decision where text is unsaved. */
export function OpenTabs({ open, files, active, onScreen, show, save }: OpenTabsProps) {
  const [asked, setAsked] = useState<string | null>(null);

  async function close(path: string) {
    const at = files.findIndex((file) => file.path === path);
    const next = files[at + 1] ?? files[at - 1];
    if (path === active && next) await show(next.path);
    open.close(path);
  }

  return (
    <>
      <FileTabs
        files={files}
        active={onScreen ? active : null}
        onShow={(path) => void show(path)}
        onClose={(path) => (open.get(path)?.dirty ? setAsked(path) : void close(path))}
      />
      {asked !== null && (
        <CloseDialog
          path={asked}
          onCancel={() => setAsked(null)}
          onSave={() => {
            setAsked(null);
            void save(asked).then((saved) => (saved ? close(asked) : undefined));
          }}
          onDiscard={() => {
            setAsked(null);
            open.discard(asked);
            void close(asked);
          }}
        />
      )}
    </>
  );
}
