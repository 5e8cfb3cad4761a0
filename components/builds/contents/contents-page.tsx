"use client";

import { Anchor, Button, Skeleton, Stack, Tabs, Text } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { IconDownload } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { Build } from "#lib/contracts/build.ts";
import type { BuildContents } from "#lib/contracts/build-contents.ts";
import { NothingHere } from "../../shell/nothing-here.tsx";
import { errorStatus, useTRPC } from "../../trpc.tsx";
import { Failure } from "../../ui/failure.tsx";
import { buildHref, sbomHref } from "../../ui/links.ts";
import { Moment } from "../../ui/moment.tsx";
import { Page } from "../../ui/page.tsx";
import { PackagesTable } from "./packages-table.tsx";
import { VerifiedTable } from "./verified-table.tsx";
import { WeightsPanel } from "./weights-panel.tsx";

/** What is in the image of a build: its packages, and the files that are not as their packages brought them. */
export function ContentsPage({ id }: { id: string }) {
  const trpc = useTRPC();
  const contents = useQuery(trpc.builds.contents.queryOptions({ id }));
  const name = contents.data?.build.imageName ?? "image";
  useDocumentTitle(`Contents of ${name} · KIWI Workbench`);
  if (errorStatus(contents.error) === 404) return <NothingHere what="There is no such build." />;
  const listed = contents.data?.packages !== null && contents.data?.packages !== undefined;
  return (
    <Page title={`Contents of ${name}`} actions={listed && <BillsOfMaterials id={id} />}>
      {contents.isPending && <Skeleton h={240} aria-label="Loading the contents" />}
      {contents.isError && (
        <Failure title="The contents could not be read" error={contents.error} retry={() => void contents.refetch()} />
      )}
      {contents.data && <Contents contents={contents.data} />}
    </Page>
  );
}

function Contents({ contents: { build, packages, verified } }: { contents: BuildContents }) {
  return (
    <Stack gap="sm">
      <WhichBuild build={build} />
      {packages === null && <Text>This build left no list of its packages: only builds that succeeded do.</Text>}
      {packages !== null && (
        <Tabs defaultValue="packages" keepMounted={false}>
          <Tabs.List>
            <Tabs.Tab value="packages">Packages ({packages.length.toLocaleString("en")})</Tabs.Tab>
            <Tabs.Tab value="weights">Where the bytes are</Tabs.Tab>
            {verified !== null && (
              <Tabs.Tab value="verified">Changed files ({verified.length.toLocaleString("en")})</Tabs.Tab>
            )}
          </Tabs.List>
          <Tabs.Panel value="packages" pt="sm">
            <PackagesTable build={build} packages={packages} />
          </Tabs.Panel>
          <Tabs.Panel value="weights" pt="sm">
            <WeightsPanel id={build.id} />
          </Tabs.Panel>
          {verified !== null && (
            <Tabs.Panel value="verified" pt="sm">
              <VerifiedTable files={verified} />
            </Tabs.Panel>
          )}
        </Tabs>
      )}
    </Stack>
  );
}

function WhichBuild({ build }: { build: Build }) {
  return (
    <Text size="sm" c="dimmed">
      {[build.imageVersion, build.type ?? "default type", build.architecture].filter(Boolean).join(", ")}, built{" "}
      <Anchor component={Link} href={buildHref(build.id)} size="sm">
        <Moment iso={build.endedAt ?? build.queuedAt} />
      </Anchor>
    </Text>
  );
}

/** Downloads of the list of packages in the forms that other tools read. */
function BillsOfMaterials({ id }: { id: string }) {
  return (
    <>
      {(["spdx", "cyclonedx"] as const).map((format) => (
        <Button
          key={format}
          component="a"
          href={sbomHref(id, format)}
          download
          size="compact-sm"
          h={30}
          variant="default"
          leftSection={<IconDownload size={16} aria-hidden />}
        >
          {format === "spdx" ? "SPDX" : "CycloneDX"}
        </Button>
      ))}
    </>
  );
}
