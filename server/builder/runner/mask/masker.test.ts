import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { MASK, Masker } from "./masker.ts";

const SECRET = `p@ss'w "ö$r/d+&<`;

/** What comes out for a text that comes in pieces. */
function through(secrets: readonly string[], ...pieces: (string | Uint8Array)[]): string {
  const masker = new Masker(secrets);
  const out = pieces.map((piece) => masker.push(Buffer.from(piece)));
  return Buffer.concat([...out, masker.end()]).toString();
}

const shell = (script: string) => execFileSync("bash", ["-c", script, "x", SECRET], { encoding: "utf8" });
const python = (script: string) => execFileSync("python3", ["-c", script, SECRET], { encoding: "utf8" });

/** Each form is made by the program that builds would use. */
const FORMS: Record<string, () => string> = {
  plain: () => SECRET,
  "the shell's quotes": () => shell('printf "%s" "${1@Q}"'),
  "printf %q": () => shell('printf %q "$1"'),
  "printf %q in UTF-8": () => shell('export LC_ALL=C.UTF-8; printf %q "$1"'),
  "set -x": () => shell('exec 2>&1; set -x; : "$1"'),
  shlex: () => python("import shlex, sys; print(shlex.quote(sys.argv[1]))"),
  "Python's repr": () => python("import sys; print([sys.argv[1]])"),
  JSON: () => python("import json, sys; print(json.dumps(sys.argv[1]))"),
  "JSON in UTF-8": () => JSON.stringify({ password: SECRET }),
  XML: () => python("import xml.sax.saxutils as x, sys; print(x.quoteattr(sys.argv[1]), x.escape(sys.argv[1]))"),
  "an address": () => `https://user:${encodeURIComponent(SECRET)}@host/`,
  "Python's quote": () => python("import urllib.parse, sys; print(urllib.parse.quote(sys.argv[1], safe=''))"),
  "a form": () => python("import urllib.parse, sys; print(urllib.parse.urlencode({'a': sys.argv[1]}))"),
  "small hexadecimal digits": () => encodeURIComponent(SECRET).replace(/%../g, (escape) => escape.toLowerCase()),
  base64: () => Buffer.from(SECRET).toString("base64"),
  "base64 of a login": () => `Authorization: Basic ${Buffer.from(`me:${SECRET}`).toString("base64")}`,
  "base64 of a longer login": () => `Basic ${Buffer.from(`user:${SECRET}!`).toString("base64")}`,
  "base64 at the third place": () => Buffer.from(`abcd ${SECRET}\n`).toString("base64"),
  base64url: () => Buffer.from(`x${SECRET}`).toString("base64url"),
  hexadecimal: () => Buffer.from(SECRET).toString("hex"),
};

/** Enough of the secret in any form to know that it was not hidden. */
function shows(text: string): boolean {
  const pieces = [
    /p@ss/,
    /p%40ss/i,
    /%C3%B6/i,
    /r\/d/,
    new RegExp(Buffer.from(SECRET).toString("hex").slice(4, 16), "i"),
  ];
  const letters = [0, 1, 2].map((shift) =>
    Buffer.concat([Buffer.alloc(shift), Buffer.from(SECRET)])
      .toString("base64")
      .slice(4, 14),
  );
  return pieces.some((piece) => piece.test(text)) || letters.some((piece) => text.replaceAll("_", "/").includes(piece));
}

describe.each(Object.entries(FORMS))("as %s", (_, make) => {
  const text = `before ${make()} after`;

  test("it is seen by this test", () => expect(shows(text)).toBe(true));

  test("it is hidden, and its neighbours are not", () => {
    const out = through([SECRET], text);
    expect(shows(out)).toBe(false);
    expect(out).toContain(MASK);
    expect(out).toMatch(/^before [\s\S]*after$/);
  });

  test("it is hidden wherever it is cut in two, and byte by byte", () => {
    const bytes = Buffer.from(text);
    const whole = through([SECRET], text);
    for (let cut = 1; cut < bytes.length; cut++)
      expect(through([SECRET], bytes.subarray(0, cut), bytes.subarray(cut))).toBe(whole);
    expect(through([SECRET], ...[...bytes].map((byte) => Uint8Array.of(byte)))).toBe(whole);
  });
});

test("nothing else is changed, not even bytes that are no text", () => {
  const bytes = Buffer.from(Array.from({ length: 512 }, (_, index) => index % 256));
  const masker = new Masker([SECRET, "linux"]);
  expect(Buffer.concat([masker.push(bytes), masker.end()])).toEqual(bytes);
});

test("a line leaves at once, and only what may become a secret waits", () => {
  const masker = new Masker(["linux-password"]);
  expect(masker.push(Buffer.from("a line\nlin")).toString()).toBe("a line\n");
  expect(masker.pause().toString()).toBe("lin");
  expect(masker.push(Buffer.from("linux-pass")).toString()).toBe("");
  expect(masker.pause().toString()).toBe("");
  expect(masker.push(Buffer.from("word!")).toString()).toBe(`${MASK}!`);
});

test("of secrets that begin alike, or lie in each other, nothing is left", () => {
  expect(through(["abcd", "abcdef", "efgh"], "abcd", "ef abcdX abcdefgh")).toBe(`${MASK} ${MASK}X ${MASK}gh`);
  expect(through(["abab"], "ab", "ab", "ab\n")).toBe(`${MASK}ab\n`);
});

test("a login in any address is hidden, whether it is known or not", () => {
  expect(through([], "GET https://me:sec", "ret@host/x and http://host:80/y")).toBe(
    `GET https://me:${MASK}@host/x and http://host:80/y`,
  );
});

test("short words are not hidden: they would be everywhere", () => {
  expect(through(["abc"], "abc")).toBe("abc");
});
