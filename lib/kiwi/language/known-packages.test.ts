import { describe, expect, test } from "vitest";
import { applyEdits } from "#lib/xml/edit/text-edit.ts";
import { description, requestFor } from "./testing/marked.test-support.ts";
import { testKiwis } from "./testing/schema.test-support.ts";

const [newest] = testKiwis;

const text = description(`<preferences><packagemanager>apt</packagemanager></preferences>
<repository distribution="bookworm" components="main contrib"><source path="https://example.com/debian"/></repository>
<repository type="rpm-md"><source path="https://example.com/rpm"/></repository>
<repository imageonly="true"><source path="https://example.com/later"/></repository>
<repository arch="aarch64"><source path="https://example.com/arm"/></repository>
<packages type="image">
  <package name="vimm"/>
  <package name="gone" arch="aarch64"/>
  <ignore name="unwanted"/>
</packages>
<packages type="bootstrap"><package name="bash"/><package name="*"/></packages>
<packages type="delete"><package name="nano"/></packages>`);

const packages = {
  architecture: "x86_64",
  offered: {
    bash: { name: "bash", version: "5.2-1", installedSize: 7_200_000, downloadSize: null, summary: "a *shell*" },
  },
  unknown: { vimm: ["vim", "vim-tiny"], gone: [], nano: [], unwanted: [] },
};

describe.skipIf(newest === undefined)("what repositories have", () => {
  const language = () => {
    const found = newest?.languageWithRules();
    if (found === undefined) throw new Error("no KIWI");
    return found;
  };

  test("is asked for what an architecture would install, from where it would come", () => {
    expect(language().namedPackages(requestFor(text), "x86_64")).toEqual({
      names: ["vimm", "bash", "*"],
      repositories: [
        {
          source: "https://example.com/debian",
          type: "apt-deb",
          distribution: "bookworm",
          components: ["main", "contrib"],
        },
        { source: "https://example.com/rpm", type: "rpm-md", distribution: null, components: [] },
      ],
    });
    expect(language().namedPackages(requestFor("<users/>"), "x86_64")).toBeNull();
  });

  test("makes packages unknown, with a fix for each name that may be meant", () => {
    const request = { ...requestFor(text), packages };
    const found = language()
      .validate(request)
      .filter(({ code }) => code === "unknown-package");
    expect(found).toMatchObject([{ severity: "warning", message: expect.stringContaining('"vim" or "vim-tiny"') }]);
    const [problem] = found;
    if (problem === undefined) throw new Error("unreachable");
    const [first, second] = language().fixes(request, problem);
    expect([first?.title, second?.title]).toEqual(['Change to "vim"', 'Change to "vim-tiny"']);
    expect(applyEdits(request.text, first?.edits ?? [])).toBe(request.text.replace("vimm", "vim"));
  });

  test("is not guessed where nobody knows", () => {
    const codes = language()
      .validate(requestFor(text))
      .map(({ code }) => code);
    expect(codes).not.toContain("unknown-package");
  });

  test("is said where the pointer rests", () => {
    const request = { ...requestFor(text), packages };
    for (const place of ['package name="bash"', 'name="bash"', 'bash"']) {
      const markdown = language().hover({ ...request, offset: request.text.indexOf(place) + 1 })?.markdown;
      expect(markdown, place).toContain("**`bash`** 5.2-1, 7.2 MB installed");
      expect(markdown).toContain("a \\*shell\\*");
    }
  });
});
