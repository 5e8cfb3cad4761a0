"use client";

import { Modal, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "../trpc.tsx";
import { Failure } from "../ui/failure.tsx";
import { NewDescriptionForm } from "./new-description-form.tsx";

export function NewDescriptionDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const trpc = useTRPC();
  const templates = useQuery(
    trpc.descriptions.templates.queryOptions(undefined, { enabled: opened, staleTime: 60_000 }),
  );
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="New description"
      size="lg"
      closeButtonProps={{ "aria-label": "Close" }}
    >
      {templates.isPending && <Skeleton h={360} aria-label="Loading templates" />}
      {templates.isError && (
        <Failure
          title="The templates could not be read"
          error={templates.error}
          retry={() => void templates.refetch()}
        />
      )}
      {templates.data && <NewDescriptionForm templates={templates.data} onCancel={onClose} />}
    </Modal>
  );
}
