"use client";

import { ActionIcon, Group, Text, TextInput, Tooltip } from "@mantine/core";
import { IconChevronDown, IconChevronUp, IconLetterCase, IconRegex, IconX } from "@tabler/icons-react";
import type { KeyboardEvent, ReactNode, Ref } from "react";
import type { LogFindings, LogQuery } from "#lib/contracts/log.ts";
import { formatCount } from "../ui/format.ts";

export interface FindBarProps {
  query: LogQuery;
  onQuery: (query: LogQuery) => void;
  /** Null while nothing is known. */
  findings: LogFindings | null;
  hit: LogFindings["hit"];
  onStep: (step: 1 | -1) => void;
  onClose: () => void;
  inputRef: Ref<HTMLInputElement>;
}

/** Search in the log: Enter and F3 go on, with Shift back, Escape closes. */
export function FindBar({ query, onQuery, findings, hit, onStep, onClose, inputRef }: FindBarProps) {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" || event.key === "F3") onStep(event.shiftKey ? -1 : 1);
    else if (event.key === "Escape") onClose();
    else return;
    event.preventDefault();
  };
  const none = (findings?.lines ?? 0) === 0;
  return (
    <Group gap={4} wrap="nowrap" role="search" aria-label="Find in the log">
      <TextInput
        ref={inputRef}
        size="xs"
        w={200}
        aria-label="Find in the log"
        placeholder="Find in the log"
        value={query.text}
        error={findings?.problem !== null && findings?.problem !== undefined}
        onChange={(event) => onQuery({ ...query, text: event.currentTarget.value })}
        onKeyDown={onKeyDown}
      />
      <Choice
        label="Match case"
        chosen={query.matchCase}
        onChoose={(matchCase) => onQuery({ ...query, matchCase })}
        icon={<IconLetterCase size={16} />}
      />
      <Choice
        label="Regular expression"
        chosen={query.regex}
        onChoose={(regex) => onQuery({ ...query, regex })}
        icon={<IconRegex size={16} />}
      />
      <Text size="xs" miw={90} maw={320} ta="center" role="status">
        {query.text === "" ? "" : words(findings, hit)}
      </Text>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={26}
        aria-label="Previous match"
        disabled={none}
        onClick={() => onStep(-1)}
      >
        <IconChevronUp size={16} />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={26}
        aria-label="Next match"
        disabled={none}
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

function words(findings: LogFindings | null, hit: LogFindings["hit"]): string {
  if (findings === null) return "searching";
  const { problem, lines, searched, of } = findings;
  if (problem !== null) return problem;
  const sofar = searched < of - 64 ? ` so far, ${Math.floor((100 * searched) / of)} %` : "";
  if (lines === 0) return sofar === "" ? "no match" : `none${sofar}`;
  return `${hit === null ? "" : `${hit.index.toLocaleString("en")} of `}${formatCount(lines, "line")}${sofar}`;
}

function Choice(props: { label: string; chosen: boolean; onChoose: (chosen: boolean) => void; icon: ReactNode }) {
  const { label, chosen, onChoose, icon } = props;
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant={chosen ? "light" : "subtle"}
        color="gray"
        size={26}
        aria-label={label}
        aria-pressed={chosen}
        onClick={() => onChoose(!chosen)}
      >
        {icon}
      </ActionIcon>
    </Tooltip>
  );
}
