"use client";

import { Button, Tooltip } from "@mantine/core";
import { IconCircleCheck, IconLoader, IconPlugConnectedX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { BuilderStatus } from "#lib/contracts/builder.ts";
import { useTRPC } from "../trpc.tsx";
import { formatCount } from "../ui/format.ts";

/** One glance at the builder: can it build, and if not, why. Leads to its page. */
export function BuilderIndicator() {
  const trpc = useTRPC();
  const status = useQuery(trpc.builder.status.queryOptions(undefined, { refetchInterval: 5_000 }));
  const { words, detail, icon: Icon, color } = describe(status.data, status.isError);
  return (
    <Tooltip label={detail} multiline maw={360} events={{ hover: true, focus: true, touch: false }}>
      <Button
        component={Link}
        href="/builder"
        variant="subtle"
        size="compact-sm"
        color="gray"
        c="inherit"
        fw={400}
        h={30}
        aria-label={`Builder: ${words}. ${detail}`}
        leftSection={<Icon size={16} color={`var(--mantine-color-${color}-text)`} aria-hidden />}
      >
        {words}
      </Button>
    </Tooltip>
  );
}

function describe(status: BuilderStatus | undefined, unreachable: boolean) {
  if (!status) {
    return unreachable
      ? { words: "Offline", detail: "The Workbench does not answer.", icon: IconPlugConnectedX, color: "red" }
      : { words: "Builder", detail: "Asking the builder.", icon: IconLoader, color: "gray" };
  }
  if (!status.online || status.problem !== null) {
    return {
      words: status.online ? "Cannot build" : "Builder offline",
      detail: status.problem ?? "The builder does not answer.",
      icon: IconPlugConnectedX,
      color: "red",
    };
  }
  const running = status.running.length;
  return {
    words: running === 0 ? "Builder ready" : formatCount(running, "build running", "builds running"),
    detail: `${status.hostName ?? "This host"}, KIWI ${status.kiwi?.version ?? "not found"}, ${formatCount(status.slots, "build")} at a time`,
    icon: IconCircleCheck,
    color: "green",
  };
}
