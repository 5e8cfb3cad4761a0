import { ActionIcon, Text } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import type { FormField as Field, FormChange, FormPlace } from "#lib/kiwi/language/index.ts";
import { SeverityIcon } from "../problems/severity-icon.tsx";
import { useChange, useForm } from "./form-context.ts";
import classes from "./forms.module.css";
import { NewPassword } from "./new-password.tsx";
import { Refusal } from "./refusal.tsx";
import { ValueInput } from "./value-input.tsx";
import { WordsOf } from "./words-of.tsx";

interface FormFieldProps {
  place: FormPlace;
  field: Field;
  label: string;
  /** Takes it away; null where it has to be there. */
  removal: FormChange | null;
}

/** One value of the description: it goes into the text when the field is left, if the schema takes it. */
export function FormField({ place, field, label, removal }: FormFieldProps) {
  const { busy } = useForm();
  const { make, refused, forget } = useChange();
  const [typed, setTyped] = useState<string | null>(null);
  const [tried, setTried] = useState<string | null>(null);
  const written = field.value;
  // What has become of the text is what is shown.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the effect is for a new value
  useEffect(() => setTyped(null), [written]);

  function set(value: string) {
    // Leaving the field says nothing new.
    if (refused && value === tried) return;
    setTried(value);
    if (value === written) {
      setTyped(null);
      forget();
    } else if (value === "" && removal !== null) void make(removal);
    else void make({ kind: "set", place, fields: [{ name: field.name, value }] });
  }
  function leave() {
    setTyped(null);
    forget();
  }

  const errors = field.problems.filter(({ severity }) => severity === "error");
  const remarks = field.problems.filter(({ severity }) => severity !== "error");
  const error = refused ? (
    <Refusal refused={refused} onInstead={(change) => void make(change)} onClose={leave} />
  ) : (
    errors.map(({ message }) => message).join(" ")
  );
  const description = (
    <>
      <span className={classes.documentation} title={field.documentation}>
        <WordsOf text={field.documentation} />
        {field.expected !== "" && ` Must be ${field.expected}.`}
      </span>
      {remarks.map(({ severity, message }) => (
        <span key={message} className={classes.remark}>
          <SeverityIcon severity={severity} /> {message}
        </span>
      ))}
    </>
  );
  return (
    <div className={classes.field} data-typed={typed !== null || undefined}>
      {place.element === "user" && field.name === "password" ? (
        <NewPassword place={place} label={label} description={description} error={error} make={make} />
      ) : (
        <ValueInput
          facts={field}
          label={label}
          required={field.required && field.name !== null}
          value={typed ?? written}
          description={description}
          error={error}
          onChange={setTyped}
          onDone={set}
        />
      )}
      {removal !== null && (
        <ActionIcon
          className={classes.remove}
          size={24}
          variant="subtle"
          color="gray"
          aria-disabled={busy}
          aria-label={`Remove ${label} of ${place.element}`}
          title="Remove"
          onClick={() => !busy && void make(removal)}
        >
          <IconX size={14} aria-hidden />
        </ActionIcon>
      )}
      {typed !== null && !refused && (
        <Text className={classes.hint}>Enter, or leave the field, to change the text.</Text>
      )}
    </div>
  );
}
