import { join } from "node:path";
import { type BuildOptions, type RepositoryOption, repositoriesOf } from "#lib/contracts/build-options.ts";

/** Where the files lie that options name. */
export type OptionPlaces = {
  /** The laid out description. */
  description: string;
  /** Holds the files with logins, see `credentialFiles`. */
  secrets: string;
};

/** The arguments of `system prepare` for a build's options, each of them one word or two. */
export function optionArguments(options: BuildOptions, places: OptionPlaces): string[] {
  const several = (option: string, values: readonly string[]) => values.flatMap((value) => [option, value]);
  const path = (key: string) => keyPath(key, places);
  const files = credentialFiles(options);
  const login = ({ file }: { file: string }) => join(places.secrets, file);
  const [replacing, adding] = [files.filter(({ replaces }) => replaces), files.filter(({ replaces }) => !replaces)];
  return [
    ...{ use: [], ignore: ["--ignore-repos"], "ignore-for-build": ["--ignore-repos-used-for-build"] }[
      options.descriptionRepositories
    ],
    ...(options.replaceRepository === undefined
      ? []
      : ["--set-repo", repositoryArgument(options.replaceRepository, places)]),
    ...several("--set-repo-credentials", replacing.map(login)),
    ...several(
      "--add-repo",
      loginsFirst(options.addRepositories).map((one) => repositoryArgument(one, places)),
    ),
    ...several("--add-repo-credentials", adding.map(login)),
    ...several("--add-package", options.addPackages),
    ...several("--add-bootstrap-package", options.addBootstrapPackages),
    ...several("--delete-package", options.deletePackages),
    ...signingKeyArguments(options, places),
    ...several("--ca-cert", options.caCertificates.map(path)),
    ...(options.caDistribution === undefined ? [] : ["--ca-target-distribution", options.caDistribution]),
    ...(options.containerTag === undefined ? [] : ["--set-container-tag", options.containerTag]),
    ...several(
      "--add-container-label",
      Object.entries(options.containerLabels).map(([name, value]) => `${name}=${value}`),
    ),
    ...(options.containerDerivedFrom === undefined
      ? []
      : ["--set-container-derived-from", options.containerDerivedFrom]),
    ...(options.releaseVersion === undefined ? [] : ["--set-release-version", options.releaseVersion]),
  ];
}

/** The keys, which both steps of a build want to know. */
export function signingKeyArguments(options: BuildOptions, places: OptionPlaces): string[] {
  return options.signingKeys.flatMap((key) => ["--signing-key", keyPath(key, places)]);
}

/** A file with the login of a repository: what KIWI is shown in the place of the words themselves. */
export type CredentialFile = { file: string; text: string; replaces: boolean };

/** The files with logins that the arguments name; KIWI reads the first line of each. */
export function credentialFiles(options: BuildOptions): CredentialFile[] {
  const ordered = repositoriesOf({ ...options, addRepositories: loginsFirst(options.addRepositories) });
  return ordered.flatMap((repository, index) => {
    if (repository.credentials === undefined) return [];
    // KIWI makes an address of it as it is.
    const { user, password } = repository.credentials;
    const text = `${encodeURIComponent(user)}:${encodeURIComponent(password)}\n`;
    return [{ file: `repository-${index}`, text, replaces: repository === options.replaceRepository }];
  });
}

/** KIWI gives the first login to the first repository, the second to the second, whether they want one or not. */
function loginsFirst(repositories: readonly RepositoryOption[]): RepositoryOption[] {
  return repositories.toSorted((a, b) => Number(b.credentials !== undefined) - Number(a.credentials !== undefined));
}

/** KIWI's fields with commas between them. Truth values are always said: left out in the middle, they have no meaning. */
function repositoryArgument(repository: RepositoryOption, places: OptionPlaces): string {
  const keys = repository.signingKeys.map((key) => (isAddress(key) ? key : `file://${keyPath(key, places)}`));
  const fields = [
    repository.source,
    repository.type ?? "",
    repository.alias ?? "",
    repository.priority === undefined ? "" : String(repository.priority),
    String(repository.imageInclude),
    String(repository.packageGpgCheck),
    keys.length === 0 ? "" : `{${keys.join(";")}}`,
    repository.components.join(" "),
    repository.distribution ?? "",
    String(repository.repositoryGpgCheck),
    ...(repository.sourceType === undefined ? [] : [repository.sourceType]),
  ];
  return fields.join(",");
}

function isAddress(key: string): boolean {
  return /^(?:file|https?):/.test(key);
}

/** A key's file on this host; an address of the network stays one. */
function keyPath(key: string, { description }: OptionPlaces): string {
  if (key.startsWith("file://")) return key.slice("file://".length);
  return isAddress(key) ? key : join(description, key);
}
