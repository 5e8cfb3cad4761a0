import { BUILD_PATH, findProgram } from "./programs.ts";
import type { RuntimeSettings } from "./runtime-config.ts";

/**
 * What KIWI must be told of this host. It packs containers with umoci unless it is told otherwise, which some
 * distributions do not have; buildah will do as well.
 */
export async function hostSettings(searchPath = BUILD_PATH): Promise<RuntimeSettings> {
  const [umoci, buildah] = await Promise.all(["umoci", "buildah"].map((name) => findProgram(name, searchPath)));
  return umoci === null && buildah !== null ? { containerTool: "buildah" } : {};
}
