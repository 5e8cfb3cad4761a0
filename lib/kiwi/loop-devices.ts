const WITHOUT: ReadonlySet<string> = new Set(["tbz", "cpio", "docker", "oci", "wsl", "squashfs", "erofs"]);

/** Whether KIWI mounts what it makes of this `image=` value, by a loop device of the host. */
export function needsLoopDevice(type: string): boolean {
  return !WITHOUT.has(type);
}
