"use client";

import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import type { ReactNode } from "react";
import { theme } from "./theme.ts";
import { ApiProvider } from "./trpc.tsx";

/** Everything that the components of a page may count on. */
export function Providers({ children }: { children: ReactNode }) {
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <Notifications position="bottom-right" />
      <ApiProvider>{children}</ApiProvider>
    </MantineProvider>
  );
}
