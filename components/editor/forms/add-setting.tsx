import { Button, type ComboboxParsedItem, Select, Text } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import type { FormChoice, FormPlace } from "#lib/kiwi/language/index.ts";
import { useForm } from "./form-context.ts";
import classes from "./forms.module.css";
import { NewThing } from "./new-thing.tsx";

/** They are shown and changed by other means. */
const elsewhere: ReadonlySet<string> = new Set(["packages", "include", "extension"]);

interface AddSettingProps {
  place: FormPlace;
  /** Children that are added elsewhere. */
  without: readonly string[];
  /** Absent = both. */
  only?: FormChoice["kind"] | undefined;
}

/** Finds something that the schema takes here, by its name or what is said of it, and adds it. */
export function AddSetting({ place, without, only }: AddSettingProps) {
  const { choices, load } = useChoices(place);
  const [chosen, setChosen] = useState<FormChoice | null>(null);
  const offered = (choices ?? []).filter(
    ({ name, kind }) => !elsewhere.has(name) && !without.includes(name) && (only === undefined || kind === only),
  );
  const byKey = new Map(offered.map((choice) => [`${choice.kind} ${choice.name}`, choice]));
  if (choices?.length === 0) return null;
  const group = (kind: FormChoice["kind"], label: string) => ({
    group: label,
    items: [...byKey]
      .filter(([, choice]) => choice.kind === kind)
      .map(([value, { name, objection }]) => ({ value, label: name, disabled: objection !== undefined })),
  });
  return (
    <>
      <Select
        className={classes.choose}
        size="xs"
        w="18rem"
        aria-label={`Add a setting to ${place.element}`}
        placeholder="Add a setting"
        leftSection={<IconPlus size={14} aria-hidden />}
        rightSection={null}
        searchable
        maxDropdownHeight={320}
        comboboxProps={{ width: 420, position: "bottom-start", transitionProps: { duration: 0 } }}
        nothingFoundMessage={choices === null ? "Looking…" : "The schema has nothing of that name here."}
        data={[group("attribute", "Attributes"), group("element", "Elements inside")]}
        value={null}
        onDropdownOpen={load}
        filter={({ options, search }) => {
          const words = search.trim().toLowerCase();
          const fits = (value: string) =>
            `${value} ${byKey.get(value)?.documentation ?? ""}`.toLowerCase().includes(words);
          return options.flatMap((option): ComboboxParsedItem[] => {
            if (!("group" in option)) return fits(option.value) ? [option] : [];
            const items = option.items.filter(({ value }) => fits(value));
            return items.length > 0 ? [{ ...option, items }] : [];
          });
        }}
        renderOption={({ option }) => {
          const choice = byKey.get(option.value);
          return (
            <span>
              <Text span size="sm" display="block">
                {option.label}
              </Text>
              <Text span size="xs" c="dimmed" lineClamp={2}>
                {choice?.objection ?? choice?.documentation}
              </Text>
            </span>
          );
        }}
        onChange={(value) => setChosen(byKey.get(value ?? "") ?? null)}
      />
      {chosen && (
        <NewThing key={`${chosen.kind} ${chosen.name}`} place={place} choice={chosen} onClose={() => setChosen(null)} />
      )}
    </>
  );
}

interface AddElementProps {
  place: FormPlace;
  element: string;
  /** What the button says. */
  label: string;
}

/** Adds an element of one kind. */
export function AddElement({ place, element, label }: AddElementProps) {
  const { busy } = useForm();
  const { load } = useChoices(place);
  const [choice, setChoice] = useState<FormChoice | null | undefined>(undefined);
  const ask = async () => {
    const found = await load();
    setChoice(found.find((one) => one.kind === "element" && one.name === element) ?? null);
  };
  return (
    <>
      <Button
        className={classes.choose}
        size="xs"
        variant="default"
        leftSection={<IconPlus size={14} aria-hidden />}
        disabled={busy}
        onClick={() => void ask()}
      >
        {label}
      </Button>
      {choice && <NewThing place={place} choice={choice} onClose={() => setChoice(undefined)} />}
      {choice === null && (
        <Text size="xs" c="dimmed" role="status">
          The schema takes no {element} here, or there is no schema to tell.
        </Text>
      )}
    </>
  );
}

/** What can be added to an element, asked for when somebody wants to know. */
function useChoices({ at, element }: FormPlace) {
  const { session, main } = useForm();
  const [choices, setChoices] = useState<readonly FormChoice[] | null>(null);
  async function load(): Promise<readonly FormChoice[]> {
    const found = await session.language.ask("formChoices", { path: main, place: { at, element } });
    setChoices(found);
    return found;
  }
  return { choices, load: () => load().catch(() => []) };
}
