import { readFile } from "node:fs/promises";
import type { ParseArgsConfig } from "node:util";
import type { BuildOptionsInput } from "#lib/contracts/build-options.ts";
import { UsageError } from "./failure.ts";

const one = { type: "string" } as const;
const several = { type: "string", multiple: true } as const;
const flag = { type: "boolean" } as const;

/** The options of `build` that KIWI has under the same names. */
export const BUILD_OPTIONS = {
  "ignore-repos": flag,
  "ignore-repos-used-for-build": flag,
  "set-repo": one,
  "set-repo-credentials": one,
  "add-repo": several,
  "add-repo-credentials": several,
  "add-package": several,
  "add-bootstrap-package": several,
  "delete-package": several,
  "signing-key": several,
  "ca-cert": several,
  "ca-target-distribution": one,
  "set-container-tag": one,
  "add-container-label": several,
  "set-container-derived-from": one,
  "set-release-version": one,
  "set-type-attr": several,
  setenv: several,
  "no-debug": flag,
  runtime: one,
  "from-nothing": flag,
  preview: flag,
} as const satisfies ParseArgsConfig["options"];

type Flag = "ignore-repos" | "ignore-repos-used-for-build" | "no-debug" | "from-nothing" | "preview";
type Single = "set-repo" | "set-repo-credentials" | "ca-target-distribution" | "set-container-tag";
type Singles = Single | "runtime" | "set-container-derived-from" | "set-release-version";
type Values = Partial<
  Record<Flag, boolean> &
    Record<Singles, string> &
    Record<Exclude<keyof typeof BUILD_OPTIONS, Flag | Singles>, string[]>
>;

/** The options of a build, not yet checked. Throws UsageError for what cannot be read as one. */
export async function readBuildOptions(values: Values): Promise<Record<string, unknown>> {
  const credentials = values["add-repo-credentials"] ?? [];
  const added = values["add-repo"] ?? [];
  if (credentials.length > added.length) throw new UsageError("There are more --add-repo-credentials than --add-repo.");
  const options: Partial<Record<keyof BuildOptionsInput, unknown>> = {
    descriptionRepositories: repositoriesWord(values),
    replaceRepository:
      values["set-repo"] === undefined
        ? undefined
        : await readRepository(values["set-repo"], values["set-repo-credentials"]),
    addRepositories: await Promise.all(added.map((text, index) => readRepository(text, credentials[index]))),
    addPackages: values["add-package"],
    addBootstrapPackages: values["add-bootstrap-package"],
    deletePackages: values["delete-package"],
    signingKeys: values["signing-key"],
    caCertificates: values["ca-cert"],
    caDistribution: values["ca-target-distribution"],
    containerTag: values["set-container-tag"],
    containerLabels: pairs("--add-container-label", values["add-container-label"]),
    containerDerivedFrom: values["set-container-derived-from"],
    releaseVersion: values["set-release-version"],
    typeAttributes: pairs("--set-type-attr", values["set-type-attr"]),
    environment: pairs("--setenv", values.setenv),
    runtime: values.runtime,
    fromNothing: values["from-nothing"] === true,
    compression: values.preview ? "preview" : "release",
    debug: values["no-debug"] !== true,
  };
  return options;
}

function repositoriesWord(values: Values): BuildOptionsInput["descriptionRepositories"] {
  if (values["ignore-repos"]) return "ignore";
  return values["ignore-repos-used-for-build"] ? "ignore-for-build" : "use";
}

/** Words of a repository on the command line, and what they stand for. */
const FIELDS: Record<string, (value: string) => Record<string, unknown>> = {
  type: (type) => ({ type }),
  alias: (alias) => ({ alias }),
  priority: (priority) => ({ priority: Number(priority) }),
  imageinclude: (value) => ({ imageInclude: truth(value) }),
  package_gpgcheck: (value) => ({ packageGpgCheck: truth(value) }),
  repository_gpgcheck: (value) => ({ repositoryGpgCheck: truth(value) }),
  key: (value) => ({ signingKeys: value.split(";") }),
  components: (value) => ({ components: value.split(" ") }),
  distribution: (distribution) => ({ distribution }),
  sourcetype: (sourceType) => ({ sourceType }),
};

async function readRepository(text: string, credentials: string | undefined): Promise<Record<string, unknown>> {
  const [source = "", ...fields] = text.split(",");
  const repository: Record<string, unknown> = { source };
  for (const [name, value] of Object.entries(pairs("A repository", fields))) {
    const field = FIELDS[name];
    if (field === undefined) throw new UsageError(`A repository has no "${name}"; ${Object.keys(FIELDS).join(", ")}.`);
    Object.assign(repository, field(value));
  }
  return credentials === undefined ? repository : { ...repository, credentials: await readLogin(credentials) };
}

/** A login is never on the command line, where everybody on the machine can read it. */
async function readLogin(file: string): Promise<{ user: string; password: string }> {
  const text = await readFile(file, "utf8").catch(() => {
    throw new UsageError(`The file ${file} with the login of a repository cannot be read.`);
  });
  const [, user, password] = /^([^:\n]+):(.+)/.exec(text) ?? [];
  if (user === undefined || password === undefined)
    throw new UsageError(`The first line of ${file} must be a user name and a password with ":" between them.`);
  return { user, password: password.replace(/\r$/, "") };
}

function pairs(option: string, texts: readonly string[] = []): Record<string, string> {
  return Object.fromEntries(
    texts.map((text) => {
      const at = text.indexOf("=");
      if (at < 1) throw new UsageError(`${option} needs NAME=VALUE, but got "${text}".`);
      return [text.slice(0, at), text.slice(at + 1)];
    }),
  );
}

function truth(value: string): boolean {
  if (value !== "true" && value !== "false") throw new UsageError(`"${value}" must be true or false.`);
  return value === "true";
}
