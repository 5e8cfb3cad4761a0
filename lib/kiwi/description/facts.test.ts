import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { type FactsResult, readFacts } from "./facts.ts";

const nothing = () => undefined;

function image(inside: string): string {
  return `<?xml version="1.0"?>\n<image schemaversion="8.5" name="one">\n${inside}\n</image>`;
}

async function errorOf(text: string, file = "config.xml"): Promise<{ message: string; line?: number; file?: string }> {
  const result = await readFacts(file, text, nothing);
  if (!("error" in result)) throw new Error("expected an error");
  return result.error;
}

async function factsOf(result: Promise<FactsResult>) {
  const read = await result;
  if ("error" in read) throw new Error(read.error.message);
  return read.facts;
}

const full = image(`
  <description type="system"><author>A &amp; B</author><specification>Some &#x41;</specification></description>
  <profiles>
    <profile name="Disk" description="A disk" import="true"/>
    <profile name="Live" description="A stick"><requires profile="Disk"/></profile>
  </profiles>
  <preferences><version>1.2.3</version><packagemanager>apt</packagemanager></preferences>
  <preferences profiles="Disk,Live"><type image="oem" filesystem="ext4" format="qcow2" primary="true"/></preferences>`);

test("reads what lists and dialogs show", async () => {
  expect(await factsOf(readFacts("config.xml", full, nothing))).toEqual({
    name: "one",
    schemaVersion: "8.5",
    version: "1.2.3",
    packageManager: "apt",
    specification: "Some A",
    author: "A & B",
    types: [{ image: "oem", filesystem: "ext4", format: "qcow2", primary: true, profiles: ["Disk", "Live"] }],
    profiles: [
      { name: "Disk", description: "A disk", import: true, requires: [] },
      { name: "Live", description: "A stick", import: false, requires: ["Disk"] },
    ],
  });
});

test("YAML is read by KIWI's mapping, numbers as Python writes them", async () => {
  const yaml = `
image:
  "@schemaversion": "8.5"
  "@name": one
  profiles:
    profile: [{"@name": Disk, "@description": A disk, requires: {"@profile": Base}}]
  preferences:
    - version: 1.10
      packagemanager: zypper
    - "@profiles": Disk
      type: {"@image": iso, "@primary": "true"}
`;
  const facts = await factsOf(readFacts("appliance.kiwi", yaml, nothing));
  expect(facts).toMatchObject({ name: "one", version: "1.1", packageManager: "zypper" });
  expect(facts.types).toEqual([{ image: "iso", primary: true, profiles: ["Disk"] }]);
  expect(facts.profiles[0]?.requires).toEqual(["Base"]);
});

describe("includes", () => {
  const main = image('<include from="this://./parts/disk.xml"/>\n<include from="more.xml"/>');
  const files: Record<string, string> = {
    "parts/disk.xml": '<image><preferences><version>7</version><type image="oem"/></preferences></image>',
    "more.xml": '<image><include from="parts/disk.xml"/><preferences><type image="iso"/></preferences></image>',
  };

  test("are merged one level deep, as KIWI does", async () => {
    const facts = await factsOf(readFacts("config.xml", main, (path) => files[path]));
    expect(facts.version).toBe("7");
    expect(facts.types.map((type) => type.image)).toEqual(["oem", "iso"]);
  });

  test("a missing one is told with its line", async () => {
    expect(await errorOf(main)).toEqual({ message: 'The included file "parts/disk.xml" does not exist.', line: 3 });
  });

  test("a broken one is told with its name", async () => {
    const result = await readFacts("config.xml", main, (path) =>
      path === "more.xml" ? "<image>\n<x></image>" : files[path],
    );
    expect(result).toMatchObject({ error: { file: "more.xml", line: 2 } });
  });

  test("with another root than <image> bring nothing, as in KIWI", async () => {
    const facts = await factsOf(readFacts("config.xml", main, (path) => (path === "more.xml" ? "<x/>" : files[path])));
    expect(facts.types.map((type) => type.image)).toEqual(["oem"]);
  });

  test("never ask for a file outside of the folder", async () => {
    const asked: string[] = [];
    const outside = ["this://../a.xml", "file:///etc/passwd", "/etc/passwd", "b/../../c.xml", "http://host/d.xml"];
    const text = image(outside.map((from) => `<include from="${from}"/>`).join(""));
    await factsOf(readFacts("config.xml", text, (path) => void asked.push(path)));
    expect(asked).toEqual([]);
  });
});

describe("refuses as data", () => {
  test.each([
    ["a document type", '<?xml version="1.0"?>\n<!-- x -->\n<!DOCTYPE image SYSTEM "file:///etc/passwd">\n<image/>', 3],
    ["an open element", "<image>\n<a>\n</image>", 3],
    ["a control character", "<image>\n\u0001</image>", 2],
    ["an empty file", "", 1],
    ["another root", "\n<project name='x'/>", undefined],
    ["a missing name", '\n<image schemaversion="8.5"/>', 2],
    ["a missing schema version", '\n\n<image name="x"/>', 3],
  ])("%s", async (_name, text, line) => {
    const error = await errorOf(text);
    expect(error.message).not.toBe("");
    if (line !== undefined) expect(error.line).toBe(line);
  });

  test("entities that nobody has defined", async () => {
    expect((await errorOf(image("<description>&secret;</description>"))).message).toContain("&secret;");
  });

  test("two outermost elements", async () => {
    expect((await errorOf(`${image("")}<image/>`)).message).toContain("second");
  });

  test("depth without end, in both forms", async () => {
    const deep = 5_000;
    await errorOf(image(`${"<a>".repeat(deep)}${"</a>".repeat(deep)}`));
    await errorOf(`image: ${"{a: ".repeat(200)}1${"}".repeat(200)}`, "config.yaml");
  });

  test("aliases that unfold into millions of elements", async () => {
    const levels = Array.from(
      { length: 9 },
      (_, n) => `l${n + 1}: &l${n + 1} {a: [${"*l0, ".replace("0", String(n)).repeat(9)}]}`,
    );
    await errorOf(`image:\n  l0: &l0 {b: c}\n  ${levels.join("\n  ")}\n`, "config.yaml");
  });

  test("more than 4 MiB", async () => {
    expect((await errorOf(" ".repeat(4 * 1024 * 1024 + 1))).message).toContain("4 MiB");
  });

  test("a link that was checked out as text", async () => {
    expect((await errorOf("config.xml", "leap.kiwi")).message).toContain("symbolic link");
  });

  test("broken YAML, with its line", async () => {
    expect((await errorOf("image:\n  a: [1, 2\n  b: 3\n", "config.yaml")).line).toBeGreaterThan(1);
  });
});

const corpus = join(import.meta.dirname, "../../../../shared/corpus");

describe.skipIf(!existsSync(corpus))("real descriptions", () => {
  const files = globSync("**/{config.xml,*.kiwi}", { cwd: corpus });

  test.each(files)("%s has facts or an error", async (file) => {
    const folder = dirname(join(corpus, file));
    const read = (path: string) => {
      const place = join(folder, path);
      return existsSync(place) ? readFileSync(place, "utf8") : undefined;
    };
    const text = readFileSync(join(corpus, file), "utf8");
    const result = await readFacts(file, text, read);
    if (/^[\w.-]+\s*$/.test(text)) expect(result).toHaveProperty("error");
    else {
      const facts = await factsOf(Promise.resolve(result));
      expect(facts.types.length).toBeGreaterThan(0);
    }
  });
});
