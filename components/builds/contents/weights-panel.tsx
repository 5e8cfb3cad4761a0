"use client";

import { Anchor, Group, SegmentedControl, Skeleton, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "../../trpc.tsx";
import { Failure } from "../../ui/failure.tsx";
import { formatBytes, formatCount } from "../../ui/format.ts";
import { imageFileHref } from "../../ui/links.ts";
import { Treemap } from "./treemap.tsx";
import { WeightsTable } from "./weights-table.tsx";

/** Where the bytes of an image are: folder by folder, or by what brought them. */
export function WeightsPanel({ id }: { id: string }) {
  const [by, setBy] = useState<"folder" | "origin">("folder");
  return (
    <Stack gap="sm">
      <SegmentedControl
        aria-label="Group by"
        value={by}
        onChange={(value) => setBy(value === "origin" ? "origin" : "folder")}
        data={[
          { value: "folder", label: "By folder" },
          { value: "origin", label: "By package, overlay, scripts" },
        ]}
        style={{ alignSelf: "flex-start" }}
      />
      {by === "folder" ? <ByFolder id={id} /> : <ByOrigin id={id} />}
    </Stack>
  );
}

const UNKNOWN = "Nothing is known of this image's files: it was built before they were listed.";

function ByFolder({ id }: { id: string }) {
  const trpc = useTRPC();
  const [path, setPath] = useState("");
  const folder = useQuery(trpc.builds.folder.queryOptions({ id, path }, { placeholderData: (before) => before }));
  if (folder.isError) return <Failure title="The files could not be read" error={folder.error} />;
  if (folder.isPending) return <Skeleton h={240} aria-label="Loading the files" />;
  if (folder.data === null) return <Text size="sm">{UNKNOWN}</Text>;
  const { bytes, entries, more } = folder.data;
  const open = (name: string) => setPath(path === "" ? name : `${path}/${name}`);
  const hrefs = (name: string) => {
    const place = path === "" ? name : `${path}/${name}`;
    return { save: imageFileHref(id, place), view: imageFileHref(id, place, true) };
  };
  const items = entries.map((entry) => ({
    ...entry,
    note: entry.folder ? formatCount(entry.files, "file") : entry.origin || "made by a script",
    ...(entry.folder ? { onOpen: () => open(entry.name) } : { file: hrefs(entry.name) }),
  }));
  return (
    <>
      <Group gap={4} component="nav" aria-label="Folder">
        <Crumbs path={path} onOpen={setPath} />
        <Text size="sm" c="dimmed" role="status">
          {formatBytes(bytes)}
        </Text>
      </Group>
      <Treemap items={items} />
      <WeightsTable title="Name" items={items} total={bytes} />
      {more > 0 && <Text size="sm">And {more.toLocaleString("en")} smaller ones.</Text>}
    </>
  );
}

function Crumbs({ path, onOpen }: { path: string; onOpen: (path: string) => void }) {
  const parts = path === "" ? [] : path.split("/");
  return (
    <>
      <Anchor component="button" size="sm" onClick={() => onOpen("")}>
        /
      </Anchor>
      {parts.map((part, index) => {
        const to = parts.slice(0, index + 1).join("/");
        return (
          <Anchor key={to} component="button" size="sm" onClick={() => onOpen(to)}>
            {part}/
          </Anchor>
        );
      })}
    </>
  );
}

function ByOrigin({ id }: { id: string }) {
  const trpc = useTRPC();
  const weights = useQuery(trpc.builds.weights.queryOptions({ id }));
  if (weights.isError) return <Failure title="The files could not be read" error={weights.error} />;
  if (weights.isPending) return <Skeleton h={240} aria-label="Loading the files" />;
  if (weights.data === null) return <Text size="sm">{UNKNOWN}</Text>;
  const { packages, overlay, other } = weights.data;
  const items = [
    ...packages,
    { ...overlay, name: "The description's overlay" },
    { ...other, name: "Made by scripts, of packages or of the description" },
  ]
    .filter(({ files }) => files > 0)
    .sort((one, two) => two.bytes - one.bytes)
    .map((item) => ({ ...item, note: formatCount(item.files, "file") }));
  return (
    <>
      <Treemap items={items} />
      <WeightsTable title="Origin" items={items} total={items.reduce((sum, { bytes }) => sum + bytes, 0)} />
    </>
  );
}
