/** The `.verified` file that KIWI writes beside an image: what is not as its package brought it, as `rpm --verify` says it. */

export interface ChangedInstalledFile {
  path: string;
  /** What differs, in words; "missing" where the file is not there. */
  differences: string[];
  /** Whether the package calls it a configuration file, which people are meant to change. */
  configuration: boolean;
}

const meanings: Readonly<Record<string, string>> = {
  S: "size",
  M: "mode",
  "5": "content",
  D: "device",
  L: "link",
  U: "owner",
  G: "group",
  T: "time",
  P: "capabilities",
};

/** Reads a `.verified` file; lines of any other kind (say, of unmet dependencies) are passed over. */
export function parseVerified(text: string): ChangedInstalledFile[] {
  return text.split("\n").flatMap((line) => {
    const match = /^(missing {1,5}|[SM5DLUGTP.?]{8,9})\s*(?:([a-z])\s)?\s*(\/.*)$/.exec(line);
    if (!match) return [];
    const [, mask = "", type, path = ""] = match;
    const differences = mask.startsWith("missing")
      ? ["missing"]
      : [...mask].flatMap((letter) => meanings[letter] ?? []);
    return [{ path, differences, configuration: type === "c" }];
  });
}
