import { initTRPC } from "@trpc/server";
import type { Drives } from "./drive/drive.ts";
import type { LogDesk } from "./log/desk.ts";
import type { PackageDesk } from "./packages/package-desk.ts";
import type { Builder } from "./service.ts";

export const trpc = initTRPC
  .context<{ builder: Builder; logs: LogDesk; drives: Drives; packages: PackageDesk | null }>()
  .create();
