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

/** The place of the archive of a root tree with packages only, in an attempt's folder. */
export const PACKAGES_ARCHIVE = "target/packages.tar";

/** The folders of the two descriptions of a build that is made in two, in an attempt's folder. */
export const STAGES = { packages: "stages/packages", configuration: "stages/configuration" };

/** The name of the second one's `kiwi.yml`. */
export const CONFIGURATION_CONFIG = "kiwi-configuration.yml";

/** Checks that look for packages in the description, of which the second one has none. The first has passed them. */
const CHECKS_OF_PACKAGES = [
  "check_consistent_kernel_in_boot_and_system_image",
  "check_dracut_module_for_oem_install_in_package_list",
  "check_dracut_module_for_disk_oem_in_package_list",
  "check_dracut_module_for_live_iso_in_package_list",
  "check_dracut_module_for_disk_overlay_in_package_list",
];

/** The command lines that make the root tree in two: first its packages, then everything else. */
export function stageCommands(kiwi: Kiwi, order: BuildOrder) {
  const { options = buildOptionsSchema.parse({}), settings = {} } = order;
  const configured = { addPackages: [], addBootstrapPackages: [], deletePackages: [], caCertificates: [] };
  const runtimeConfig = writeRuntimeConfig({ ...settings, disabledChecks: CHECKS_OF_PACKAGES }, kiwi.version) ?? "";
  return {
    packages: prepareCommand(kiwi, order, STAGES.packages),
    configuration: [
      ...prepareCommand(kiwi, { ...order, options: { ...options, ...configured } }, STAGES.configuration, {
        config: CONFIGURATION_CONFIG,
      }),
      "--allow-existing-root",
    ],
    runtimeConfig,
  };
}

/**
 * The command lines for one build. KIWI's `system build` is these two in one; between them it can be looked at what the
 * description's scripts have made. The image file is always named, because KIWI would look for `config.xml` first and
 * never finds YAML by itself; in the root tree KIWI has put its own copy at its own place. With `--debug` standard
 * output and standard error together are the complete log.
 */
export function buildCommand(kiwi: Kiwi, order: BuildOrder): BuildCommand {
  const runtimeConfig = writeRuntimeConfig(order.settings ?? {}, kiwi.version);
  const options = order.options ?? buildOptionsSchema.parse({});
  const places = placesOf(order, "description");
  const create = ["system", "create", "--root", places.root, "--target-dir", join(order.attemptDir, "target")];
  return {
    command: prepareCommand(kiwi, order, "description"),
    createCommand: [
      ...startOf(kiwi, order, runtimeConfig === null ? null : "kiwi.yml"),
      ...choiceOf(order),
      ...[...create, ...signingKeyArguments(options, places)],
    ],
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

type Kiwi = Pick<KiwiInstallation, "command" | "version" | "markupFolder">;

/** The command line that makes the root tree of the description in a folder of the attempt. */
function prepareCommand(
  kiwi: Kiwi,
  order: BuildOrder,
  folder: string,
  { config = writeRuntimeConfig(order.settings ?? {}, kiwi.version) === null ? null : "kiwi.yml" } = {},
): string[] {
  const places = placesOf(order, folder);
  return [
    ...[...startOf(kiwi, order, config), "--kiwi-file", order.imageFile, ...choiceOf(order)],
    ...["system", "prepare", "--description", places.description, "--root", places.root],
    ...optionArguments(order.options ?? buildOptionsSchema.parse({}), places),
  ];
}

function startOf(kiwi: Kiwi, { attemptDir, options }: BuildOrder, config: string | null): string[] {
  return [
    kiwi.command,
    ...((options ?? buildOptionsSchema.parse({})).debug ? ["--debug"] : []),
    ...["--temp-dir", join(attemptDir, "tmp")],
    ...(config === null ? [] : ["--config", join(attemptDir, config)]),
  ];
}

function choiceOf({ type, profiles, architecture }: BuildOrder): string[] {
  return [
    ...(type === undefined ? [] : ["--type", type]),
    ...profiles.flatMap((profile) => ["--profile", profile]),
    ...(architecture === undefined ? [] : ["--target-arch", architecture]),
  ];
}

function placesOf({ attemptDir }: BuildOrder, folder: string): OptionPlaces & { root: string } {
  return {
    description: join(attemptDir, folder),
    secrets: join(attemptDir, "secrets"),
    root: join(attemptDir, ROOT_TREE),
  };
}
