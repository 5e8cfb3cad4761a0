import { Button, Group, PasswordInput, Text, Title } from "@mantine/core";
import { type FormEvent, useEffect, useRef, useState } from "react";
import type { Blank, FormChange, FormChoice, FormPlace } from "#lib/kiwi/language/index.ts";
import { errorMessage } from "../../ui/error-message.ts";
import { useFocusBack } from "../../ui/focus-back.ts";
import { useChange, useForm } from "./form-context.ts";
import classes from "./forms.module.css";
import { Refusal } from "./refusal.tsx";
import { useHash } from "./use-hash.ts";
import { ValueInput } from "./value-input.tsx";
import { WordsOf } from "./words-of.tsx";

interface NewThingProps {
  place: FormPlace;
  choice: FormChoice;
  onClose(): void;
}

/** What has to be known before something is written: an element or attribute comes into the text whole. */
export function NewThing({ place, choice, onClose }: NewThingProps) {
  useFocusBack();
  const { busy } = useForm();
  const { make, refused, forget } = useChange();
  const hash = useHash();
  const [values, setValues] = useState(choice.blanks.map(({ suggested }) => suggested));
  const [failure, setFailure] = useState<string | null>(null);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector<HTMLElement>("input, textarea, button")?.focus(), []);

  async function add(event: FormEvent) {
    event.preventDefault();
    try {
      const written = await Promise.all(
        choice.blanks.map(async (blank, index) => {
          const value = values[index] ?? "";
          return isPassword(choice, blank) ? hash(value) : value;
        }),
      );
      setFailure(null);
      if (await make(changeOf(place, choice, written))) onClose();
    } catch (cause) {
      setFailure(errorMessage(cause));
    }
  }
  async function instead(change: FormChange) {
    if (await make(change)) onClose();
  }
  const set = (index: number, value: string) => {
    forget();
    setValues(values.with(index, value));
  };
  const incomplete = choice.blanks.some((blank, index) => !blank.optional && values[index] === "" && isNeeded(blank));
  return (
    <form
      ref={form}
      className={classes.card}
      aria-label={`New ${choice.name}`}
      onSubmit={(event) => void add(event)}
      onKeyDown={({ key }) => key === "Escape" && onClose()}
    >
      <Title order={4} size="h6">
        New: {choice.name}
      </Title>
      {choice.kind === "element" && choice.documentation !== "" && (
        <Text size="xs" c="dimmed">
          <WordsOf text={choice.documentation} />
        </Text>
      )}
      <div className={classes.fields}>
        {choice.blanks.map((blank, index) => (
          <BlankInput
            key={blank.label}
            blank={blank}
            password={isPassword(choice, blank)}
            value={values[index] ?? ""}
            onChange={(value) => set(index, value)}
          />
        ))}
      </div>
      {refused && <Refusal refused={refused} onInstead={(change) => void instead(change)} onClose={onClose} />}
      {failure !== null && (
        <Text size="xs" c="red" role="alert">
          {failure}
        </Text>
      )}
      <Group gap="xs" mt="xs">
        <Button type="submit" size="xs" disabled={busy || incomplete}>
          Add {choice.name}
        </Button>
        <Button size="xs" variant="default" onClick={onClose}>
          Cancel
        </Button>
      </Group>
    </form>
  );
}

interface BlankInputProps {
  blank: Blank;
  password: boolean;
  value: string;
  onChange(value: string): void;
}

function BlankInput({ blank, password, value, onChange }: BlankInputProps) {
  const description = (
    <span className={classes.documentation} title={blank.documentation}>
      <WordsOf text={blank.documentation} />
      {blank.expected !== "" && ` Must be ${blank.expected}.`}
    </span>
  );
  const required = !blank.optional && isNeeded(blank);
  if (password) {
    return (
      <PasswordInput
        size="xs"
        label={blank.label}
        description="Only its hash is written."
        autoComplete="new-password"
        required={required}
        value={value}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      />
    );
  }
  return (
    <ValueInput
      facts={blank}
      label={blank.label}
      description={description}
      required={required}
      clearable={blank.optional}
      value={value}
      onChange={onChange}
    />
  );
}

/** An empty text may be what is meant; an empty attribute hardly ever is. */
const isNeeded = ({ name }: Blank) => name !== null;

const isPassword = ({ name: thing }: FormChoice, { name }: Blank) =>
  name === "password" && (thing === "user" || thing === "users");

function changeOf(place: FormPlace, { kind, name }: FormChoice, values: readonly string[]): FormChange {
  const { at, element } = place;
  if (kind === "element") return { kind: "add", place: { at, element }, element: name, values };
  return { kind: "set", place: { at, element }, fields: [{ name, value: values[0] ?? "" }] };
}
