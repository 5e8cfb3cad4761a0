"use client";

import { Button, Group, Skeleton, Stack } from "@mantine/core";
import { IconRefresh } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "../trpc.tsx";
import { Failure } from "../ui/failure.tsx";
import { Page } from "../ui/page.tsx";
import { BuilderFacts } from "./builder-facts.tsx";
import { MissingPackages } from "./missing-packages.tsx";
import { RetentionSection } from "./retention-section.tsx";
import { ToolTable } from "./tool-table.tsx";
import { TypeTable } from "./type-table.tsx";

/** The builder's host: what it can build, and what it lacks. */
export function BuilderPage() {
  const trpc = useTRPC();
  const doctor = useQuery(trpc.builder.doctor.queryOptions(undefined, { staleTime: 30_000 }));
  const status = useQuery(trpc.builder.status.queryOptions(undefined, { refetchInterval: 5_000 }));
  return (
    <Page
      title="Builder"
      actions={
        <Button
          variant="default"
          size="sm"
          leftSection={<IconRefresh size={16} />}
          loading={doctor.isFetching}
          onClick={() => void doctor.refetch()}
        >
          Check again
        </Button>
      }
    >
      {content()}
    </Page>
  );

  function content() {
    if (doctor.isPending) return <Skeleton h={320} aria-label="Asking the builder" />;
    if (doctor.isError && !doctor.data) {
      return <Failure title="The builder does not answer" error={doctor.error} retry={() => void doctor.refetch()} />;
    }
    const report = doctor.data;
    return (
      <Stack gap="lg">
        <BuilderFacts report={report} status={status.data} />
        <MissingPackages report={report} />
        <Group align="flex-start" gap="xl">
          <TypeTable types={report.types} />
          <ToolTable tools={report.tools} />
        </Group>
        <RetentionSection />
      </Stack>
    );
  }
}
