/** A check that KIWI makes on the machine that builds, and that nobody can make before. */
export interface BuilderCheck {
  /** KIWI's name, as `runtime_checks: disable:` in `kiwi.yml` takes it. */
  kiwiCheck: string;
  meaning: string;
}

export const builderChecks: readonly BuilderCheck[] = [
  { kiwiCheck: "check_boot_description_exists", meaning: "The folder that `boot` names is there." },
  {
    kiwiCheck: "check_consistent_kernel_in_boot_and_system_image",
    meaning: "The kernel of KIWI's own initrd is one of the image's packages.",
  },
  {
    kiwiCheck: "check_container_tool_chain_installed",
    meaning: "skopeo, and umoci or buildah, are installed for containers.",
  },
  { kiwiCheck: "check_mediacheck_installed", meaning: "The tool for `mediacheck` is installed." },
  {
    kiwiCheck: "check_checkmedia_used_with_msdos_table",
    meaning: "The tool for `mediacheck` can deal with the partition table.",
  },
  { kiwiCheck: "check_luksformat_options_valid", meaning: "cryptsetup knows the options of `<luksformat>`." },
  {
    kiwiCheck: "check_syslinux_installed_if_isolinux_is_used",
    meaning: "syslinux is installed for BIOS media (KIWI 9 only).",
  },
  {
    kiwiCheck: "check_target_directory_not_in_shared_cache",
    meaning: "The target folder lies outside of KIWI's cache.",
  },
  {
    kiwiCheck: "check_target_dir_on_unsupported_filesystem",
    meaning: "The target folder lies on a file system that can hold an image's tree.",
  },
  {
    kiwiCheck: "check_dracut_module_versions_compatible_to_kiwi",
    meaning: "The dracut modules in the image are new enough for this KIWI.",
  },
];
