/** A line of a log that makes an image doubtful, though KIWI went on after it. */
export interface Doubt {
  /** A failure means that the image cannot work. */
  kind: "failure" | "warning";
  message: string;
}

/** Without these an initrd cannot find and start the system. */
const ESSENTIAL = new Set(["sh", "bash", "mount", "umount", "switch_root", "udevadm", "systemd", "kmod", "modprobe"]);

/** dracut says so and goes on, and ends well all the same. */
const RULES: readonly [RegExp, (what: string) => Doubt][] = [
  [
    /dracut-install: ERROR: installing '([^']+)'/,
    (what) => ({
      kind: ESSENTIAL.has(what.split("/").at(-1) ?? "") ? "failure" : "warning",
      message: `dracut could not put "${what}" into the initrd; the package that brings it is missing in the image.`,
    }),
  ],
  [
    /dracut(?:\[[A-Z]\])?: FAILED: +(.+)/,
    (what) => ({ kind: "warning", message: `A step of dracut failed: ${what.slice(0, 300)}` }),
  ],
  [
    /dracut(?:\[[A-Z]\])?: [Dd]racut module '([^']+)' cannot be found or installed/,
    (what) => ({ kind: "failure", message: `The initrd lacks the dracut module "${what}" that was asked for.` }),
  ],
  [
    /dracut(?:\[F\])?: (?:FATAL|Fatal): +(.+)/,
    (what) => ({ kind: "failure", message: `dracut gave up: ${what.slice(0, 300)}` }),
  ],
];

/** What a line of KIWI's output says against the image; null for all others. */
export function doubtIn(line: string): Doubt | null {
  for (const [pattern, rule] of RULES) {
    const found = pattern.exec(line);
    if (found !== null) return rule((found[1] ?? "").trim());
  }
  return null;
}
