/**
 * Whether a name may stand at the top level of an image's tree. KIWI writes these names, unquoted and without a guard,
 * into the command line of `tar` in a shell of the host (kiwi/archive/tar.py of 9.24 and 11): a special character runs
 * programs there as root, and so does a leading dash, by options of tar such as `-I`.
 */
export function isSafeOverlayName(name: string): boolean {
  return /^[A-Za-z0-9._][A-Za-z0-9._-]*$/.test(name);
}

/** What is allowed, for messages. */
export const SAFE_OVERLAY_NAMES = 'only letters, digits, ".", "_" and "-" are allowed, and no "-" at the beginning';
