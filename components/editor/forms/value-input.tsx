import { Autocomplete, Select, Textarea, TextInput } from "@mantine/core";
import type { KeyboardEvent, ReactNode } from "react";
import type { FieldFacts } from "#lib/kiwi/language/index.ts";

interface ValueInputProps {
  facts: FieldFacts;
  label: ReactNode;
  value: string;
  description?: ReactNode;
  error?: ReactNode;
  required?: boolean;
  clearable?: boolean;
  rightSection?: ReactNode;
  onChange(value: string): void;
  /** The value is meant as it is: a choice was made, the field was left, or Enter pressed. */
  onDone?(value: string): void;
}

/** From so many on values are found by typing. */
const MANY = 8;

/** The input that fits what a value may be: a choice, words with suggestions, one line or several. */
export function ValueInput({ facts, value, clearable, onChange, onDone, ...rest }: ValueInputProps) {
  const { values, closed } = facts;
  const common = { size: "xs", ...rest } as const;
  if (closed) {
    const data = value === "" || values.includes(value) ? values : [value, ...values];
    return (
      <Select
        {...common}
        data={[...data]}
        value={value === "" ? null : value}
        searchable={data.length > MANY}
        allowDeselect={clearable ?? false}
        clearable={clearable ?? false}
        onChange={(chosen) => {
          onChange(chosen ?? "");
          onDone?.(chosen ?? "");
        }}
      />
    );
  }
  const finish = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === "Enter") onDone?.(value);
  };
  const typed = { value, onBlur: () => onDone?.(value) };
  if (values.length > 0) {
    return (
      <Autocomplete
        {...common}
        {...typed}
        data={[...new Set(values)]}
        onChange={onChange}
        {...(onDone && { onOptionSubmit: onDone })}
        onKeyDown={finish}
        limit={50}
      />
    );
  }
  if (/\n/.test(value)) {
    return (
      <Textarea
        {...common}
        {...typed}
        autosize
        maxRows={8}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      />
    );
  }
  return (
    <TextInput
      {...common}
      {...typed}
      onKeyDown={finish}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}
