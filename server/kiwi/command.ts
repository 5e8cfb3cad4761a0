import { join } from "node:path";
import { type BuildOptions, buildOptionsSchema } from "#lib/contracts/build-options.ts";
import type { KiwiInstallation } from "#lib/contracts/builder.ts";
import type { Format } from "#lib/contracts/description.ts";
import { type OptionPlaces, optionArguments, signingKeyArguments } from "./option-arguments.ts";
import { BUILD_PATH } from "./programs.ts";
import { type RuntimeSettings, writeRuntimeConfig } from "./runtime-config.ts";

/** The place of the root tree in an attempt's folder: where `system build` would have it. */
export const ROOT_TREE = "target/build/image-root";

/** What a command line is made of. All paths are absolute. */
export type BuildOrder = {
  /** The attempt's folder; its `description`, `target`, `tmp` and `secrets` are used. */
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
  options?: BuildOptions;
  settings?: RuntimeSettings;
  /** Variables of the proxy that KIWI and package managers may need, for example `http_proxy`. */
  proxy?: Readonly<Record<string, string>>;
};

/** How KIWI is started for one attempt. */
export type BuildCommand = {
  /** Makes the root tree. */
  command: string[];
  /** Makes the image of the root tree. */
  createCommand: string[];
  environment: Record<string, string>;
  /** Text of the attempt's `kiwi.yml`, which the commands name; null where no file is needed. */
  runtimeConfig: string | null;
};

/**
 * The command lines for one build. KIWI's `system build` is these two in one; between them it can be looked at what the
 * description's scripts have made. The image file is always named, because KIWI would look for `config.xml` first and
 * never finds YAML by itself; in the root tree KIWI has put its own copy at its own place. With `--debug` standard
 * output and standard error together are the complete log.
 */
export function buildCommand(
  kiwi: Pick<KiwiInstallation, "command" | "version" | "markupFolder">,
  order: BuildOrder,
): BuildCommand {
  const runtimeConfig = writeRuntimeConfig(order.settings ?? {}, kiwi.version);
  const options = order.options ?? buildOptionsSchema.parse({});
  const inAttempt = (name: string) => join(order.attemptDir, name);
  const places: OptionPlaces = { description: inAttempt("description"), secrets: inAttempt("secrets") };
  const root = join(order.attemptDir, ROOT_TREE);
  const start = [
    kiwi.command,
    ...(options.debug ? ["--debug"] : []),
    ...["--temp-dir", inAttempt("tmp")],
    ...(runtimeConfig === null ? [] : ["--config", inAttempt("kiwi.yml")]),
  ];
  const choice = [
    ...(order.type === undefined ? [] : ["--type", order.type]),
    ...order.profiles.flatMap((profile) => ["--profile", profile]),
    ...(order.architecture === undefined ? [] : ["--target-arch", order.architecture]),
  ];
  const prepare = ["system", "prepare", "--description", places.description, "--root", root];
  const create = ["system", "create", "--root", root, "--target-dir", inAttempt("target")];
  return {
    command: [
      ...[...start, "--kiwi-file", order.imageFile, ...choice],
      ...[...prepare, ...optionArguments(options, places)],
    ],
    createCommand: [...start, ...choice, ...create, ...signingKeyArguments(options, places)],
    // Hooks and package scripts inherit the environment, so it holds nothing of the daemon's. The home folder is that
    // of root, on the host as in the image: "~" in a hook must mean the image's.
    environment: {
      ...order.proxy,
      ...options.environment,
      PATH: BUILD_PATH,
      HOME: "/root",
      LANG: "C.UTF-8",
      // KIWI reads XML through this module too where it sees it, and then breaks includes and drops comments.
      ...(order.format === "xml" || kiwi.markupFolder === undefined ? {} : { PYTHONPATH: kiwi.markupFolder }),
    },
    runtimeConfig,
  };
}
