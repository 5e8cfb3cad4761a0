"use client";

import { ActionIcon, Group, Text, TextInput } from "@mantine/core";
import { IconChevronDown, IconChevronUp, IconX } from "@tabler/icons-react";
import type { KeyboardEvent, Ref } from "react";

export interface FindBarProps {
  query: string;
  onQuery: (query: string) => void;
  /** Number of hits, and which of them the search stands at, from 0. */
  count: number;
  current: number | null;
  onStep: (step: 1 | -1) => void;
  onClose: () => void;
  inputRef: Ref<HTMLInputElement>;
}

/** Search in the log: Enter and F3 go on, with Shift back, Escape closes. */
export function FindBar({ query, onQuery, count, current, onStep, onClose, inputRef }: FindBarProps) {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" || event.key === "F3") onStep(event.shiftKey ? -1 : 1);
    else if (event.key === "Escape") onClose();
    else return;
    event.preventDefault();
  };
  const words =
    query === ""
      ? ""
      : count === 0
        ? "no match"
        : `${current === null ? "–" : (current + 1).toLocaleString("en")} of ${count.toLocaleString("en")}`;
  return (
    <Group gap={4} wrap="nowrap" role="search" aria-label="Find in the log">
      <TextInput
        ref={inputRef}
        size="xs"
        w={200}
        aria-label="Find in the log"
        placeholder="Find in the log"
        value={query}
        onChange={(event) => onQuery(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <Text size="xs" miw={80} ta="center" role="status">
        {words}
      </Text>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={26}
        aria-label="Previous match"
        disabled={count === 0}
        onClick={() => onStep(-1)}
      >
        <IconChevronUp size={16} />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={26}
        aria-label="Next match"
        disabled={count === 0}
        onClick={() => onStep(1)}
      >
        <IconChevronDown size={16} />
      </ActionIcon>
      <ActionIcon variant="subtle" color="gray" size={26} aria-label="Close find" onClick={onClose}>
        <IconX size={16} />
      </ActionIcon>
    </Group>
  );
}
