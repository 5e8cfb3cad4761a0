import { ActionIcon, UnstyledButton, VisuallyHidden } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import type { OpenFileState } from "../session/open-file.ts";
import classes from "./file-tabs.module.css";

interface FileTabsProps {
  files: readonly OpenFileState[];
  /** null = none of them is on screen. */
  active: string | null;
  onShow(path: string): void;
  onClose(path: string): void;
}

/** The open files; the last one cannot be closed. */
export function FileTabs({ files, active, onShow, onClose }: FileTabsProps) {
  return (
    <nav aria-label="Open files">
      <ul className={classes.tabs}>
        {files.map(({ path, dirty }) => {
          const name = path.slice(path.lastIndexOf("/") + 1);
          return (
            <li key={path} className={classes.tab} data-active={path === active || undefined}>
              <UnstyledButton
                className={classes.open}
                aria-current={path === active ? "true" : undefined}
                title={path}
                onClick={() => onShow(path)}
              >
                {name}
                {dirty && (
                  <>
                    <span aria-hidden> ●</span>
                    <VisuallyHidden>, changed</VisuallyHidden>
                  </>
                )}
              </UnstyledButton>
              {files.length > 1 && (
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  size={24}
                  mr={4}
                  aria-label={`Close ${name}`}
                  onClick={() => onClose(path)}
                >
                  <IconX size={14} aria-hidden />
                </ActionIcon>
              )}
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
