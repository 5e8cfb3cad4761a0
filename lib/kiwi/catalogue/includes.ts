import type { Entry } from "./entry.ts";
import { xmlExample } from "./syntax.ts";

const right = '<include from="this://parts/packages.xml"/>';

/** Problems of `<include>`. */
export const includeEntries: readonly Entry[] = [
  {
    code: "missing-include",
    layer: "include",
    severity: "error",
    title: "The included file is not there",
    meaning:
      "KIWI looks for `this://name` and `name` beside the main file, and for absolute paths on the building machine. `this:///name` with three slashes is an absolute path too.",
    remedy: "Correct the path, or add the file.",
    example: xmlExample('<include from="this:///parts/packages.xml"/>', right),
  },
  {
    code: "remote-include",
    layer: "include",
    severity: "error",
    title: "KIWI fetches no includes",
    meaning: "An address with `http`, `https` or `ftp` is not downloaded; KIWI says that the file does not exist.",
    remedy: "Put a copy of the file into the description's folder.",
    example: xmlExample('<include from="https://example.com/packages.xml"/>', right),
  },
  {
    code: "include-outside",
    layer: "include",
    severity: "warning",
    title: "The included file lies outside of the folder",
    meaning:
      "KIWI would read it, if the machine that builds has it. Builds that are started here get the description's folder only, so that the same build can be repeated anywhere; they are refused.",
    remedy: "Put the file into the description's folder.",
    example: xmlExample('<include from="this://../common/packages.xml"/>', right),
  },
  {
    code: "include-cycle",
    layer: "include",
    severity: "error",
    title: "Files include each other",
    meaning: "A file includes itself, or the file that includes it.",
    remedy: "Move what both need into a third file.",
    example: xmlExample('<!-- in config.xml --> <include from="this://config.xml"/>', right),
  },
  {
    code: "nested-include",
    layer: "include",
    severity: "error",
    title: "An include inside an included file",
    meaning:
      "KIWI follows includes of the main file only. One in an included file is left standing, and KIWI refuses it as unresolvable (its runtime check `check_include_references_unresolvable`).",
    remedy: "Put the include into the main file.",
    example: xmlExample('<!-- in parts/packages.xml --> <include from="this://more.xml"/>', right),
  },
  {
    code: "relative-include",
    layer: "include",
    severity: "error",
    title: "This KIWI looks for the file elsewhere",
    meaning:
      "Where the Python module for YAML is installed, KIWI copies the description to `/var/tmp` before it reads it, and looks there for plain relative includes.",
    remedy: "Write `this://` before the path.",
    example: xmlExample('<include from="parts/packages.xml"/>', right),
  },
  {
    code: "include-without-image",
    layer: "include",
    severity: "warning",
    title: "The included file brings nothing",
    meaning:
      "KIWI takes the children of the included file's `<image>`. A file with another outermost element gives none.",
    remedy: "Put `<image>` around its content.",
    example: xmlExample(
      '<packages type="image">…</packages>',
      '<image schemaversion="8.5" name="part">\n  <packages type="image">…</packages>\n</image>',
    ),
  },
  {
    code: "broken-include",
    layer: "include",
    severity: "error",
    title: "The included file is not well-formed",
    meaning: "What is wrong is told in the included file itself.",
    remedy: "Open the included file and mend it.",
    example: xmlExample("<image>", "<image/>"),
  },
];
