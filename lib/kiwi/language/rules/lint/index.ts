import type { ImageLint, ScriptLint } from "../rule.ts";
import { architectureAlias } from "./architecture-alias.ts";
import { badBoolean } from "./bad-boolean.ts";
import { blankInList } from "./blank-in-list.ts";
import { commentLost } from "./comment-lost.ts";
import { duplicatePackage } from "./duplicate-package.ts";
import { duplicateRepository } from "./duplicate-repository.ts";
import { hostPath, ignoredRootArchive, missingFile, severalImageFiles, unsafeOverlayName } from "./files.ts";
import { helperWithoutKconfig } from "./helper-without-kconfig.ts";
import { importWithoutRequires } from "./import-without-requires.ts";
import { missingType } from "./missing-type.ts";
import { noBootstrap } from "./no-bootstrap.ts";
import { noOpHelper } from "./no-op-helper.ts";
import { plainHttp } from "./plain-http.ts";
import { plainLuksPassphrase } from "./plain-luks-passphrase.ts";
import { plainPassword } from "./plain-password.ts";
import { absoluteThis, obsOnlyAddress, unknownAddress } from "./repository-address.ts";
import { repositoryPassword } from "./repository-password.ts";
import { repositoryTypeMismatch } from "./repository-type-mismatch.ts";
import { signatureCheckOff, unsignedRepository } from "./signatures.ts";
import { temporaryFileEdit } from "./temporary-file-edit.ts";
import { unknownPackage } from "./unknown-package.ts";
import { unknownProfile } from "./unknown-profile.ts";
import { unusedProfile } from "./unused-profile.ts";

/** Our own rules for descriptions; those of the runtime layer are failures of KIWI's that no choice of a build decides. */
export const imageLints: readonly ImageLint[] = [
  missingType,
  badBoolean,
  unknownAddress,
  unknownProfile,
  unusedProfile,
  blankInList,
  importWithoutRequires,
  architectureAlias,
  duplicatePackage,
  unknownPackage,
  noBootstrap,
  duplicateRepository,
  repositoryTypeMismatch,
  unsignedRepository,
  signatureCheckOff,
  plainHttp,
  obsOnlyAddress,
  absoluteThis,
  repositoryPassword,
  plainPassword,
  plainLuksPassphrase,
  commentLost,
  missingFile,
  hostPath,
  unsafeOverlayName,
  ignoredRootArchive,
  severalImageFiles,
];

/** Our own rules for the scripts beside a description. */
export const scriptLints: readonly ScriptLint[] = [noOpHelper, helperWithoutKconfig, temporaryFileEdit];
