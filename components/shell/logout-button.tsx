"use client";

import { ActionIcon, Tooltip } from "@mantine/core";
import { IconLogout } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useTRPC } from "../trpc.tsx";

export function LogoutButton() {
  const trpc = useTRPC();
  const logout = useMutation(
    trpc.session.logout.mutationOptions({
      // A whole new page: nothing of this session stays in memory.
      onSuccess: () => window.location.assign("/login"),
    }),
  );
  return (
    <Tooltip label="Log out">
      <ActionIcon
        variant="subtle"
        color="gray"
        size={30}
        aria-label="Log out"
        loading={logout.isPending}
        onClick={() => logout.mutate()}
      >
        <IconLogout size={18} />
      </ActionIcon>
    </Tooltip>
  );
}
