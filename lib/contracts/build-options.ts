import { z } from "zod";
import { relativePathSchema } from "./description.ts";
import { runtimeNameSchema } from "./runtime.ts";

/**
 * What a build may ask of KIWI beyond profiles, type and architecture. Every value ends as one argument of a command line
 * or in a file that KIWI reads, so each has the form that KIWI can take, and none can be read as an option.
 */

/** Text of one line. */
const line = (limit: number) =>
  z
    .string()
    .max(limit)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what the check is about.
    .regex(/^[^\0-\x1f\x7f]*$/, "must be one line without control characters");

const form = (pattern: RegExp, limit: number, words: string) => z.string().regex(pattern, words).max(limit);

/** A key or a certificate: a file of the description's folder, a file of the builder (file:///...), or an address. */
export const keySchema = z.union([
  form(
    /^(?:file:\/\/\/|https?:\/\/)[A-Za-z0-9._~:/%+-]+$/,
    1024,
    "must be a file of the description, file:///..., or an http(s) address",
  ),
  relativePathSchema.regex(
    /^[A-Za-z0-9_][A-Za-z0-9._/+-]*$/,
    "must be a file of the description with letters, digits, . _ + - only",
  ),
]);

/** A login of a package source. Stored builds hold the name only; the password is with them no longer. */
export const credentialsSchema = z.object({
  user: line(256).min(1),
  password: line(1024),
});

export const repositoryTypes = ["rpm-md", "apt-deb", "apk", "apt-rpm", "deb-dir", "mirrors"] as const;

export const repositoryOptionSchema = z.object({
  /** The address, without a login: that has its own field. KIWI cannot take a comma in it. */
  source: form(
    /^(?:https?|ftp|obs|dir|file|this|obsrepositories):[A-Za-z0-9._~:/?=&%+-]+$/,
    1024,
    "must be an address as https://..., obs://..., dir:///... or this://..., without user name, comma or blank",
  ),
  type: z.enum(repositoryTypes).optional(),
  alias: form(
    /^[A-Za-z0-9][A-Za-z0-9._-]*$/,
    128,
    "must begin with a letter or digit; only letters, digits, . _ - may follow",
  ).optional(),
  priority: z.int().min(1).max(9999).optional(),
  /** Set the repository up in the finished image, too. */
  imageInclude: z.boolean().default(false),
  packageGpgCheck: z.boolean().default(false),
  repositoryGpgCheck: z.boolean().default(false),
  signingKeys: z.array(keySchema).max(16).default([]),
  /** Debian: components as "main", and the distribution as "trixie". */
  components: z
    .array(form(/^[A-Za-z0-9][A-Za-z0-9._/-]*$/, 128, "must be a component's name, for example main"))
    .max(16)
    .default([]),
  distribution: form(
    /^[A-Za-z0-9][A-Za-z0-9._/-]*$/,
    128,
    "must be a distribution's name, for example trixie",
  ).optional(),
  /** How the address is to be understood (KIWI 10). */
  sourceType: z.enum(["baseurl", "metalink", "mirrorlist"]).optional(),
  credentials: credentialsSchema.optional(),
});
export type RepositoryOption = z.infer<typeof repositoryOptionSchema>;

export const packageNameSchema = form(
  /^[A-Za-z0-9@][A-Za-z0-9.+:_@~-]*$/,
  200,
  "must be a package's name: letters, digits and . + : _ @ ~ -",
);
const packagesSchema = z.array(packageNameSchema).max(1000).default([]);

/** Variables that decide how programs of the host are found, loaded or interpreted. */
const RESERVED =
  /^(?:PATH|HOME|IFS|ENV|SHELL|SHELLOPTS|BASHOPTS|PS4|BASH_.*|LD_.*|PYTHON.*|PERL.*|GCONV_PATH|LANG|LC_ALL)$/;

export const distributionsOfCertificates = ["archlinux", "debian", "redhat", "suse"] as const;

export const buildOptionsSchema = z.object({
  /** Repositories of the description: all, none, or only those that end in the image. */
  descriptionRepositories: z.enum(["use", "ignore", "ignore-for-build"]).default("use"),
  /** Takes the place of the description's first repository. */
  replaceRepository: repositoryOptionSchema.optional(),
  addRepositories: z.array(repositoryOptionSchema).max(32).default([]),
  addPackages: packagesSchema,
  addBootstrapPackages: packagesSchema,
  deletePackages: packagesSchema,
  signingKeys: z.array(keySchema).max(32).default([]),
  caCertificates: z.array(keySchema).max(32).default([]),
  caDistribution: z.enum(distributionsOfCertificates).optional(),
  containerTag: form(/^\w[\w.-]*$/, 128, "must be a tag: letters, digits, _ . -").optional(),
  containerLabels: z
    .record(form(/^[A-Za-z0-9][A-Za-z0-9._/-]*$/, 256, "must be a label's name: letters, digits, . _ / -"), line(4096))
    .default({}),
  containerDerivedFrom: form(
    /^[A-Za-z0-9][A-Za-z0-9+.-]*:[A-Za-z0-9._~:/@+#-]+$/,
    1024,
    "must be an address as docker://registry/name:tag or file:///image.tar",
  ).optional(),
  releaseVersion: form(/^[A-Za-z0-9][A-Za-z0-9._+-]*$/, 64, "must be a version: letters, digits, . _ + -").optional(),
  /** Attributes of the `<type>` that is built, as they are to be; set in the build's own copy of the description. */
  typeAttributes: z
    .record(form(/^[A-Za-z][A-Za-z0-9_]*$/, 64, "must be the name of an attribute of <type>"), line(2048))
    .default({}),
  /** Variables for KIWI and everything that it runs. */
  environment: z
    .record(
      form(/^[A-Za-z_][A-Za-z0-9_]*$/, 128, "must be a variable's name").refine(
        (name) => !RESERVED.test(name),
        "is set by the builder",
      ),
      line(4096),
    )
    .default({}),
  /** Absent = the one that protects the host best and serves. */
  runtime: runtimeNameSchema.optional(),
  /** How hard xz works on archives, containers and the like: "preview" is done sooner, and the result is larger. */
  compression: z.enum(["release", "preview"]).default("release"),
  /** Nothing of earlier builds is used, and nothing kept for later ones: KIWI makes the image as it always does. */
  fromNothing: z.boolean().default(false),
  /** The log holds every command that KIWI runs; without it only what KIWI says by itself. */
  debug: z.boolean().default(true),
});
export type BuildOptions = z.infer<typeof buildOptionsSchema>;
/** Options as they are written down: what is left out has its usual value. */
export type BuildOptionsInput = z.input<typeof buildOptionsSchema>;

/** An option that not every KIWI has. */
export const versionedOptionSchema = z.enum(["releaseVersion", "caCertificates", "sourceType"]);
export type VersionedOption = z.infer<typeof versionedOptionSchema>;

/** Every repository that the options name, in the order in which KIWI gets them. */
export function repositoriesOf(options: BuildOptions): RepositoryOption[] {
  return [...(options.replaceRepository ? [options.replaceRepository] : []), ...options.addRepositories];
}

/** The options that these options use and that not every KIWI has. */
export function versionedOptionsOf(options: BuildOptions): VersionedOption[] {
  return [
    ...(options.releaseVersion === undefined ? [] : (["releaseVersion"] as const)),
    ...(options.caCertificates.length === 0 ? [] : (["caCertificates"] as const)),
    ...(repositoriesOf(options).some(({ sourceType }) => sourceType !== undefined) ? (["sourceType"] as const) : []),
  ];
}

/** The options as they may be stored and shown: the logins without their passwords. */
export function withoutPasswords(options: BuildOptions): BuildOptions {
  const bare = (repository: RepositoryOption): RepositoryOption =>
    repository.credentials === undefined
      ? repository
      : { ...repository, credentials: { ...repository.credentials, password: "" } };
  return {
    ...options,
    ...(options.replaceRepository === undefined ? {} : { replaceRepository: bare(options.replaceRepository) }),
    addRepositories: options.addRepositories.map(bare),
  };
}

/** The passwords of the repositories that have a login, in their order. */
export function passwordsIn(options: BuildOptions): string[] {
  return repositoriesOf(options).flatMap(({ credentials }) => (credentials ? [credentials.password] : []));
}

/** Puts passwords back where `passwordsIn` found them. Null where their number is not the right one. */
export function withPasswords(options: BuildOptions, passwords: readonly string[]): BuildOptions | null {
  if (passwordsIn(options).length !== passwords.length) return null;
  const left = [...passwords];
  const filled = (repository: RepositoryOption): RepositoryOption =>
    repository.credentials === undefined
      ? repository
      : { ...repository, credentials: { ...repository.credentials, password: left.shift() ?? "" } };
  return {
    ...options,
    ...(options.replaceRepository === undefined ? {} : { replaceRepository: filled(options.replaceRepository) }),
    addRepositories: options.addRepositories.map(filled),
  };
}
