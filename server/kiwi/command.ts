import { join } from "node:path";
import type { KiwiInstallation } from "#lib/contracts/builder.ts";
import type { Format } from "#lib/contracts/description.ts";
import { BUILD_PATH } from "./programs.ts";
import { type RuntimeSettings, writeRuntimeConfig } from "./runtime-config.ts";

/** What a command line is made of. All paths are absolute. */
export type BuildOrder = {
  /** The attempt's folder; its `description`, `target` and `tmp` are used. */
  attemptDir: string;
  /** The image file, relative to the description's folder. */
  imageFile: string;
  /** What the image file is written in. */
  format: Format;
  profiles: readonly string[];
  /** The `image=` value to build; absent = KIWI's own choice. */
  type?: string;
  /** Absent = the architecture of this host. */
  architecture?: string;
  settings?: RuntimeSettings;
  /** Variables of the proxy that KIWI and package managers may need, for example `http_proxy`. */
  proxy?: Readonly<Record<string, string>>;
};

/** How KIWI is started for one attempt. */
export type BuildCommand = {
  command: string[];
  environment: Record<string, string>;
  /** Text of the attempt's `kiwi.yml`, which `command` names; null where no file is needed. */
  runtimeConfig: string | null;
};

/**
 * The command line for `kiwi-ng system build`. All options used here are known to 9.24, 10 and 11; the image file is
 * always named, because KIWI would look for `config.xml` first and never finds YAML by itself. With `--debug` standard
 * output and standard error together are the complete log.
 */
export function buildCommand(
  kiwi: Pick<KiwiInstallation, "command" | "version" | "markupFolder">,
  order: BuildOrder,
): BuildCommand {
  const runtimeConfig = writeRuntimeConfig(order.settings ?? {}, kiwi.version);
  const inAttempt = (name: string) => join(order.attemptDir, name);
  const command = [
    kiwi.command,
    "--debug",
    ...["--temp-dir", inAttempt("tmp")],
    ...(runtimeConfig === null ? [] : ["--config", inAttempt("kiwi.yml")]),
    ...["--kiwi-file", order.imageFile],
    ...(order.type === undefined ? [] : ["--type", order.type]),
    ...order.profiles.flatMap((profile) => ["--profile", profile]),
    ...(order.architecture === undefined ? [] : ["--target-arch", order.architecture]),
    ...["system", "build"],
    ...["--description", inAttempt("description")],
    ...["--target-dir", inAttempt("target")],
  ];
  // Hooks and package scripts inherit the environment, so it holds nothing of the daemon's. The home folder is that of
  // root, on the host as in the image: "~" in a hook must mean the image's.
  const environment = {
    ...order.proxy,
    PATH: BUILD_PATH,
    HOME: "/root",
    LANG: "C.UTF-8",
    // KIWI reads XML through this module too where it sees it, and then breaks includes and drops comments.
    ...(order.format === "xml" || kiwi.markupFolder === undefined ? {} : { PYTHONPATH: kiwi.markupFolder }),
  };
  return { command, environment, runtimeConfig };
}
