import { Autocomplete, Button, Group, Select, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type ClipboardEvent, type FormEvent, useState } from "react";
import type { OfferedPackage } from "#lib/contracts/packages.ts";
import { type ItemKind, itemKinds } from "#lib/kiwi/language/forms/item-kinds.ts";
import { formatBytes } from "../../ui/format.ts";
import { useForm } from "./form-context.ts";
import classes from "./forms.module.css";
import { namesIn } from "./names-in.ts";
import { kindWords } from "./words.ts";

interface AddNamesProps {
  /** Of the section that they are added to. */
  title: string;
  busy: boolean;
  onAdd(item: ItemKind, names: string[]): Promise<boolean>;
}

/** A field for one name, or a pasted list of them; what repositories offer is shown while a name is typed. */
export function AddNames({ title, busy, onAdd }: AddNamesProps) {
  const [text, setText] = useState("");
  const [kind, setKind] = useState<ItemKind>("package");
  const names = namesIn(text);
  const word = /[^\s,;"'<>]*$/.exec(text)?.[0] ?? "";
  const before = text.slice(0, text.length - word.length);
  const offered = useOffered(kind === "package" || kind === "ignore" ? word : "");

  async function add(event: FormEvent) {
    event.preventDefault();
    if (names.length > 0 && (await onAdd(kind, names))) setText("");
  }

  /** Line ends are lost in a field of one line; they part names too. */
  function paste(event: ClipboardEvent<HTMLInputElement>) {
    const pasted = event.clipboardData.getData("text");
    if (!/[\r\n]/.test(pasted)) return;
    event.preventDefault();
    setText(`${text} ${namesIn(pasted).join(" ")}`.trim());
  }

  return (
    <form className={classes.add} onSubmit={(event) => void add(event)}>
      <Select
        size="xs"
        w="8rem"
        aria-label={`Kind of entry for ${title}`}
        data={itemKinds.map((one) => ({ value: one, label: kindWords[one] }))}
        value={kind}
        allowDeselect={false}
        onChange={(value) => setKind(itemKinds.find((one) => one === value) ?? "package")}
      />
      <Autocomplete
        size="xs"
        flex={1}
        aria-label={`Add to ${title}`}
        placeholder="Names, or a pasted list"
        value={text}
        onChange={setText}
        onPaste={paste}
        // What is chosen takes the place of the word that is typed.
        data={offered.map(({ name }) => ({ value: name, label: before + name }))}
        filter={({ options }) => options}
        renderOption={({ option }) => <Offer offered={offered.find(({ name }) => name === option.value)} />}
        maxDropdownHeight={240}
      />
      <Button type="submit" size="xs" variant="default" disabled={busy || names.length === 0}>
        {names.length > 1 ? `Add ${names.length}` : "Add"}
      </Button>
    </form>
  );
}

/** What the repositories offer for a word. */
function useOffered(word: string): OfferedPackage[] {
  const { session } = useForm();
  const [settled] = useDebouncedValue(word, 200);
  const { data } = useQuery({
    queryKey: ["offered packages", settled],
    queryFn: () => session.packages.search(settled),
    enabled: settled.length > 1,
    placeholderData: keepPreviousData,
  });
  return word.length > 1 ? (data ?? []) : [];
}

function Offer({ offered }: { offered: OfferedPackage | undefined }) {
  if (offered === undefined) return null;
  const { name, version, installedSize, summary } = offered;
  return (
    <div>
      <Group gap="xs" justify="space-between">
        <Text size="sm">{name}</Text>
        <Text size="xs" c="dimmed">
          {[version, installedSize === null ? "" : formatBytes(installedSize)].filter(Boolean).join(", ")}
        </Text>
      </Group>
      <Text size="xs" c="dimmed" lineClamp={1}>
        {summary}
      </Text>
    </div>
  );
}
