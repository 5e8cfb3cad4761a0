import { type BuildOptions, buildOptionsSchema } from "#lib/contracts/build-options.ts";

/** A repository as its fields hold it. */
export interface RepositoryDraft {
  /** Names the draft while it is edited. */
  key: number;
  use: "add" | "replace";
  source: string;
  type: string | null;
  alias: string;
  priority: string;
  distribution: string;
  components: string[];
  signingKeys: string[];
  sourceType: string | null;
  imageInclude: boolean;
  packageGpgCheck: boolean;
  repositoryGpgCheck: boolean;
  user: string;
  password: string;
}

/** The options as the dialog's fields hold them; pairs are written NAME=VALUE. */
export interface OptionsDraft {
  descriptionRepositories: BuildOptions["descriptionRepositories"];
  repositories: RepositoryDraft[];
  addPackages: string[];
  addBootstrapPackages: string[];
  deletePackages: string[];
  signingKeys: string[];
  caCertificates: string[];
  caDistribution: string | null;
  containerTag: string;
  containerDerivedFrom: string;
  containerLabels: string[];
  releaseVersion: string;
  typeAttributes: string[];
  environment: string[];
  /** Null = what the builder takes by itself. */
  runtime: string | null;
  compression: BuildOptions["compression"];
  fromNothing: boolean;
  debug: boolean;
}

export const noOptions: OptionsDraft = {
  descriptionRepositories: "use",
  repositories: [],
  addPackages: [],
  addBootstrapPackages: [],
  deletePackages: [],
  signingKeys: [],
  caCertificates: [],
  caDistribution: null,
  containerTag: "",
  containerDerivedFrom: "",
  containerLabels: [],
  releaseVersion: "",
  typeAttributes: [],
  environment: [],
  runtime: null,
  compression: "release",
  fromNothing: false,
  debug: true,
};

export function newRepository(key: number): RepositoryDraft {
  return {
    key,
    use: "add",
    source: "",
    type: null,
    alias: "",
    priority: "",
    distribution: "",
    components: [],
    signingKeys: [],
    sourceType: null,
    imageInclude: false,
    packageGpgCheck: false,
    repositoryGpgCheck: false,
    user: "",
    password: "",
  };
}

/** What is wrong, by field; those of a repository as `repositories.<key>.<field>`. */
export type OptionErrors = Readonly<Record<string, string>>;

/** How many options are not as usual. */
export function countOptions(draft: OptionsDraft): number {
  return Object.entries(draft).filter(([name, value]) => {
    if (Array.isArray(value)) return value.length > 0;
    return value !== noOptions[name as keyof OptionsDraft];
  }).length;
}

/** The options that the fields stand for, or what is wrong with them. */
export function readOptions(draft: OptionsDraft): { options: BuildOptions } | { errors: OptionErrors } {
  const errors: Record<string, string> = {};
  const pairs = (field: "containerLabels" | "typeAttributes" | "environment") => {
    const wrong = draft[field].find((text) => text.indexOf("=") < 1);
    if (wrong !== undefined) errors[field] = `"${wrong}" is not NAME=VALUE.`;
    return Object.fromEntries(
      draft[field].map((text) => [text.slice(0, text.indexOf("=")), text.slice(text.indexOf("=") + 1)]),
    );
  };
  const replacing = draft.repositories.filter(({ use }) => use === "replace");
  const adding = draft.repositories.filter(({ use }) => use === "add");
  for (const { key } of replacing.slice(1))
    errors[`repositories.${key}.use`] = "Only one can take the first one's place.";
  const parsed = buildOptionsSchema.safeParse({
    ...draft,
    replaceRepository: replacing[0] && repository(replacing[0]),
    addRepositories: adding.map(repository),
    caDistribution: draft.caDistribution ?? undefined,
    containerTag: draft.containerTag || undefined,
    containerDerivedFrom: draft.containerDerivedFrom || undefined,
    releaseVersion: draft.releaseVersion || undefined,
    runtime: draft.runtime ?? undefined,
    containerLabels: pairs("containerLabels"),
    typeAttributes: pairs("typeAttributes"),
    environment: pairs("environment"),
  });
  for (const { path, message } of parsed.error?.issues ?? []) {
    const [field, index, inner] = path;
    const of = field === "replaceRepository" ? replacing[0] : field === "addRepositories" && adding[Number(index)];
    const name = of ? `repositories.${of.key}.${String(field === "replaceRepository" ? index : inner)}` : String(field);
    errors[name] ??= sentence(message);
  }
  return parsed.success && Object.keys(errors).length === 0 ? { options: parsed.data } : { errors };
}

function repository(draft: RepositoryDraft) {
  const { type, alias, priority, distribution, sourceType, user, password } = draft;
  return {
    ...draft,
    type: type ?? undefined,
    alias: alias || undefined,
    priority: priority === "" ? undefined : Number(priority),
    distribution: distribution || undefined,
    sourceType: sourceType ?? undefined,
    credentials: user === "" && password === "" ? undefined : { user, password },
  };
}

function sentence(message: string): string {
  return `${message.charAt(0).toUpperCase()}${message.slice(1)}.`.replace(/\.\.$/, ".");
}
