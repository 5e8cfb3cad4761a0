import { expect, test } from "vitest";
import { readInterpreter } from "./python-package.ts";

test.for<[string, string | null]>([
  ["#!/usr/bin/python3\nimport re", "/usr/bin/python3"],
  ["#!/usr/bin/python3.11 -sP\n", "/usr/bin/python3.11 -sP"],
  ["#!/opt/venv/bin/python\n", "/opt/venv/bin/python"],
  ["#!/usr/bin/env python3\n", "/usr/bin/env python3"],
  ["#!/usr/bin/env -S python3 -s\n", "/usr/bin/env python3 -s"],
  [`#!/bin/sh\n'''exec' "/a long path/bin/python3" "$0" "$@"\n' '''`, "/a long path/bin/python3"],
  [`#!/bin/sh\n'''exec' /long/bin/python3.12 "$0" "$@"\n' '''`, "/long/bin/python3.12"],
  ["#!/bin/bash\nexec kiwi", null],
  ["\u007fELF", null],
])("the interpreter of %j", ([script, expected]) => {
  const found = readInterpreter(script);
  expect(found && [found.program, ...found.args].join(" ")).toBe(expected);
});
