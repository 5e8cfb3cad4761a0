import { MultiSelect, type MultiSelectProps, Select } from "@mantine/core";
import { architectureSchema } from "#lib/contracts/build.ts";
import type { ChoiceOptions } from "#lib/kiwi/language/index.ts";
import type { BuildChoice } from "./choice-store.ts";

interface ChoicePickersProps {
  choice: BuildChoice;
  onChoice(choice: BuildChoice): void;
  options: ChoiceOptions;
  /** The type that KIWI takes now. */
  type: string | null;
  /** Architecture of the builder. */
  host: string | null;
}

const OWN = "";

/** Profiles, image type and architecture of a build, chosen without building. */
export function ChoicePickers({ choice, onChoice, options, type, host }: ChoicePickersProps) {
  const known = new Set(options.profiles.map((profile) => profile.name));
  const descriptions = new Map(options.profiles.map(({ name, description }) => [name, description]));
  const imported = options.profiles.filter((profile) => profile.import).map(({ name }) => name);
  // A remembered name that is not declared any more stays visible, so that it can be taken away.
  const names = [...known, ...choice.profiles.filter((name) => !known.has(name))];
  const types = [...new Set([...options.types, ...(choice.type === null ? [] : [choice.type])])];
  return (
    <>
      <MultiSelect
        size="xs"
        label="Profiles"
        placeholder={choice.profiles.length > 0 ? undefined : imported.join(", ") || "none"}
        data={names}
        value={choice.profiles}
        onChange={(profiles) => onChoice({ ...choice, profiles })}
        renderOption={optionWith(descriptions)}
        searchable
        clearable
        clearButtonProps={{ "aria-label": "Choose no profile" }}
        disabled={names.length === 0}
        flex="1 1 14rem"
        maw="36rem"
        comboboxProps={{ width: "max-content", position: "bottom-start" }}
      />
      <Select
        size="xs"
        label="Type"
        data={[
          { value: OWN, label: choice.type === null && type !== null ? `KIWI's choice (${type})` : "KIWI's choice" },
          ...types,
        ]}
        value={choice.type ?? OWN}
        onChange={(value) => onChoice({ ...choice, type: value || null })}
        allowDeselect={false}
        w="11rem"
      />
      <Select
        size="xs"
        label="Architecture"
        data={[
          { value: OWN, label: host ? `Builder (${host})` : "That of the builder" },
          ...architectureSchema.options.filter((name) => name !== host),
        ]}
        value={choice.architecture ?? OWN}
        onChange={(value) => onChoice({ ...choice, architecture: value ? architectureSchema.parse(value) : null })}
        allowDeselect={false}
        w="10rem"
      />
    </>
  );
}

function optionWith(descriptions: ReadonlyMap<string, string>): NonNullable<MultiSelectProps["renderOption"]> {
  return function Option({ option }) {
    const description = descriptions.get(option.value);
    return (
      <span>
        {option.label}
        {description && <span style={{ color: "var(--mantine-color-dimmed)" }}> · {description}</span>}
      </span>
    );
  };
}
