import { describe, expect, test } from "vitest";
import { ruleSettingsFile } from "#lib/contracts/rule-settings.ts";
import { applyEdits } from "#lib/xml/edit/text-edit.ts";
import type { DocumentRequest } from "../contract.ts";
import { imageLints, scriptLints } from "../rules/lint/index.ts";
import { description, requestFor } from "../testing/marked.test-support.ts";
import { testKiwis } from "../testing/schema.test-support.ts";

const [newest] = testKiwis;
const language = () =>
  newest?.languageWithRules() as NonNullable<ReturnType<NonNullable<typeof newest>["languageWithRules"]>>;
const silencing = ["ignore", "switch-off"];

function offersFor(request: DocumentRequest, code: string) {
  const problem = language()
    .validate(request)
    .find((one) => one.code === code);
  if (problem === undefined) throw new Error(`no ${code}: ${JSON.stringify(language().validate(request))}`);
  return language().fixes(request, problem);
}

/** The text of a file after the first fix of an action. */
function after(request: DocumentRequest, code: string, action: string, path = request.path): string {
  const offers = offersFor(request, code);
  const fix = offers.find((one) => one.action === action);
  if (fix === undefined) throw new Error(`no ${action} among ${offers.map((one) => one.action).join(", ")}`);
  const text = path === request.path ? request.text : (request.read(path) ?? "");
  return applyEdits(
    text,
    fix.edits.filter((edit) => edit.path === path),
  );
}

const preferences = "<preferences/>";
const packages = (inner: string) => `<packages type="image">\n    ${inner}\n  </packages>`;
const profiles = (inner: string) => `<profiles>\n    ${inner}\n  </profiles>`;
const live = '<profile name="Live" description="Live"/>';
const repository = (inner: string) => `<repository>\n    ${inner}\n  </repository>`;

describe.skipIf(newest === undefined)("what our rules complain of", () => {
  test.each<[code: string, action: string, wrong: string, right: string]>([
    [
      "architecture-alias",
      "change-value",
      packages('<package name="a" arch="amd64"/>'),
      packages('<package name="a" arch="x86_64"/>'),
    ],
    [
      "absolute-this",
      "change-value",
      repository('<source path="this:///a"/>'),
      repository('<source path="this://a"/>'),
    ],
    ["unknown-address", "change-value", repository('<source path="a/b"/>'), repository('<source path="this://a/b"/>')],
    [
      "missing-file",
      "change-value",
      packages('<archive name="extar.tar.gz"/>'),
      packages('<archive name="extra.tar.gz"/>'),
    ],
    [
      "unused-profile",
      "remove-element",
      profiles(`${live}\n    <profile name="No" description="No"/>`),
      profiles(live),
    ],
    [
      "unknown-profile",
      "declare-profile",
      `${profiles(live)}\n  <packages type="image" profiles="DVD"/>`,
      `${profiles(`${live}\n    <profile name="DVD" description="DVD"/>`)}\n  <packages type="image" profiles="DVD"/>`,
    ],
    [
      "unknown-profile",
      "declare-profiles",
      '<packages type="image" profiles="DVD,Live"/>',
      `${profiles(`<profile name="DVD" description="DVD"/>\n    ${live}`)}\n  <packages type="image" profiles="DVD,Live"/>`,
    ],
    [
      "duplicate-repository",
      "change-value",
      '<repository alias="a"><source path="https://example.org/a"/></repository>\n  <repository alias="a"><source path="https://example.org/updates/"/></repository>',
      '<repository alias="a"><source path="https://example.org/a"/></repository>\n  <repository alias="updates"><source path="https://example.org/updates/"/></repository>',
    ],
    [
      "signature-check-off",
      "change-value",
      '<repository repository_gpgcheck="false"><source path="https://example.org/a"/></repository>',
      '<repository repository_gpgcheck="true"><source path="https://example.org/a"/></repository>',
    ],
  ])("%s: %s", (code, action, wrong, right) => {
    // What declares profiles stands before what uses them.
    const used = wrong.includes("<profile name") ? '<preferences profiles="Live"/>' : preferences;
    const text = (inner: string) => description(`${inner}\n  ${used}`);
    const request = { ...requestFor(text(wrong)), entries: ["config.xml", "extra.tar.gz"] };
    expect(after(request, code, action)).toBe(text(right));
  });

  test("all of a kind at once", () => {
    const request = requestFor(
      description(
        `${preferences}\n  ${packages('<package name="a" arch="amd64"/>\n    <package name="b" arch="arm64"/>')}`,
      ),
    );
    const changed = after(request, "architecture-alias", "change-value-all");
    expect(changed).toContain('arch="x86_64"');
    expect(changed).toContain('arch="aarch64"');
  });

  test.each<[action: string, wrong: string, right: string]>([
    ["remove-call", "suseConfig\necho a\n", "echo a\n"],
    ["remove-call", "echo a; suseConfig\n", "echo a; :\n"],
    ["remove-call", "if true; then\n  suseConfig\nfi\n", "if true; then\n  :\nfi\n"],
    ["remove-call", "baseStripDocs && echo a", ": && echo a"],
    ["remove-call-all", "suseConfig\nbaseStripDocs a b\necho a\n", "echo a\n"],
    [
      "ignore",
      "if true; then\n  suseConfig\nfi\n",
      "if true; then\n  # kiwi-workbench-ignore no-op-helper\n  suseConfig\nfi\n",
    ],
    ["ignore", "echo \\\n  $(suseConfig)\n", "# kiwi-workbench-ignore no-op-helper\necho \\\n  $(suseConfig)\n"],
  ])("a helper that does nothing: %s %j", (action, wrong, right) => {
    const request = requestFor(description(preferences), { files: { "config.sh": wrong } });
    expect(after(request, "no-op-helper", action, "config.sh")).toBe(right);
  });

  test.each(['suseConfig "a;b"\n', "baseStripDocs $(ls)\n", "suseConfig \\\n  a\n"])(
    "a call whose end is not certain stays: %j",
    (text) => {
      const request = requestFor(description(preferences), { files: { "config.sh": text } });
      expect(offersFor(request, "no-op-helper").map(({ action }) => action)).toEqual(silencing);
    },
  );

  test.each([
    [
      "#!/bin/bash\n# About\n\nbaseInsertService a\n",
      "#!/bin/bash\n# About\ntest -f /.kconfig && . /.kconfig\n\nbaseInsertService a\n",
    ],
    ["baseInsertService a\n", "test -f /.kconfig && . /.kconfig\nbaseInsertService a\n"],
  ])("KIWI's helpers are loaded: %j", (wrong, right) => {
    const request = requestFor(description(preferences), { files: { "config.sh": wrong } });
    expect(after(request, "helper-without-kconfig", "load-helpers", "config.sh")).toBe(right);
  });

  test.each([
    [undefined, '{\n  "rules": {\n    "no-op-helper": "off"\n  }\n}\n'],
    ['{ "rules": { "a-b": "off" } }', '{ "rules": { "a-b": "off", "no-op-helper": "off" } }'],
    [
      '{\n\t"rules": {\n\t\t"a-b": "off"\n\t}\n}\n',
      '{\n\t"rules": {\n\t\t"a-b": "off",\n\t\t"no-op-helper": "off"\n\t}\n}\n',
    ],
    ['{"rules": {"no-op-helper": "error", "a-b": "off"}}', '{"rules": {"no-op-helper": "off", "a-b": "off"}}'],
    ["{}", '{\n  "rules": {\n    "no-op-helper": "off"\n  }\n}\n'],
  ])("a rule is switched off in the settings %j", (settings, expected) => {
    const request = {
      ...requestFor(description(preferences), { files: { "config.sh": "suseConfig\n" } }),
      settings: settings === undefined ? [] : [{ path: ruleSettingsFile, text: settings }],
    };
    const fix = offersFor(request, "no-op-helper").find(({ action }) => action === "switch-off");
    expect(fix?.edits.every(({ path }) => path === ruleSettingsFile)).toBe(true);
    expect(applyEdits(settings ?? "", fix?.edits ?? [])).toBe(expected);
  });

  test("settings that are broken are left alone", () => {
    const settings = [{ path: ruleSettingsFile, text: '{"rules": {' }];
    const request = { ...requestFor(description(preferences), { files: { "config.sh": "suseConfig\n" } }), settings };
    expect(offersFor(request, "no-op-helper").map(({ action }) => action)).toEqual(["remove-call", "ignore"]);
  });

  // Only the author knows what is meant, or the remedy lies outside of the description's text.
  const unmended: Readonly<Record<string, string>> = {
    "missing-type": "which type is built is the author's choice",
    "no-bootstrap": "which packages a distribution begins with is not known here",
    "repository-type-mismatch": "either the type or the package manager is wrong",
    "unsigned-repository": "a check needs a key that only the author can name",
    "obs-only-address": "where the packages are outside of the service is not known here",
    "repository-password": "the secret has to be kept somewhere else",
    "plain-password": "the hash must not be made from a secret that was published already",
    "plain-luks-passphrase": "the secret has to be kept somewhere else",
    "comment-lost": "nothing is wrong with the comment itself",
    "host-path": "the file has to be brought into the folder",
    "unsafe-overlay-name": "files have to be renamed",
    "ignored-root-archive": "files have to be removed",
    "several-image-files": "files have to be moved",
    "temporary-file-edit": "what is to be done instead depends on the system in the image",
  };

  const mended = imageLints.filter(({ code }) => unmended[code] === undefined);

  test.each(mended)("$code has a fix, and can be silenced", ({ code, example }) => {
    const inner = example?.wrong ?? "";
    const whole = inner.includes("<repository")
      ? inner
      : `${inner}\n${repository('<source path="https://example.org/"/>')}`;
    const packages = { architecture: "x86_64", offered: {}, unknown: { vimm: ["vim"] } };
    const request = { ...requestFor(description(whole)), entries: ["present.tar.gz", "config.xml"], packages };
    const actions = offersFor(request, code).map(({ action }) => action);
    // Names that are not alike are not offered for one another.
    const needsNear = code === "missing-file";
    if (!needsNear) expect(actions.filter((action) => !silencing.includes(action)).length).toBeGreaterThan(0);
    expect(actions).toEqual(expect.arrayContaining(silencing));
  });

  test("what has no fix is listed with its reason, and nothing else is", () => {
    const codes = [...imageLints, ...scriptLints].map(({ code }) => code);
    expect(Object.keys(unmended).filter((code) => !codes.includes(code))).toEqual([]);
  });
});
