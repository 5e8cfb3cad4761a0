import { ActionIcon, Anchor, Badge, Group, Paper, Title } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useState } from "react";
import type { PackageChange, PackageItem, PackageSection } from "#lib/kiwi/language/index.ts";
import type { Target } from "../session/ways.ts";
import { AddNames } from "./add-names.tsx";
import classes from "./forms.module.css";
import { kindWords, sectionWords } from "./words.ts";

interface PackageSectionCardProps {
  section: PackageSection;
  /** Only entries with these are shown. */
  words: string;
  busy: boolean;
  onChange(change: PackageChange): Promise<boolean>;
  onGo(place: Target): void;
}

const MANY = 200;

/** One `<packages>` section: its entries, each to be taken out, and a field for more. */
export function PackageSectionCard({ section, words, busy, onChange, onGo }: PackageSectionCardProps) {
  const { path, line, type, profiles, items } = section;
  const [all, setAll] = useState(false);
  const found = items.filter(({ name }) => name.toLowerCase().includes(words));
  if (words !== "" && found.length === 0) return null;
  const shown = all ? found : found.slice(0, MANY);
  const title = sectionWords(type);
  // Several sections may be for the same; each is told from the others by its place.
  const name = [title, profiles, `${path} line ${line}`].filter(Boolean).join(", ");
  return (
    <Paper withBorder p="sm" component="section" aria-label={name}>
      <Group justify="space-between" gap="xs">
        <Group gap="xs">
          <Title order={2} size="h6">
            {title}
          </Title>
          {profiles !== "" && (
            <Badge variant="default" size="sm" tt="none">
              profiles: {profiles.replaceAll(",", ", ")}
            </Badge>
          )}
        </Group>
        <Anchor component="button" size="xs" onClick={() => onGo({ file: path, line })}>
          {path}:{line}
        </Anchor>
      </Group>
      {items.length > 0 && (
        <ul className={classes.items}>
          {shown.map((item) => (
            <Item key={`${item.path}:${item.start}`} item={item} busy={busy} onChange={onChange} onGo={onGo} />
          ))}
        </ul>
      )}
      {shown.length < found.length && (
        <Anchor component="button" size="sm" mt={6} onClick={() => setAll(true)}>
          Show all {found.length}
        </Anchor>
      )}
      <AddNames
        title={name}
        busy={busy}
        onAdd={(item, names) => onChange({ kind: "add", section: { path, start: section.start }, item, names })}
      />
    </Paper>
  );
}

function Item({
  item,
  busy,
  onChange,
  onGo,
}: { item: PackageItem } & Pick<PackageSectionCardProps, "busy" | "onChange" | "onGo">) {
  const { path, start, line, kind, name, architecture } = item;
  return (
    <li className={classes.item}>
      <Anchor
        component="button"
        size="sm"
        c="inherit"
        onClick={() => onGo({ file: path, line })}
        title={`${path}:${line}`}
      >
        {name}
      </Anchor>
      {(kind !== "package" || architecture !== "") && (
        <span className={classes.note}>
          {[kind === "package" ? "" : kindWords[kind], architecture].filter(Boolean).join(", ")}
        </span>
      )}
      <ActionIcon
        size={24}
        variant="subtle"
        color="gray"
        disabled={busy}
        aria-label={`Remove ${kindWords[kind]} ${name}`}
        onClick={() => void onChange({ kind: "remove", items: [{ path, start }] })}
      >
        <IconX size={14} />
      </ActionIcon>
    </li>
  );
}
