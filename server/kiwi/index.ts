export {
  type BuildCommand,
  type BuildOrder,
  buildCommand,
  CONFIGURATION_CONFIG,
  PACKAGES_ARCHIVE,
  ROOT_TREE,
  STAGES,
  stageCommands,
} from "./command.ts";
export { differencesOf } from "./differences.ts";
export { type Distribution, readDistribution } from "./distribution.ts";
export { runDoctor } from "./doctor.ts";
export { hasKvm, hostArchitecture } from "./host-facts.ts";
export { installCommand } from "./host-packages.ts";
export { hostSettings } from "./host-settings.ts";
export { findKiwi, type KiwiMissing } from "./installation.ts";
export { credentialFiles } from "./option-arguments.ts";
export { runPreflight } from "./preflight.ts";
export { BUILD_PATH, findProgram } from "./programs.ts";
export { markupFolderOf } from "./python-package.ts";
export { repositoryAgent } from "./repository-index.ts";
export { repositoryStates } from "./repository-states.ts";
export { type BuiltFile, type Results, readResults } from "./results.ts";
export type { RuntimeSettings } from "./runtime-config.ts";
