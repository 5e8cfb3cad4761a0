"use client";

import { ActionIcon } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconChevronDown, IconChevronUp } from "@tabler/icons-react";
import { CopyIcon } from "../ui/copy-button.tsx";
import { formatCommand } from "../ui/format.ts";
import classes from "./build-header.module.css";

/** KIWI's exact command line on one line, to be opened and copied. */
export function CommandLine({ command }: { command: readonly string[] }) {
  const [open, { toggle }] = useDisclosure(false);
  const text = formatCommand(command);
  return (
    <div className={classes.command} data-open={open}>
      <code aria-label="Command line">{text}</code>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={26}
        aria-label="Show the whole command line"
        aria-expanded={open}
        onClick={toggle}
      >
        {open ? <IconChevronUp size={16} /> : <IconChevronDown size={16} />}
      </ActionIcon>
      <CopyIcon value={text} what="command line" />
    </div>
  );
}
