import { spawnSync } from "node:child_process";
import { lstatSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { validationReportSchema } from "#lib/contracts/problem.ts";

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "cli-"));
  mkdirSync(join(folder, "data"));
});

afterAll(() => rmSync(folder, { recursive: true }));

function cli(...parameters: string[]) {
  return cliWith("", ...parameters);
}

function cliWith(input: string, ...parameters: string[]) {
  return cliIn({}, input, ...parameters);
}

function cliIn(environment: Record<string, string>, input: string, ...parameters: string[]) {
  const env = { ...process.env, KIWI_WORKBENCH_DATA: join(folder, "data"), ...environment };
  const program = join(process.cwd(), "bin", "kiwi-workbench");
  const { status, stdout, stderr } = spawnSync(program, parameters, { env, cwd: folder, encoding: "utf8", input });
  return { status, stdout, stderr };
}

function put(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return name;
}

test.each([
  ["no command", []],
  ["an unknown command", ["paint"]],
  ["an unknown option", ["doctor", "--colour"]],
  ["validate without a file", ["validate"]],
  ["validate in an unknown format", ["validate", "x", "--format", "html"]],
  ["a number of warnings that is none", ["validate", "x", "--max-warnings", "few"]],
  ["build of two folders", ["build", "a", "b"]],
  ["logs of something that is no build", ["logs", "last"]],
])("%s is a wrong command line: status 2", (_what, parameters) => {
  const { status, stdout, stderr } = cli(...parameters);
  expect(status).toBe(2);
  expect(stdout + stderr).toContain("kiwi-workbench");
  expect(stderr).not.toContain("    at ");
});

test("help is no failure", () => {
  expect(cli("help")).toMatchObject({ status: 0, stderr: "" });
  expect(cli("build", "--help").stdout).toContain("--profile");
});

test("validate prints one report a file and fails if any is invalid", () => {
  const broken = put("broken.xml", "<image>\n  <packages>\n</image>\n");
  const { status, stdout } = cli("validate", broken, broken, "--json");
  const reports = stdout
    .trim()
    .split("\n")
    .map((line) => validationReportSchema.parse(JSON.parse(line)));
  expect(status).toBe(1);
  expect(reports).toHaveLength(2);
  expect(reports[0]).toMatchObject({ file: "broken.xml", valid: false });
  expect(reports[0]?.problems).toContainEqual(expect.objectContaining({ severity: "error", layer: "syntax", line: 2 }));
});

test("validate names place and rule for people", () => {
  const { status, stdout } = cli("validate", put("broken.xml", "<image>"));
  expect(status).toBe(1);
  expect(stdout).toMatch(/^broken\.xml:\d+:\d+: error: .+ \[[a-z-]+\]$/m);
});

test("upgrade needs an image file, and says why it cannot upgrade", () => {
  expect(cli("upgrade").status).toBe(2);
  const { status, stderr } = cli("upgrade", put("broken.xml", "<image>"));
  expect(status).toBe(1);
  expect(stderr).toContain("kiwi-workbench: ");
  expect(stderr).not.toContain("    at ");
});

test.skipIf(process.env["KIWI_WORKBENCH_KIWI"] === undefined)(
  "upgrade shows, and writes, the files of a description",
  () => {
    const text = '<image schemaversion="7.5" name="a">\r\n  <include from="this://part.xml"/>\r\n</image>\r\n';
    const part = "<image>\n  <preferences><packagemanager>dnf</packagemanager></preferences>\n</image>";
    const read = (name: string) => readFileSync(join(folder, name), "utf8");
    mkdirSync(join(folder, "old"));
    put("old/real.kiwi", text);
    put("old/part.xml", part);
    symlinkSync("real.kiwi", join(folder, "old/link.kiwi"));

    expect(cli("upgrade", "old/link.kiwi").stdout).toContain('part.xml:2: changed "dnf" in <packagemanager> to "dnf4"');
    expect(read("old/real.kiwi")).toBe(text);
    const { stdout } = cli("upgrade", "old/link.kiwi", "--diff", "--write");
    expect(stdout).toContain("+  <preferences><packagemanager>dnf4<");
    expect(read("old/link.kiwi")).toMatch(/^<image schemaversion="[^"]+" name="a">\r\n {2}<include/);
    expect(lstatSync(join(folder, "old/link.kiwi")).isSymbolicLink()).toBe(true);
    expect(read("old/part.xml")).toBe(part.replace("dnf<", "dnf4<"));
    expect(cli("upgrade", "old/link.kiwi")).toMatchObject({ status: 0, stdout: "" });
  },
);

test("validate by a KIWI that is named and not there finds nothing valid", () => {
  const { status, stdout, stderr } = cliIn(
    { KIWI_WORKBENCH_KIWI: "/nonexistent/kiwi-ng" },
    "<image/>",
    "validate",
    "-",
  );
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toContain("/nonexistent/kiwi-ng");
});

test("validate writes annotations of GitHub, escaped", () => {
  mkdirSync(join(folder, "a,b"), { recursive: true });
  const { status, stdout } = cli("validate", put("a,b/100%.xml", "<image>"), "--format", "github");
  expect(status).toBe(1);
  expect(stdout).toMatch(/^::error file=a%2Cb\/100%25\.xml,line=1,endLine=1,col=1,endColumn=\d+,title=[a-z-]+::/m);
  expect(stdout).not.toContain("invalid");
});

test.skipIf(process.env["KIWI_WORKBENCH_KIWI"] === undefined)(
  "validate takes a fragment for a part of the description above it that includes it",
  () => {
    mkdirSync(join(folder, "composed/parts"), { recursive: true });
    const part = put("composed/parts/users.xml", "<image><users/></image>");
    const fault = () => JSON.parse(cli("validate", part, "--json").stdout).problems[0];
    expect(fault()?.code).toMatch(/schemaversion/);
    put("composed/my.kiwi", '<image><include from="this://parts/users.xml"/></image>');
    expect(fault()?.code).not.toMatch(/schemaversion/);
  },
);

test("validate reads standard input and all descriptions below a folder", () => {
  const input = cliWith("<image>", "validate", "-", "--json");
  expect(input.status).toBe(1);
  expect(JSON.parse(input.stdout)).toMatchObject({ file: "-", valid: false });
  mkdirSync(join(folder, "many/one"), { recursive: true });
  mkdirSync(join(folder, "many/two"), { recursive: true });
  put("many/one/config.xml", "<image>");
  put("many/two/my.kiwi", "<image>");
  put("many/two/part.xml", "<image>");
  expect(cli("validate", "many").stdout.match(/^many\/.*: invalid$/gm)).toEqual([
    "many/one/config.xml: invalid",
    "many/two/my.kiwi: invalid",
  ]);
  expect(cli("validate", "data").status).toBe(1);
});

test.skipIf(process.env["KIWI_WORKBENCH_KIWI"] === undefined)("validate weighs by settings and counts warnings", () => {
  mkdirSync(join(folder, "weighed/image"), { recursive: true });
  mkdirSync(join(folder, "weighed/.git"), { recursive: true });
  const preferences = '<preferences><version>1.0.0</version><type image="tbz"/></preferences>';
  const repository = '<repository><source path="http://example.com/"/></repository>';
  const about =
    '<description type="system"><author>a</author><contact>c</contact><specification>s</specification></description>';
  put("weighed/image/config.xml", `<image schemaversion="7.5" name="a">${about}${preferences}${repository}</image>`);
  const run = (...more: string[]) => cli("validate", "weighed", ...more);
  expect(run()).toMatchObject({ status: 0, stdout: expect.stringContaining("[plain-http]") });
  expect(run("--max-warnings", "0").status).toBe(1);
  put("weighed/.kiwi-workbench.json", '{ "rules": { "plain-http": "error" } }');
  expect(run().status).toBe(1);
  put("weighed/image/.kiwi-workbench.json", '{ "rules": { "plain-http": "off" } }');
  expect(run("--max-warnings", "0").stdout).not.toContain("plain-http");
});

test("explain says what a code means, and lists all codes", () => {
  expect(cli("explain", "plain-http")).toMatchObject({ status: 0, stdout: expect.stringContaining("https") });
  expect(cli("explain").stdout).toMatch(/^ {2}check_mediacheck_installed: /m);
  expect(cli("explain", "nothing-of-the-kind")).toMatchObject({ status: 1, stdout: "" });
});

test("a file that is not there is a failure, not a crash", () => {
  const { status, stderr } = cli("validate", "nothing.xml");
  expect(status).toBe(1);
  expect(stderr).toContain("nothing.xml");
  expect(stderr).not.toContain("    at ");
});

test("without a running KIWI Workbench the message says how to start it", () => {
  put("config.xml", "<image/>");
  const { status, stderr } = cli("build", ".");
  expect(status).toBe(1);
  expect(stderr).toContain("npm start");
  expect(stderr).not.toContain("    at ");
});

test("the program works through a link from elsewhere", () => {
  const link = join(folder, "link");
  symlinkSync(join(process.cwd(), "bin", "kiwi-workbench"), link);
  expect(spawnSync(link, ["help"], { cwd: "/", encoding: "utf8" }).status).toBe(0);
});

test("convert prints the other format, says what gets lost, and never replaces a file", () => {
  const xml = put("convert.xml", '<image schemaversion="8.5" name="a"><packages type="image"/><!-- last --></image>\n');
  const shown = cli("convert", xml, "--to", "yaml");
  expect(shown).toMatchObject({ status: 0, stdout: expect.stringContaining('image:\n  "@schemaversion": "8.5"\n') });
  expect(shown.stderr).toContain("convert.xml:1: This comment has no place");
  expect(cli("convert", xml, "--to", "json", "--write").status).toBe(0);
  expect(JSON.parse(readFileSync(join(folder, "convert.json"), "utf8"))).toHaveProperty(
    "image.packages.@type",
    "image",
  );
  expect(cli("convert", xml, "--to", "json", "--write")).toMatchObject({ status: 1 });
  expect(cli("convert", xml, "--to", "word").status).toBe(2);
});
