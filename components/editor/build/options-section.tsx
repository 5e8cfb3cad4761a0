import { Accordion, Button, Checkbox, Group, Select, Stack, TagsInput, Text, TextInput } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { distributionsOfCertificates, type VersionedOption } from "#lib/contracts/build-options.ts";
import type { RuntimeStatus } from "#lib/contracts/runtime.ts";
import { runtimeWords } from "../../builds/runtime-words.ts";
import { countOptions, newRepository, type OptionErrors, type OptionsDraft } from "./options-draft.ts";
import { RepositoryFields } from "./repository-fields.tsx";

interface OptionsSectionProps {
  draft: OptionsDraft;
  errors: OptionErrors;
  /** Options that the builder's KIWI does not have. */
  missing: readonly VersionedOption[];
  runtimes: readonly RuntimeStatus[];
  onChange(draft: OptionsDraft): void;
}

type ListField = "addPackages" | "addBootstrapPackages" | "deletePackages" | "signingKeys" | "caCertificates";
type PairField = "containerLabels" | "typeAttributes" | "environment";
type TextField = "containerTag" | "containerDerivedFrom" | "releaseVersion";

const BUILDERS_CHOICE = "";

/** Everything else that KIWI can be told for one build, folded away. */
export function OptionsSection({ draft, errors, missing, runtimes, onChange }: OptionsSectionProps) {
  const count = countOptions(draft);
  const change = (part: Partial<OptionsDraft>) => onChange({ ...draft, ...part });
  const why = (option: VersionedOption) =>
    missing.includes(option) ? "This builder's KIWI has no such option." : null;

  const list = (field: ListField | PairField, label: string, description: string, disabled = false) => (
    <TagsInput
      label={label}
      description={description}
      value={draft[field]}
      onChange={(value) => change({ [field]: value })}
      error={errors[field]}
      disabled={disabled}
      // Values may hold commas, and what is typed counts without Enter, too.
      splitChars={[]}
      acceptValueOnBlur
    />
  );
  const text = (field: TextField, label: string, description: string, disabled = false) => (
    <TextInput
      label={label}
      description={description}
      value={draft[field]}
      onChange={(event) => change({ [field]: event.currentTarget.value })}
      error={errors[field]}
      disabled={disabled}
    />
  );

  return (
    <Accordion variant="contained" chevronPosition="left" transitionDuration={0}>
      <Accordion.Item value="options">
        <Accordion.Control>
          <Text size="sm" fw={500}>
            Options
            {count > 0 && (
              <Text span size="sm" c="dimmed" fw={400}>
                {` (${count} set)`}
              </Text>
            )}
          </Text>
        </Accordion.Control>
        <Accordion.Panel>
          <Stack gap="lg">
            <Part title="Repositories">
              <Select
                label="Those of the description"
                data={[
                  { value: "use", label: "Use them" },
                  { value: "ignore-for-build", label: "Only keep those for the finished image" },
                  { value: "ignore", label: "Ignore all of them" },
                ]}
                value={draft.descriptionRepositories}
                onChange={(value) => change({ descriptionRepositories: value ?? "use" })}
                allowDeselect={false}
              />
              {draft.repositories.map((repository) => (
                <RepositoryFields
                  key={repository.key}
                  repository={repository}
                  errors={errors}
                  sourceTypeMissing={why("sourceType")}
                  onChange={(changed) =>
                    change({
                      repositories: draft.repositories.map((one) => (one.key === changed.key ? changed : one)),
                    })
                  }
                  onRemove={() =>
                    change({ repositories: draft.repositories.filter(({ key }) => key !== repository.key) })
                  }
                />
              ))}
              <Group>
                <Button
                  size="compact-sm"
                  variant="default"
                  leftSection={<IconPlus size={14} aria-hidden />}
                  onClick={() => {
                    const key = Math.max(0, ...draft.repositories.map((one) => one.key)) + 1;
                    change({ repositories: [...draft.repositories, newRepository(key)] });
                  }}
                >
                  Add a repository
                </Button>
              </Group>
            </Part>
            <Part title="Packages">
              {list("addPackages", "Also install", "Package names; Enter after each.")}
              {list(
                "addBootstrapPackages",
                "Also install at bootstrap",
                "Before the image has its own package manager.",
              )}
              {list("deletePackages", "Remove", "After everything is installed.")}
            </Part>
            <Part title="Keys and certificates">
              {list("signingKeys", "Signing keys", "A file of the description, file:///… on the builder, or https://…")}
              {list(
                "caCertificates",
                "CA certificates",
                why("caCertificates") ?? "Trusted in the image; files as above.",
                missing.includes("caCertificates"),
              )}
              <Select
                label="The image's distribution, for certificates"
                data={[...distributionsOfCertificates]}
                value={draft.caDistribution}
                onChange={(caDistribution) => change({ caDistribution })}
                error={errors["caDistribution"]}
                disabled={missing.includes("caCertificates")}
                clearable
              />
            </Part>
            <Part title="Container">
              {text("containerTag", "Tag", "In the place of the one in the description.")}
              {text("containerDerivedFrom", "Derived from", "Address of the base container, as docker://…")}
              {list("containerLabels", "Labels", "NAME=VALUE; Enter after each.")}
            </Part>
            <Part title="Type and version">
              {list(
                "typeAttributes",
                "Attributes of the type",
                "NAME=VALUE, for example filesystem=xfs; set in this build's copy of the description.",
              )}
              {text(
                "releaseVersion",
                "Release version",
                why("releaseVersion") ?? "In the place of the one in the description.",
                missing.includes("releaseVersion"),
              )}
            </Part>
            <Part title="KIWI itself">
              <Select
                label="Kept apart from the builder's host by"
                data={[
                  { value: BUILDERS_CHOICE, label: "What protects the host best and serves" },
                  ...runtimes.map(({ name, obstacle }) => ({
                    value: name,
                    label: obstacle === null ? runtimeWords[name] : `${runtimeWords[name]}: ${obstacle}`,
                    disabled: obstacle !== null,
                  })),
                ]}
                value={draft.runtime ?? BUILDERS_CHOICE}
                onChange={(value) => change({ runtime: value === BUILDERS_CHOICE ? null : value })}
                error={errors["runtime"]}
                allowDeselect={false}
              />
              {list("environment", "Variables", "NAME=VALUE, for KIWI and every script. They are not secret.")}
              <Checkbox
                label="Preview"
                description="Archives and containers are compressed less: done sooner, and about a third larger."
                checked={draft.compression === "preview"}
                onChange={(event) => change({ compression: event.currentTarget.checked ? "preview" : "release" })}
              />
              <Checkbox
                label="Build from nothing"
                description="Packages that an earlier build has installed are not used."
                checked={draft.fromNothing}
                onChange={(event) => change({ fromNothing: event.currentTarget.checked })}
              />
              <Checkbox
                label="Log every command (recommended)"
                checked={draft.debug}
                onChange={(event) => change({ debug: event.currentTarget.checked })}
              />
            </Part>
          </Stack>
        </Accordion.Panel>
      </Accordion.Item>
    </Accordion>
  );
}

function Part({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <Stack gap="xs" component="fieldset" m={0} p={0} bd="none">
      <Text component="legend" size="sm" fw={600} p={0} mb={4}>
        {title}
      </Text>
      {children}
    </Stack>
  );
}
