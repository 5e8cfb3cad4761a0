import { z } from "zod";
import { versionedOptionSchema } from "./build-options.ts";
import { formatSchema } from "./description.ts";
import { runtimeStatusSchema } from "./runtime.ts";

/** A host tool that image types need. */
export const toolStatusSchema = z.object({
  name: z.string(),
  /** Where it was found; null = missing. */
  path: z.string().nullable(),
  /** The package that brings it on this distribution, where we know it. */
  package: z.string().nullable(),
});
export type ToolStatus = z.infer<typeof toolStatusSchema>;

export const typeReadinessSchema = z.object({
  /** The `image=` value, with the filesystem or firmware where it matters, for example `oem (efi)`. */
  type: z.string(),
  ready: z.boolean(),
  missingTools: z.array(z.string()),
  /** What no package can bring, in words: a kernel file system, loop devices. */
  obstacles: z.array(z.string()),
});
export type TypeReadiness = z.infer<typeof typeReadinessSchema>;

export const kiwiInstallationSchema = z.object({
  /** Path of the `kiwi-ng` program. */
  command: z.string(),
  version: z.string(),
  /** Path of its `kiwi.rng`. */
  schemaPath: z.string(),
  /** The schema version that this KIWI validates against, for example "8.5". */
  schemaVersion: z.string(),
  /** SHA-256 of the schema file, hex: the name under which caches keep it. */
  schemaSha256: z.string(),
  /** What it reads besides XML, through the Python module anymarkup; none where it does not find that module. */
  formats: z.array(formatSchema),
  /**
   * The folder with that module, which KIWI is to see (PYTHONPATH) for such descriptions only; absent = KIWI has the
   * module among its own packages, or there is none.
   */
  markupFolder: z.string().optional(),
  /** XML is read through that module as well: comments are lost, and plain relative includes are not found. */
  xmlThroughMarkup: z.boolean(),
});
export type KiwiInstallation = z.infer<typeof kiwiInstallationSchema>;

/**
 * What judging descriptions as a KIWI does takes, besides the text of its schema, and names that text: whoever keeps
 * schemas under their SHA-256 need not ask for it again.
 */
export const schemaNameSchema = kiwiInstallationSchema
  .pick({ schemaVersion: true, formats: true, xmlThroughMarkup: true })
  .extend({
    /** SHA-256 of the schema's text, hex. */
    sha256: z.string(),
    kiwiVersion: z.string(),
  });
export type SchemaName = z.infer<typeof schemaNameSchema>;

/** The RELAX NG schema of the installed KIWI. */
export const schemaTextSchema = schemaNameSchema.extend({ text: z.string() });
export type SchemaText = z.infer<typeof schemaTextSchema>;

export function schemaNameOf(kiwi: KiwiInstallation): SchemaName {
  const { schemaSha256: sha256, version: kiwiVersion, schemaVersion, formats, xmlThroughMarkup } = kiwi;
  return { sha256, kiwiVersion, schemaVersion, formats, xmlThroughMarkup };
}

/** What `kiwi-workbench doctor --json` prints, and what the builder says of its host. */
export const doctorReportSchema = z.object({
  kiwi: kiwiInstallationSchema.nullable(),
  /** Why there is no usable KIWI; null where there is one. */
  kiwiProblem: z.string().nullable(),
  host: z.object({
    name: z.string(),
    distribution: z.string(),
    architecture: z.string(),
    kernel: z.string(),
    /** The process runs as root. */
    root: z.boolean(),
    cgroup: z.enum(["v1", "v2", "hybrid", "none"]),
    kvm: z.boolean(),
    loopDevices: z.boolean(),
    freeDiskBytes: z.number(),
  }),
  tools: z.array(toolStatusSchema),
  types: z.array(typeReadinessSchema),
  /** Packages to install for everything that is missing, in the words of this distribution's package manager. */
  missingPackages: z.array(z.string()),
  /** The command that installs them, one element an argument; empty where nothing is missing. */
  installCommand: z.array(z.string()),
});
export type DoctorReport = z.infer<typeof doctorReportSchema>;

/** The builder as the web application sees it. */
export const builderStatusSchema = z.object({
  online: z.boolean(),
  /** Why builds cannot be started at the moment, in one sentence that says what to do; null = they can. */
  problem: z.string().nullable(),
  hostName: z.string().nullable(),
  architecture: z.string().nullable(),
  kiwi: kiwiInstallationSchema.nullable(),
  /** Options of builds that this KIWI does not have. */
  missingOptions: z.array(versionedOptionSchema),
  /** Ways of keeping builds apart from this host; empty while they are being tried out. */
  runtimes: z.array(runtimeStatusSchema),
  slots: z.number(),
  running: z.array(z.string()),
});
export type BuilderStatus = z.infer<typeof builderStatusSchema>;
