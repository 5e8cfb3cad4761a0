import type { Entry } from "./entry.ts";
import { xmlExample } from "./syntax.ts";

/** Problems of `schemaversion`. */
export const versionEntries: readonly Entry[] = [
  {
    code: "missing-schemaversion",
    layer: "version",
    severity: "error",
    title: "The schema version is missing",
    meaning: "KIWI must know for which schema a description was written, so that it can upgrade it.",
    remedy: "Write `schemaversion` with the version of the KIWI that builds, for example 8.5 for KIWI 11.",
    example: xmlExample('<image name="example">', '<image schemaversion="8.5" name="example">'),
  },
  {
    code: "old-schemaversion",
    layer: "version",
    severity: "error",
    title: "The description is too old for this KIWI",
    meaning:
      "KIWI 10 and 11 upgrade descriptions from schema version 7.4 on. What is older needs an older KIWI, or an upgrade.",
    remedy: "Upgrade the description, or build it with KIWI 9.",
    example: xmlExample('<image schemaversion="6.8" name="example">', '<image schemaversion="8.5" name="example">'),
  },
  {
    code: "new-schemaversion",
    layer: "version",
    severity: "error",
    title: "The description is newer than this KIWI",
    meaning: "KIWI does not know this schema version, and there is no way back.",
    remedy: "Build with a newer KIWI, or write the version that this one knows and see what it does not take.",
    example: xmlExample('<image schemaversion="9.0" name="example">', '<image schemaversion="8.5" name="example">'),
  },
  {
    code: "unchecked-schemaversion",
    layer: "version",
    severity: "warning",
    title: "This old version was not checked",
    meaning:
      "KIWI 9 upgrades very old descriptions by many steps of its own. What comes out of them was not checked here.",
    remedy: "Upgrade the description to a version that is checked.",
    example: xmlExample('<image schemaversion="6.8" name="example">', '<image schemaversion="7.5" name="example">'),
  },
  {
    code: "attribute-dropped",
    layer: "version",
    severity: "info",
    title: "The upgrade drops this attribute",
    meaning:
      "Newer schemas have no such attribute: KIWI takes it out when it upgrades the description, and it has no effect.",
    remedy: "Remove the attribute, and raise `schemaversion`.",
    example: xmlExample('<type image="oem" filesystem="ext4" vga="0x317"/>', '<type image="oem" filesystem="ext4"/>'),
  },
];
