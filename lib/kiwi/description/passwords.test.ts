import { expect, test } from "vitest";
import { plainPasswords, replacePasswords, secretsOf } from "./passwords.ts";

const XML = `<image>
  <include from="users.xml"/>
  <preferences><type image="oem" luks="disk secret"/></preferences>
  <preferences><type image="oem" luks="file:///root/key"/></preferences>
  <repository><source path="https://me:to%20ken@host/x" username="u" password="pw&amp;2"/></repository>
  <users><user name="root" password="$6$abc" pwdformat="encrypted"/></users>
</image>`;
const USERS = `<image><users>
  <user name="a" password="linux" pwdformat="plain"/>
  <user pwdformat="plain" name="b" password="linux"/>
  <user name="c" password="$1$x"/>
</users></image>`;
const read = (path: string) => ({ "config.xml": XML, "users.xml": USERS })[path];

test("finds what the log must not show", () => {
  expect(secretsOf("config.xml", read).sort()).toEqual(
    ["$1$x", "$6$abc", "disk secret", "linux", "pw&2", "to%20ken"].sort(),
  );
});

test("replaces plain passwords, wherever they stand, by their hashes", () => {
  expect(plainPasswords("config.xml", read)).toEqual(["linux"]);
  expect(replacePasswords("config.xml", read, new Map([["linux", "$6$hash"]]))).toEqual(
    new Map([["users.xml", USERS.replaceAll('"linux"', '"$6$hash"').replaceAll('"plain"', '"encrypted"')]]),
  );
});

test("in YAML, too", () => {
  const yaml =
    'image:\n  users:\n    user:\n      - "@name": root\n        "@password": 1234\n        "@pwdformat": plain\n';
  const of = () => yaml;
  expect(plainPasswords("config.yaml", of)).toEqual(["1234"]);
  expect(replacePasswords("config.yaml", of, new Map([["1234", "$6$h"]])).get("config.yaml")).toBe(
    yaml.replace("1234", '"$6$h"').replace("plain", '"encrypted"'),
  );
});
