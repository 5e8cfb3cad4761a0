"use client";

import { ActionIcon, Tooltip } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { IconCheck, IconCopy } from "@tabler/icons-react";

/** Copies a short text; `what` names it, for example "SHA-256 of image.tar.xz". */
export function CopyIcon({ value, what }: { value: string; what: string }) {
  const clipboard = useClipboard({ timeout: 1500 });
  return (
    <Tooltip label={clipboard.copied ? "Copied" : `Copy ${what}`}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={26}
        aria-label={`Copy ${what}`}
        onClick={() => clipboard.copy(value)}
      >
        {clipboard.copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
      </ActionIcon>
    </Tooltip>
  );
}
