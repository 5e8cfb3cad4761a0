import { Button, Checkbox, Group, Modal, Select, Stack, Text } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { runtimeObstacle } from "#lib/builds/runtime.ts";
import { architectureSchema, type BuildRequest } from "#lib/contracts/build.ts";
import { type BuildOptions, type VersionedOption, withoutPasswords } from "#lib/contracts/build-options.ts";
import type { TypeReadiness } from "#lib/contracts/builder.ts";
import type { DescriptionFacts, TypeSummary } from "#lib/contracts/description.ts";
import type { RuntimeStatus } from "#lib/contracts/runtime.ts";
import { useTRPC } from "../../trpc.tsx";
import { Failure } from "../../ui/failure.tsx";
import { useFocusBack } from "../../ui/focus-back.ts";
import type { BuildChoice, ChoiceStore } from "../choice/choice-store.ts";
import type { FileProblem } from "../language/protocol.ts";
import { useStore } from "../session/use-store.ts";
import { availableTypes } from "./choices.ts";
import { noOptions, type OptionErrors, readOptions } from "./options-draft.ts";
import { OptionsSection } from "./options-section.tsx";
import { PreflightPanel } from "./preflight-panel.tsx";
import { ProblemCount } from "./problem-count.tsx";
import { SameBuild } from "./same-build.tsx";
import { typeObstacle } from "./type-obstacle.ts";

interface BuildDialogProps {
  description: string;
  facts: DescriptionFacts;
  /** What to build, remembered between dialogs and shared with the views of the description. */
  choice: ChoiceStore;
  /** Architecture of the builder. */
  host: string | null;
  /** Options that its KIWI does not have. */
  missingOptions: readonly VersionedOption[];
  /** Version of its KIWI. */
  kiwiVersion: string;
  /** What it has to keep builds apart from its host. */
  runtimes: readonly RuntimeStatus[];
  problems: readonly FileProblem[];
  unsaved: number;
  /** Saves what is unsaved; false where that could not be done. */
  saveAll(): Promise<boolean>;
  onClose(): void;
}

const OWN_CHOICE = "";

export function BuildDialog({
  description,
  facts,
  choice,
  host,
  missingOptions,
  kiwiVersion,
  runtimes,
  problems,
  unsaved,
  saveAll,
  onClose,
}: BuildDialogProps) {
  useFocusBack();
  const trpc = useTRPC();
  const router = useRouter();
  const { data: readiness } = useQuery(
    trpc.builder.doctor.queryOptions(undefined, { staleTime: 60_000, retry: false }),
  );
  const start = useMutation(trpc.builds.start.mutationOptions());
  const chosen = useStore(choice);
  const choose = (part: Partial<BuildChoice>) => choice.set({ ...chosen, ...part });
  const profiles = chosen.profiles.filter((name) => facts.profiles.some((profile) => profile.name === name));
  const image = chosen.type ?? OWN_CHOICE;
  const architecture = chosen.architecture ?? OWN_CHOICE;
  const [draft, setDraft] = useState(noOptions);
  const [optionErrors, setOptionErrors] = useState<OptionErrors>({});
  const [busy, setBusy] = useState(false);
  const types = availableTypes(facts, profiles);
  const type = types.some((one) => one.image === image) ? image : OWN_CHOICE;

  /** With what the chosen type asks of them. */
  const runtimesFor = (image = "") =>
    runtimes.map(({ name }) => ({ name, obstacle: runtimeObstacle(name, { type: image, kiwiVersion }, runtimes) }));

  const requestOf = (options: BuildOptions): BuildRequest => ({
    description,
    profiles,
    options,
    ...(type === OWN_CHOICE ? {} : { type }),
    ...(chosen.architecture === null ? {} : { architecture: chosen.architecture }),
  });
  const readable = readOptions(draft);
  /** What would be asked for now; null while the options have mistakes. */
  const wish = "errors" in readable ? null : requestOf(withoutPasswords(readable.options));

  async function build() {
    const read = readOptions(draft);
    setOptionErrors("errors" in read ? read.errors : {});
    if ("errors" in read) return;
    setBusy(true);
    try {
      if (unsaved > 0 && !(await saveAll())) return onClose();
      const { id } = await start.mutateAsync(requestOf(read.options));
      router.push(`/builds/${id}`);
    } catch {
      // The mutation keeps its error, which is shown below.
      setBusy(false);
    }
  }

  return (
    <Modal
      opened
      onClose={onClose}
      title={`Build ${facts.displayName ?? facts.name}`}
      size="lg"
      closeButtonProps={{ "aria-label": "Close this dialog" }}
      transitionProps={{ duration: 0 }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void build();
        }}
      >
        <Stack gap="md">
          {facts.profiles.length > 0 && (
            <Checkbox.Group label="Profiles" value={profiles} onChange={(names) => choose({ profiles: names })}>
              <Stack gap={6} mt={6} mah="16rem" style={{ overflow: "auto" }}>
                {facts.profiles.map((profile) => (
                  <Checkbox
                    key={profile.name}
                    value={profile.name}
                    label={profile.name}
                    description={
                      profile.import ? `${profile.description} (active if none is chosen)` : profile.description
                    }
                  />
                ))}
              </Stack>
            </Checkbox.Group>
          )}
          <Select
            label="Type"
            data={[
              { value: OWN_CHOICE, label: ownChoice(types) },
              ...types.map((one) => optionOf(one, readiness?.types)),
            ]}
            value={type}
            onChange={(value) => choose({ type: value || null })}
            description={types.length === 0 ? noType(facts) : undefined}
            allowDeselect={false}
          />
          <Select
            label="Architecture"
            data={[
              { value: OWN_CHOICE, label: host ? `That of the builder (${host})` : "That of the builder" },
              ...architectureSchema.options.filter((name) => name !== host),
            ]}
            value={architecture}
            onChange={(value) => choose({ architecture: value ? architectureSchema.parse(value) : null })}
            allowDeselect={false}
          />
          <PreflightPanel choice={{ description, profiles, ...(type === OWN_CHOICE ? {} : { type }) }} />
          <OptionsSection
            draft={draft}
            errors={optionErrors}
            missing={missingOptions}
            runtimes={runtimesFor(type === OWN_CHOICE ? types[0]?.image : type)}
            onChange={setDraft}
          />
          {Object.keys(optionErrors).length > 0 && (
            <Text size="sm" c="red" role="alert">
              The options have mistakes: open them to see which.
            </Text>
          )}
          {unsaved === 0 && wish !== null && <SameBuild request={wish} />}
          {start.error && <Failure title="The build could not be started" error={start.error} />}
          <ProblemCount problems={problems} />
          {unsaved > 0 && (
            <Text size="sm" c="dimmed">
              {unsaved === 1 ? "One changed file is saved first." : `${unsaved} changed files are saved first.`}
            </Text>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={busy}>
              Start build
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

const noType = ({ types }: DescriptionFacts) =>
  types.length === 0
    ? "The description names no image type."
    : "The chosen profiles have no image type: choose one more that has.";

const ownChoice = ([first]: TypeSummary[]) => (first ? `KIWI's choice (${first.image})` : "KIWI's choice");

function optionOf(
  { image, filesystem, format, primary }: TypeSummary,
  readiness: readonly TypeReadiness[] | undefined,
) {
  const details = [filesystem, format, primary && "primary"].filter(Boolean).join(", ");
  const obstacle = typeObstacle(image, readiness);
  const name = details ? `${image} (${details})` : image;
  return { value: image, label: obstacle === null ? name : `${name}, not on this builder: ${obstacle}` };
}
