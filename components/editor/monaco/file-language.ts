const byExtension: Record<string, string> = {
  xml: "xml",
  kiwi: "xml",
  yaml: "yaml",
  yml: "yaml",
  json: "json",
  json5: "json",
  sh: "shell",
  bash: "shell",
  ini: "ini",
  conf: "ini",
  cfg: "ini",
  toml: "ini",
  repo: "ini",
  service: "ini",
  network: "ini",
  mount: "ini",
  timer: "ini",
};

/**
 * The language to colour a file in. A `*.kiwi` file may hold XML or YAML and KIWI looks at its first character, so we
 * do the same; a script without extension is known by its first line.
 */
export function fileLanguage(path: string, text: string): string {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const extension = name.slice(name.lastIndexOf(".") + 1).toLowerCase();
  if (extension === "kiwi") return text.trimStart().startsWith("<") ? "xml" : "yaml";
  if (/^#!.*\b(?:ba|da|k|z)?sh\b/.test(text)) return "shell";
  return (name.includes(".") && byExtension[extension]) || "plaintext";
}
