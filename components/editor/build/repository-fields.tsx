import { Button, Checkbox, Group, Paper, PasswordInput, Select, Stack, TagsInput, TextInput } from "@mantine/core";
import { repositoryTypes } from "#lib/contracts/build-options.ts";
import type { OptionErrors, RepositoryDraft } from "./options-draft.ts";

interface RepositoryFieldsProps {
  repository: RepositoryDraft;
  errors: OptionErrors;
  /** Why the address cannot be said to be a list of mirrors; null where it can. */
  sourceTypeMissing: string | null;
  onChange(repository: RepositoryDraft): void;
  onRemove(): void;
}

/** One more repository, or one in the place of the description's first. */
export function RepositoryFields({ repository, errors, sourceTypeMissing, onChange, onRemove }: RepositoryFieldsProps) {
  const change = (part: Partial<RepositoryDraft>) => onChange({ ...repository, ...part });
  const error = (field: string) => errors[`repositories.${repository.key}.${field}`];
  const text = (field: "source" | "alias" | "priority" | "distribution" | "user", label: string) => ({
    label,
    value: repository[field],
    error: error(field === "user" ? "credentials" : field),
    onChange: (event: { currentTarget: { value: string } }) => change({ [field]: event.currentTarget.value }),
  });
  const check = (field: "imageInclude" | "packageGpgCheck" | "repositoryGpgCheck", label: string) => (
    <Checkbox
      label={label}
      checked={repository[field]}
      onChange={(event) => change({ [field]: event.currentTarget.checked })}
    />
  );
  const tags = (field: "components" | "signingKeys", label: string) => (
    <TagsInput
      label={label}
      value={repository[field]}
      onChange={(value) => change({ [field]: value })}
      error={error(field)}
      splitChars={[]}
      acceptValueOnBlur
    />
  );
  return (
    <Paper withBorder p="sm" role="group" aria-label={`Repository ${repository.source || repository.key}`}>
      <Stack gap="xs">
        <TextInput {...text("source", "Address")} placeholder="https://…" required data-autofocus />
        <Group grow align="flex-start">
          <Select
            label="Use"
            data={[
              { value: "add", label: "Add it" },
              { value: "replace", label: "Replace the first" },
            ]}
            value={repository.use}
            onChange={(value) => change({ use: value === "replace" ? "replace" : "add" })}
            error={error("use")}
            allowDeselect={false}
          />
          <Select
            label="Type"
            placeholder="KIWI's choice"
            data={[...repositoryTypes]}
            value={repository.type}
            onChange={(type) => change({ type })}
            clearable
          />
        </Group>
        <Group grow align="flex-start">
          <TextInput {...text("alias", "Alias")} />
          <TextInput {...text("priority", "Priority")} inputMode="numeric" />
        </Group>
        <Group grow align="flex-start">
          <TextInput {...text("distribution", "Distribution (Debian)")} placeholder="trixie" />
          {tags("components", "Components (Debian)")}
        </Group>
        {tags("signingKeys", "Signing keys")}
        <Select
          label="The address is"
          description={sourceTypeMissing}
          data={["baseurl", "metalink", "mirrorlist"]}
          value={repository.sourceType}
          onChange={(sourceType) => change({ sourceType })}
          placeholder="KIWI's choice"
          disabled={sourceTypeMissing !== null}
          clearable
        />
        {check("packageGpgCheck", "Check the signatures of packages")}
        {check("repositoryGpgCheck", "Check the signature of the repository")}
        {check("imageInclude", "Set it up in the finished image, too")}
        <Group grow align="flex-start">
          <TextInput {...text("user", "User name")} autoComplete="off" />
          <PasswordInput
            label="Password"
            value={repository.password}
            onChange={(event) => change({ password: event.currentTarget.value })}
            autoComplete="new-password"
          />
        </Group>
        <Group justify="flex-end">
          <Button size="compact-sm" variant="subtle" color="gray" onClick={onRemove}>
            Remove this repository
          </Button>
        </Group>
      </Stack>
    </Paper>
  );
}
