import { execFile } from "node:child_process";
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { schemaText, testKiwis } from "#lib/kiwi/language/testing/schema.test-support.ts";
import { createDescription } from "./create-description.ts";
import { getDescription } from "./read-description.ts";
import { listTemplates, renderTemplate } from "./templates/index.ts";
import { testWorkspace } from "./test-workspace.ts";

const templates = await listTemplates();
const wish = {
  folder: "new/one",
  name: "My_Image",
  version: "1.2.3",
  repository: "https://mirror.example/a?b=1&c=<2>",
};

test("there is a template for each distribution", () => {
  expect(templates.map(({ id }) => id)).toEqual([
    "debian",
    "ubuntu",
    "opensuse-tumbleweed",
    "opensuse-leap",
    "fedora",
    "almalinux",
    "centos-stream",
    "archlinux",
  ]);
});

function problemsOf(files: readonly { path: string; text: string }[]) {
  const read = (path: string) => files.find((file) => file.path === path)?.text;
  const entries = files.map(({ path }) => path);
  const request = { path: "config.xml", text: read("config.xml") ?? "", read, mains: ["config.xml"], entries };
  return testKiwis[0]?.languageWithRules().validate(request) ?? [];
}

// The mirror of the host is mostly one without TLS, and apt needs none: it checks signatures, or the template says why not.
test.skipIf(schemaText === null).each(["debian", "ubuntu"])("%s from a mirror by http is fine", async (template) => {
  expect(problemsOf(await renderTemplate({ ...wish, repository: "http://mirror.example/a", template }, null))).toEqual(
    [],
  );
});

describe.each(templates)("$title", ({ id: template, types }) => {
  test("makes a description that is read as what was asked for", async () => {
    await using workspace = await testWorkspace();
    const id = await createDescription(workspace.path, { ...wish, template }, null);
    expect(id).toBe("new/one/config.xml");
    const { facts } = await getDescription(workspace.path, id);
    expect(facts).toMatchObject({ name: "My_Image", version: "1.2.3", schemaVersion: "8.5" });
    expect(new Set(facts?.types.map(({ image }) => image))).toEqual(new Set(types));
    expect((await stat(join(workspace.path, "new/one/config.sh"))).mode & 0o777).toBe(0o755);
    await promisify(execFile)("bash", ["-n", join(workspace.path, "new/one/config.sh")]);
    expect(await readdir(join(workspace.path, "new"))).toEqual(["one"]);
  });

  test.skipIf(schemaText === null)("is opened without anything to complain of that could be helped", async () => {
    const files = await renderTemplate({ ...wish, template }, null);
    const problems = problemsOf(files);
    // Whose repositories are for rpm or pacman, has to name the key first: that is noted, and nothing else is.
    const noted = problems.filter(({ code, severity }) => code === "unsigned-repository" && severity === "info");
    expect(problems).toEqual(["debian", "ubuntu"].includes(template) ? [] : noted);
  });

  test("is written for an older KIWI with its words", async () => {
    const [imageFile] = await renderTemplate({ ...wish, template }, "7.5");
    expect(imageFile?.text).toContain('schemaversion="7.5"');
    expect(imageFile?.text).not.toMatch(/<packagemanager>dnf[45]/);
  });

  test("gives nobody a password", async () => {
    const files = await renderTemplate({ ...wish, template }, null);
    const withoutComments = files.map(({ text }) => text.replace(/<!--[^]*?-->/g, "")).join("");
    expect(withoutComments).not.toMatch(/<user\b|password=/);
  });
});

describe("refuses", () => {
  const good = { ...wish, template: "debian" };

  test("a folder that exists, and leaves it alone", async () => {
    await using workspace = await testWorkspace({ "new/one/keep": "kept" });
    await expect(createDescription(workspace.path, good, null)).rejects.toMatchObject({ reason: "exists" });
    expect(await readFile(join(workspace.path, "new/one/keep"), "utf8")).toBe("kept");
  });

  test("a folder below a link that leads out", async () => {
    await using workspace = await testWorkspace();
    await workspace.link("new", "../outside");
    await expect(createDescription(workspace.path, good, null)).rejects.toMatchObject({ reason: "refused" });
    expect(await readdir(join(workspace.dir, "outside"))).toEqual(["secret.txt"]);
  });

  test.each([
    [{ template: "none" }, "no template"],
    [{ release: 'sid" x="' }, "not a release"],
    [{ repository: "" }, "address"],
    [{ repository: "mirror without scheme" }, "address"],
  ])("%j", async (part, message) => {
    await using workspace = await testWorkspace();
    await expect(createDescription(workspace.path, { ...good, ...part }, null)).rejects.toMatchObject({
      reason: "refused",
      message: expect.stringContaining(message),
    });
    expect(await readdir(workspace.path)).toEqual([]);
  });
});
