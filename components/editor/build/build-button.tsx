import { Button, Text } from "@mantine/core";
import { IconHammer } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useTRPC } from "../../trpc.tsx";
import type { ChoiceStore } from "../choice/choice-store.ts";
import classes from "../editor.module.css";
import type { FileProblem } from "../language/protocol.ts";
import { useStore } from "../session/use-store.ts";
import { BuildDialog } from "./build-dialog.tsx";
import { availableTypes } from "./choices.ts";
import { buildObstacle } from "./obstacle.ts";
import { typeObstacle } from "./type-obstacle.ts";

interface BuildButtonProps {
  description: string;
  choice: ChoiceStore;
  problems: readonly FileProblem[];
  unsaved: number;
  saveAll(): Promise<boolean>;
}

/** Starts builds, and says beside itself why none can be started, or what the builder lacks for the chosen type. */
export function BuildButton({ description, choice, problems, unsaved, saveAll }: BuildButtonProps) {
  const trpc = useTRPC();
  const reasonId = useId();
  const [asking, setAsking] = useState(false);
  const { data: listed, error: unlisted } = useQuery(trpc.descriptions.get.queryOptions({ id: description }));
  const { data: builder, isError } = useQuery(trpc.builder.status.queryOptions(undefined, { refetchInterval: 30_000 }));
  const { data: readiness } = useQuery(
    trpc.builder.doctor.queryOptions(undefined, { staleTime: 60_000, retry: false }),
  );
  const facts = listed?.facts;
  const obstacle =
    buildObstacle(builder, isError, problems) ??
    (facts ? null : (listed?.error ?? unlisted?.message ?? "Reading the description…"));

  const chosen = useStore(choice);
  const image = chosen.type ?? (facts && availableTypes(facts, chosen.profiles)[0]?.image);
  const missing = image === undefined ? null : typeObstacle(image, readiness?.types);
  const reason = obstacle ?? (missing === null ? null : `This builder cannot make ${image}: ${missing}.`);

  return (
    <>
      {reason !== null && (
        <Text id={reasonId} size="xs" c="dimmed" lineClamp={2} title={reason} className={classes.reason}>
          {reason}
        </Text>
      )}
      <Button
        size="xs"
        leftSection={<IconHammer size={16} aria-hidden />}
        disabled={obstacle !== null}
        aria-describedby={reason === null ? undefined : reasonId}
        onClick={() => setAsking(true)}
      >
        Build
      </Button>
      {asking && facts && (
        <BuildDialog
          description={description}
          facts={facts}
          choice={choice}
          missingOptions={builder?.missingOptions ?? []}
          kiwiVersion={builder?.kiwi?.version ?? ""}
          runtimes={builder?.runtimes ?? []}
          host={builder?.architecture ?? null}
          problems={problems}
          unsaved={unsaved}
          saveAll={saveAll}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
