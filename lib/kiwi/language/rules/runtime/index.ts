import type { RuntimeRule } from "../rule.ts";
import { appxName } from "./appx-name.ts";
import { bootWithoutKiwiInitrd } from "./boot-without-kiwi-initrd.ts";
import { dracutModules } from "./dracut-module.ts";
import { efiImageTooLarge } from "./efi-image-too-large.ts";
import { environmentWithoutGrub } from "./environment-without-grub.ts";
import { firmwareForMachine } from "./firmware.ts";
import { missingBootDescription } from "./missing-boot-description.ts";
import { missingEnclaveFormat } from "./missing-enclave-format.ts";
import { missingRepository } from "./missing-repository.ts";
import { missingVersion } from "./missing-version.ts";
import { oldChecks } from "./old-checks.ts";
import { partuuidWithoutGpt } from "./partuuid-without-gpt.ts";
import { privateImageRepository } from "./private-image-repository.ts";
import { remoteBase } from "./remote-base.ts";
import { reservedVolumeLabel } from "./reserved-volume-label.ts";
import { rootVolumeMountpoint } from "./root-volume-mountpoint.ts";
import { severalFullsizeVolumes } from "./several-fullsize-volumes.ts";
import { swapNameWithoutLvm } from "./swap-name-without-lvm.ts";
import { typeNotUnique } from "./type-not-unique.ts";
import { volumeLabelWithoutLvm } from "./volume-label-without-lvm.ts";
import { xenServerAndGuest } from "./xen-server-and-guest.ts";

/**
 * KIWI's runtime checks that follow from the description alone, in KIWI's order, and failures that follow as surely.
 * That an include is left over, the last of KIWI's, is found where includes are pulled in.
 */
export const runtimeRules: readonly RuntimeRule[] = [
  missingVersion,
  bootWithoutKiwiInitrd,
  missingBootDescription,
  reservedVolumeLabel,
  severalFullsizeVolumes,
  rootVolumeMountpoint,
  volumeLabelWithoutLvm,
  swapNameWithoutLvm,
  xenServerAndGuest,
  ...dracutModules,
  ...oldChecks,
  appxName,
  typeNotUnique,
  partuuidWithoutGpt,
  efiImageTooLarge,
  environmentWithoutGrub,
  missingRepository,
  privateImageRepository,
  firmwareForMachine,
  remoteBase,
  missingEnclaveFormat,
];
