import { Button, Paper, Select, TextInput, Title } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { PackageChange } from "#lib/kiwi/language/index.ts";
import classes from "./forms.module.css";
import { sectionWords } from "./words.ts";

const types = ["image", "bootstrap", "delete", "uninstall"].map((type) => ({ value: type, label: sectionWords(type) }));

interface NewSectionProps {
  busy: boolean;
  onChange(change: PackageChange): Promise<boolean>;
}

/** Makes another section, for all profiles or for some. */
export function NewSection({ busy, onChange }: NewSectionProps) {
  const [type, setType] = useState("image");
  const [profiles, setProfiles] = useState("");

  async function add(event: FormEvent) {
    event.preventDefault();
    const written = profiles
      .split(/[\s,]+/)
      .filter(Boolean)
      .join(",");
    if (await onChange({ kind: "add-section", type, profiles: written, names: [] })) setProfiles("");
  }

  return (
    <Paper withBorder p="sm" component="section" aria-label="New section">
      <Title order={2} size="h6">
        New section
      </Title>
      <form className={classes.add} onSubmit={(event) => void add(event)}>
        <Select
          size="xs"
          w="16rem"
          aria-label="Purpose of the new section"
          data={types}
          value={type}
          allowDeselect={false}
          onChange={(value) => setType(value ?? "image")}
        />
        <TextInput
          size="xs"
          flex="1 1 12rem"
          aria-label="Profiles of the new section"
          placeholder="Profiles, with commas; none = all"
          value={profiles}
          onChange={({ currentTarget }) => setProfiles(currentTarget.value)}
        />
        <Button type="submit" size="xs" variant="default" disabled={busy}>
          Add section
        </Button>
      </form>
    </Paper>
  );
}
