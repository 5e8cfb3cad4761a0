import { expect, test } from "vitest";
import { type BuildOptionsInput, buildOptionsSchema } from "#lib/contracts/build-options.ts";
import { credentialFiles, optionArguments } from "./option-arguments.ts";

const places = { description: "/b/0/description", secrets: "/b/0/secrets" };
const complete = (options: BuildOptionsInput) => buildOptionsSchema.parse(options);
const args = (options: BuildOptionsInput) => optionArguments(complete(options), places);

test("the usual options are no arguments", () => expect(args({})).toEqual([]));

test("every option has its argument", () => {
  expect(
    args({
      descriptionRepositories: "ignore-for-build",
      addPackages: ["vim", "less"],
      addBootstrapPackages: ["usrmerge"],
      deletePackages: ["nano"],
      signingKeys: ["keys/own.asc", "file:///usr/share/keyrings/debian.gpg", "https://example.org/key"],
      caCertificates: ["ca.pem"],
      caDistribution: "debian",
      containerTag: "1.0",
      containerLabels: { "org.example/a": "some text = x" },
      containerDerivedFrom: "docker://debian:trixie",
      releaseVersion: "13",
    }),
  ).toEqual([
    "--ignore-repos-used-for-build",
    ...["--add-package", "vim", "--add-package", "less", "--add-bootstrap-package", "usrmerge"],
    ...["--delete-package", "nano"],
    ...["--signing-key", "/b/0/description/keys/own.asc", "--signing-key", "/usr/share/keyrings/debian.gpg"],
    ...["--signing-key", "https://example.org/key"],
    ...["--ca-cert", "/b/0/description/ca.pem", "--ca-target-distribution", "debian"],
    ...["--set-container-tag", "1.0", "--add-container-label", "org.example/a=some text = x"],
    ...["--set-container-derived-from", "docker://debian:trixie", "--set-release-version", "13"],
  ]);
});

const debian = { source: "https://host/debian", type: "apt-deb", alias: "d" } as const;

test("a repository has KIWI's fields in their order", () => {
  const full = {
    ...debian,
    priority: 5,
    packageGpgCheck: true,
    distribution: "trixie",
    components: ["main", "contrib"],
  };
  expect(args({ addRepositories: [{ ...full, signingKeys: ["a.asc", "https://host/b"] }] })).toEqual([
    "--add-repo",
    "https://host/debian,apt-deb,d,5,false,true,{file:///b/0/description/a.asc;https://host/b},main contrib,trixie,false",
  ]);
});

test("logins are named by file, and stand with the repositories that they belong to", () => {
  const options = complete({
    replaceRepository: { ...debian, source: "https://first/", credentials: { user: "r", password: "replaced" } },
    addRepositories: [
      { source: "https://open/" },
      { source: "https://closed/", credentials: { user: "me@home", password: "p w:/" } },
    ],
  });
  const words = optionArguments(options, places);
  expect(words.join(" ")).not.toMatch(/replaced|p w/);
  expect(words).toEqual([
    ...["--set-repo", "https://first/,apt-deb,d,,false,false,,,,false"],
    ...["--set-repo-credentials", "/b/0/secrets/repository-0"],
    ...["--add-repo", "https://closed/,,,,false,false,,,,false", "--add-repo", "https://open/,,,,false,false,,,,false"],
    ...["--add-repo-credentials", "/b/0/secrets/repository-1"],
  ]);
  expect(credentialFiles(options).map(({ file, text }) => [file, text])).toEqual([
    ["repository-0", "r:replaced\n"],
    ["repository-1", "me%40home:p%20w%3A%2F\n"],
  ]);
});

test.for<BuildOptionsInput>([
  { addPackages: ["--root"] },
  { addPackages: ["a b"] },
  { addPackages: ["$(id)"] },
  { addRepositories: [{ source: "https://user:pw@host/" }] },
  { addRepositories: [{ source: "https://host/a,b" }] },
  { addRepositories: [{ source: "/etc" }] },
  { signingKeys: ["../../etc/shadow"] },
  { signingKeys: ["-x"] },
  { containerTag: "-t" },
  { containerLabels: { a: "two\nlines" } },
  { typeAttributes: { 'x=a") or __import__("os").system("id") or ("': "y" } },
  { environment: { LD_PRELOAD: "/tmp/x.so" } },
  { environment: { PYTHONPATH: "/tmp" } },
  { environment: { BASH_ENV: "/tmp/x" } },
])("%j is refused", (options) => expect(buildOptionsSchema.safeParse(options).success).toBe(false));
