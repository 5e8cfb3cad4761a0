import { Button, Select, TextInput } from "@mantine/core";
import { type ClipboardEvent, type FormEvent, useState } from "react";
import { type ItemKind, itemKinds } from "#lib/kiwi/language/forms/item-kinds.ts";
import classes from "./forms.module.css";
import { namesIn } from "./names-in.ts";
import { kindWords } from "./words.ts";

interface AddNamesProps {
  /** Of the section that they are added to. */
  title: string;
  busy: boolean;
  onAdd(item: ItemKind, names: string[]): Promise<boolean>;
}

/** A field for one name, or a pasted list of them. */
export function AddNames({ title, busy, onAdd }: AddNamesProps) {
  const [text, setText] = useState("");
  const [kind, setKind] = useState<ItemKind>("package");
  const names = namesIn(text);

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
      <TextInput
        size="xs"
        flex={1}
        aria-label={`Add to ${title}`}
        placeholder="Names, or a pasted list"
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
        onPaste={paste}
      />
      <Button type="submit" size="xs" variant="default" disabled={busy || names.length === 0}>
        {names.length > 1 ? `Add ${names.length}` : "Add"}
      </Button>
    </form>
  );
}
