import { ActionIcon, Menu } from "@mantine/core";
import {
  IconDots,
  IconFilePlus,
  IconFolderPlus,
  IconPencil,
  IconPlayerPlay,
  IconTrash,
  IconUpload,
} from "@tabler/icons-react";
import { useRef, useState } from "react";
import type { FileEntry } from "#lib/contracts/description.ts";
import { ChangeDialog } from "../page/change-dialog.tsx";
import { PathDialog } from "./path-dialog.tsx";
import type { FileChanges } from "./use-file-changes.ts";

interface FileMenuProps {
  /** What the tree's line in focus stands for. */
  entry: FileEntry | undefined;
  /** The image file: it stays where it is. */
  main: string;
  /** The file in the editor. */
  active: string;
  changes: FileChanges;
  onOpen(path: string): void;
  opened: boolean;
  onOpened(opened: boolean): void;
}

type Asking = "file" | "folder" | "move" | "remove" | null;

/** What can be done with the files of the description. */
export function FileMenu({ entry, main, active, changes, onOpen, opened, onOpened }: FileMenuProps) {
  const [asking, setAsking] = useState<Asking>(null);
  const chooser = useRef<HTMLInputElement>(null);
  const close = () => setAsking(null);
  const folder =
    entry === undefined ? "" : entry.kind === "directory" ? entry.path : entry.path.split("/").slice(0, -1).join("/");
  const inside = folder === "" ? "" : `${folder}/`;
  const changeable = entry !== undefined && entry.path !== main && !main.startsWith(`${entry.path}/`);
  const isExecutable = entry !== undefined && (entry.mode & 0o111) !== 0;
  const what = entry?.path ?? "";

  return (
    <>
      <Menu position="bottom-end" opened={opened} onChange={onOpened} withinPortal>
        <Menu.Target>
          <ActionIcon size={24} variant="subtle" color="gray" aria-label="Files: new, upload, rename, delete">
            <IconDots size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconFilePlus size={16} />} onClick={() => setAsking("file")}>
            New file
          </Menu.Item>
          <Menu.Item leftSection={<IconFolderPlus size={16} />} onClick={() => setAsking("folder")}>
            New folder
          </Menu.Item>
          <Menu.Item leftSection={<IconUpload size={16} />} onClick={() => chooser.current?.click()}>
            Upload files{folder === "" ? "" : ` into ${folder}`}
          </Menu.Item>
          {changeable && (
            <>
              <Menu.Divider />
              <Menu.Label>{what}</Menu.Label>
              <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => setAsking("move")}>
                Rename or move
              </Menu.Item>
              {entry.kind === "file" && (
                <Menu.Item
                  leftSection={<IconPlayerPlay size={16} />}
                  onClick={() => void changes.setExecutable(what, !isExecutable)}
                >
                  {isExecutable ? "Make it not executable" : "Make it executable"}
                </Menu.Item>
              )}
              <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={() => setAsking("remove")}>
                Delete
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      <input
        ref={chooser}
        type="file"
        multiple
        hidden
        aria-label="Files to upload"
        onChange={({ currentTarget }) => {
          void changes.upload(folder, [...(currentTarget.files ?? [])]);
          currentTarget.value = "";
        }}
      />
      {asking === "file" && (
        <PathDialog
          title="New file"
          path={inside}
          about="Folders that are missing are made. Everything below root/ is copied into the image."
          confirm="Make the file"
          onConfirm={(path) => {
            close();
            void changes.makeFile(path).then((made) => made && onOpen(path));
          }}
          onClose={close}
        />
      )}
      {asking === "folder" && (
        <PathDialog
          title="New folder"
          path={inside}
          about="Folders that are missing above it are made as well."
          confirm="Make the folder"
          onConfirm={(path) => {
            close();
            void changes.makeFolder(path);
          }}
          onClose={close}
        />
      )}
      {asking === "move" && (
        <PathDialog
          title={`Rename or move ${what}`}
          path={what}
          about="What names it in the description, an include for example, is not changed with it."
          confirm="Move it"
          onConfirm={(path) => {
            close();
            void changes.move(what, path).then((moved) => moved && entry?.kind === "file" && onOpen(path));
          }}
          onClose={close}
        />
      )}
      {asking === "remove" && (
        <ChangeDialog
          title={`Delete ${what}?`}
          about={
            entry?.kind === "directory"
              ? "The folder goes with all that is in it, and cannot be brought back from here."
              : "It cannot be brought back from here."
          }
          confirm="Delete"
          onConfirm={() => {
            close();
            const shown = active === what || active.startsWith(`${what}/`);
            void changes.remove(what).then((removed) => removed && shown && onOpen(main));
          }}
          onClose={close}
        />
      )}
    </>
  );
}
