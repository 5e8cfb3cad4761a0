import { stringify } from "yaml";
import { parseVersion } from "./version.ts";

/** Settings that KIWI takes from a file only. */
export type RuntimeSettings = {
  /** Arguments of `xz`, for example "-0 --threads=0". */
  xzOptions?: string;
  /** The program that packs containers; KIWI's default is umoci. */
  containerTool?: "umoci" | "buildah";
};

/**
 * The text of a `kiwi.yml`; null where nothing is set. KIWI 11 reads a map below each section, older versions a list of
 * maps with one key each; the wrong shape is noticed by KIWI only after the whole prepare step.
 */
export function writeRuntimeConfig(settings: RuntimeSettings, kiwiVersion: string): string | null {
  const sections = {
    ...(settings.xzOptions === undefined ? {} : { xz: { options: settings.xzOptions } }),
    ...(settings.containerTool === undefined ? {} : { oci: { archive_tool: settings.containerTool } }),
  };
  if (Object.keys(sections).length === 0) return null;
  const major = parseVersion(kiwiVersion)?.[0] ?? 0;
  return stringify(major >= 11 ? sections : asLists(sections));
}

function asLists(sections: Record<string, Record<string, string>>): Record<string, Record<string, string>[]> {
  const toList = (section: Record<string, string>) => Object.entries(section).map(([key, value]) => ({ [key]: value }));
  return Object.fromEntries(Object.entries(sections).map(([name, section]) => [name, toList(section)]));
}
