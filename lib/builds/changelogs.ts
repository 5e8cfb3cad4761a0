/** The `.changes` file that KIWI writes beside an image: `NAME|` on a line of its own, then that package's changelog. */

/** The changelog of each package by its name. */
export function parseChangelogs(text: string): Map<string, string> {
  const changelogs = new Map<string, string>();
  let name: string | null = null;
  let lines: string[] = [];
  const keep = () => {
    if (name !== null) changelogs.set(name, lines.join("\n").trim());
    lines = [];
  };
  for (const line of text.split("\n")) {
    const begun = /^([A-Za-z0-9][\w.+:-]*)\|$/.exec(line)?.[1];
    if (begun === undefined) {
      lines.push(line);
      continue;
    }
    keep();
    name = begun;
  }
  keep();
  return changelogs;
}

/**
 * What was written on top of a changelog since `before`, at most `most` characters; "" where the older text is not
 * found in the newer one, because then nothing can be said.
 */
export function newEntries(before: string, after: string, most: number): string {
  const [first = ""] = before.split("\n", 1);
  const old = first === "" ? -1 : after.indexOf(first);
  if (old <= 0) return "";
  const text = after.slice(0, old).trim();
  return text.length > most ? `${text.slice(0, most)} …` : text;
}
