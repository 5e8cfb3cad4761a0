"use client";

import { Alert, Button, Skeleton, Stack, Text, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconFileImport, IconInfoCircle, IconPlus, IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useBuildChanges } from "../builds/build-changes.ts";
import { useTRPC } from "../trpc.tsx";
import { Failure } from "../ui/failure.tsx";
import { Page } from "../ui/page.tsx";
import { matches } from "./description-filter.ts";
import { DescriptionsTable } from "./descriptions-table.tsx";
import { EmptyWorkspace } from "./empty-workspace.tsx";
import { ImportDialog } from "./import/import-dialog.tsx";
import { NewDescriptionDialog } from "./new-description-dialog.tsx";

/** Every description of the workspace. */
export function DescriptionsPage() {
  const trpc = useTRPC();
  useBuildChanges();
  const list = useQuery(trpc.descriptions.list.queryOptions());
  const [filter, setFilter] = useState("");
  const [dialogOpen, dialog] = useDisclosure(false);
  const [importing, importDialog] = useDisclosure(false);
  const buttons = (
    <>
      <Button size="sm" variant="default" leftSection={<IconFileImport size={16} />} onClick={importDialog.open}>
        Import
      </Button>
      <Button size="sm" leftSection={<IconPlus size={16} />} onClick={dialog.open}>
        New description
      </Button>
    </>
  );
  const any = (list.data?.descriptions.length ?? 0) > 0;

  return (
    <Page title="Descriptions" actions={any && buttons}>
      {content()}
      <NewDescriptionDialog opened={dialogOpen} onClose={dialog.close} />
      {importing && <ImportDialog onClose={importDialog.close} />}
    </Page>
  );

  function content() {
    if (list.isPending) return <Skeleton h={240} aria-label="Loading descriptions" />;
    if (list.isError) {
      return <Failure title="The workspace could not be read" error={list.error} retry={() => void list.refetch()} />;
    }
    const { workspace, truncated, descriptions } = list.data;
    if (descriptions.length === 0) return <EmptyWorkspace workspace={workspace} action={buttons} />;
    const shown = descriptions.filter((description) => matches(description, filter));
    return (
      <Stack gap="sm">
        <TextInput
          aria-label="Filter descriptions"
          placeholder="Filter by name, path, type, profile"
          leftSection={<IconSearch size={16} aria-hidden />}
          value={filter}
          onChange={(event) => setFilter(event.currentTarget.value)}
          maw={420}
        />
        {truncated && (
          <Alert color="yellow" variant="outline" icon={<IconInfoCircle />}>
            The workspace is so large that only a part of it is listed. Choose a smaller folder with
            KIWI_WORKBENCH_WORKSPACE.
          </Alert>
        )}
        {shown.length > 0 ? (
          <DescriptionsTable descriptions={shown} />
        ) : (
          <Text c="dimmed">No description matches “{filter}”.</Text>
        )}
        <Text size="xs" c="dimmed" role="status">
          {filter === ""
            ? `${descriptions.length} in ${workspace}`
            : `${shown.length} of ${descriptions.length} in ${workspace}`}
        </Text>
      </Stack>
    );
  }
}
