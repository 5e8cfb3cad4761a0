"use client";

import { UnstyledButton } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { Spotlight, spotlight } from "@mantine/spotlight";
import { IconSearch } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { usePathname, useRouter } from "next/navigation";
import { type KeyboardEvent, useState } from "react";
import { useTRPC } from "../trpc.tsx";
import { formatAgo } from "../ui/format.ts";
import { buildHref, descriptionAt, descriptionHref, descriptionLineHref } from "../ui/links.ts";
import { useNow } from "../ui/now.ts";
import classes from "./command-palette.module.css";
import { places } from "./places.ts";

/** A word shorter than this is on every second line. */
const SHORTEST_WORDS = 2;
const MOST_OF_A_KIND = 8;

interface Entry {
  key: string;
  label: string;
  note?: string;
  href: string;
}

/** Ctrl+K: goes to pages, descriptions and builds by name, and to any line of any description by words. */
export function CommandPalette() {
  const [words, setWords] = useState("");
  const [opened, setOpened] = useState(false);
  return (
    <>
      <UnstyledButton className={classes.opener} onClick={spotlight.open} aria-keyshortcuts="Control+K">
        <IconSearch size={16} aria-hidden />
        <span className={classes.openerWords}>Search</span>
        <kbd className={classes.keys} aria-hidden>
          Ctrl K
        </kbd>
      </UnstyledButton>
      <Spotlight.Root
        query={words}
        onQueryChange={setWords}
        onSpotlightOpen={() => setOpened(true)}
        onSpotlightClose={() => setOpened(false)}
        shortcut="mod + K"
        scrollable
        maxHeight="70vh"
        title="Search"
        classNames={{ header: classes.unseen ?? "" }}
      >
        <Spotlight.Search
          placeholder="A page, a description, a build, or words in a file"
          leftSection={<IconSearch size={18} aria-hidden />}
          aria-label="Search"
          onKeyDown={openFirst}
        />
        {opened && <Found words={words.trim()} />}
      </Spotlight.Root>
    </>
  );
}

/** Enter opens what stands first where nothing was chosen: what is found comes after the choice of the dialog itself. */
function openFirst({ key, currentTarget }: KeyboardEvent<HTMLInputElement>) {
  const dialog = currentTarget.closest('[role="dialog"]');
  if (key !== "Enter" || dialog?.querySelector("[data-selected]")) return;
  dialog?.querySelector<HTMLElement>("[data-action]")?.click();
}

function Found({ words }: { words: string }) {
  const trpc = useTRPC();
  const router = useRouter();
  const [slow] = useDebouncedValue(words, 200);
  const near = descriptionAt(usePathname() ?? "");
  const { data: listed } = useQuery(trpc.descriptions.list.queryOptions());
  const { data: recent } = useQuery(trpc.builds.list.queryOptions({ limit: 50 }));
  const lines = useQuery(
    trpc.descriptions.search.queryOptions(
      { words: slow, near },
      { enabled: slow.length >= SHORTEST_WORDS, placeholderData: keepPreviousData },
    ),
  );
  const now = useNow(true, 30_000);
  const descriptions = (listed?.descriptions ?? []).map(
    ({ id, facts }): Entry => ({ key: id, label: facts?.name ?? id, note: id, href: descriptionHref(id) }),
  );
  const builds = (recent?.builds ?? []).map(
    ({ id, imageName, description, type, state, queuedAt }): Entry => ({
      key: id,
      label: `${imageName ?? description}, ${type ?? "default type"}`,
      note: `${state}, ${formatAgo(queuedAt, now)}`,
      href: buildHref(id),
    }),
  );
  const findings = slow.length < SHORTEST_WORDS ? [] : (lines.data ?? []);
  const groups: [string, Entry[]][] = [
    ["Pages", fitting(pages, words)],
    ["Descriptions", fitting(descriptions, words)],
    ["Builds", fitting(builds, words)],
    [
      "In the files",
      findings.map(({ description, file, line, text }) => ({
        key: `${description} ${file} ${line}`,
        label: text,
        note: `${file}, line ${line}, of ${description}`,
        href: descriptionLineHref(description, file, line),
      })),
    ],
  ];
  const shown = groups.filter(([, entries]) => entries.length > 0);
  return (
    <Spotlight.ActionsList>
      {shown.map(([label, entries]) => (
        <Spotlight.ActionsGroup key={label} label={label}>
          {entries.map(({ key, label: name, note, href }) => (
            <Spotlight.Action
              key={key}
              label={name}
              {...(note === undefined ? {} : { description: note })}
              onClick={() => router.push(href)}
            />
          ))}
        </Spotlight.ActionsGroup>
      ))}
      {shown.length === 0 && (
        <Spotlight.Empty>{lines.isFetching ? "Looking …" : "Nothing has these words."}</Spotlight.Empty>
      )}
    </Spotlight.ActionsList>
  );
}

const pages = places.map(({ href, label }): Entry => ({ key: href, label, href }));

/** The entries that hold all words; the first few where nothing is asked for. */
function fitting(entries: readonly Entry[], words: string): Entry[] {
  const wanted = words.toLowerCase().split(/\s+/);
  return entries
    .filter(({ label, note }) => wanted.every((word) => `${label} ${note ?? ""}`.toLowerCase().includes(word)))
    .slice(0, MOST_OF_A_KIND);
}
