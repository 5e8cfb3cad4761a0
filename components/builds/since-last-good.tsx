"use client";

import { Anchor, Paper, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { Build } from "#lib/contracts/build.ts";
import { useTRPC } from "../trpc.tsx";
import { buildHref } from "../ui/links.ts";
import { Moment } from "../ui/moment.tsx";
import { FileChange } from "./file-change.tsx";
import { ProofLines } from "./proof-lines.tsx";
import classes from "./since-last-good.module.css";

export interface SinceLastGoodProps {
  build: Build;
  /** Takes the number of a line of the log. */
  onShowLine: (number: number) => void;
}

/** Of a failed build: what is different from the last good one of the same kind, in its log and in the description. */
export function SinceLastGood({ build, onShowLine }: SinceLastGoodProps) {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.builds.sinceLastGood.queryOptions({ id: build.id }, { staleTime: Infinity }));
  if (!data) return null;
  return (
    <Paper component="section" withBorder p="sm" aria-label="Since the last good build" className={classes.box}>
      <Title order={2} size="sm">
        Since the{" "}
        <Anchor component={Link} href={buildHref(data.good.id)}>
          last good build
        </Anchor>
        {data.good.endedAt && (
          <>
            , <Moment iso={data.good.endedAt} />
          </>
        )}
      </Title>
      <Text size="sm" mt={6}>
        {data.lines.length > 0 ? "The first lines of the log that it did not have:" : "Its log says the same."}
      </Text>
      <ProofLines label="New lines of the log" lines={data.lines} onShowNumber={onShowLine} />
      <Text size="sm" mt={6}>
        {data.files.length > 0 ? "Changed in the description:" : "Nothing has changed in the description."}
      </Text>
      {data.files.map((file) => (
        <FileChange key={file.path} file={file} />
      ))}
      {data.moreFiles > 0 && <Text size="xs">And {data.moreFiles} more.</Text>}
    </Paper>
  );
}
