import { differencesOf } from "./differences.ts";

/** Settings that KIWI takes from a file only. */
export type RuntimeSettings = {
  /** Arguments of `xz`, for example "-0 --threads=0". */
  xzOptions?: string;
  /** The program that packs containers; KIWI's default is umoci. */
  containerTool?: "umoci" | "buildah";
  /** Checks of KIWI that are left out. */
  disabledChecks?: readonly string[];
};

/** The text of a `kiwi.yml`; null where nothing is set. */
export function writeRuntimeConfig(settings: RuntimeSettings, kiwiVersion: string): string | null {
  const sections = {
    ...(settings.xzOptions === undefined ? {} : { xz: { options: settings.xzOptions } }),
    ...(settings.containerTool === undefined ? {} : { oci: { archive_tool: settings.containerTool } }),
    ...(settings.disabledChecks === undefined ? {} : { runtime_checks: { disable: settings.disabledChecks } }),
  };
  return Object.keys(sections).length === 0 ? null : differencesOf(kiwiVersion).writeConfig(sections);
}
