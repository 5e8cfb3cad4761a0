"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import {
  createTRPCClient,
  httpBatchLink,
  httpLink,
  httpSubscriptionLink,
  splitLink,
  TRPCClientError,
} from "@trpc/client";
import { createTRPCContext } from "@trpc/tanstack-react-query";
import { type ReactNode, useState } from "react";
import type { AppRouter } from "#server/web/router.ts";

const context = createTRPCContext<AppRouter>();

/** The typed doors to the backend: `useTRPC` for queries and mutations, `useTRPCClient` for everything by hand. */
export const { useTRPC, useTRPCClient } = context;

/** The HTTP status that an error of the backend carries; undefined where the backend was not reached at all. */
export function errorStatus(error: unknown): number | undefined {
  if (!(error instanceof TRPCClientError)) return undefined;
  const status: unknown = (error.data as { httpStatus?: unknown } | null | undefined)?.httpStatus;
  return typeof status === "number" ? status : undefined;
}

function createQueryClient() {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 2_000,
        // An answer that says "no" will say it again; only a backend that is away for a moment is worth another try.
        retry: (failures, error) => failures < 3 && (errorStatus(error) ?? 503) >= 500,
      },
    },
  });
}

function createClient() {
  const url = "/api/trpc";
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: (operation) => operation.type === "subscription",
        true: httpSubscriptionLink({ url }),
        false: splitLink({
          // git takes its time, and nothing else is to wait for it.
          condition: (operation) => operation.path.startsWith("git."),
          true: httpLink({ url }),
          // Views of logs with many folds are long; servers take addresses of 16 KB.
          false: httpBatchLink({ url, maxURLLength: 12_000 }),
        }),
      }),
    ],
  });
}

export function ApiProvider({ children }: { children: ReactNode }) {
  const [queryClient] = useState(createQueryClient);
  const [trpcClient] = useState(createClient);
  return (
    <QueryClientProvider client={queryClient}>
      <context.TRPCProvider trpcClient={trpcClient} queryClient={queryClient}>
        {children}
      </context.TRPCProvider>
    </QueryClientProvider>
  );
}
