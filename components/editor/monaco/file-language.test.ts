import { expect, it } from "vitest";
import { fileLanguage } from "./file-language.ts";

it("knows a file by its extension", () => {
  expect(fileLanguage("config.xml", "")).toBe("xml");
  expect(fileLanguage("platforms/iso.YAML", "")).toBe("yaml");
  expect(fileLanguage("root/etc/systemd/network/20-lan.network", "[Match]")).toBe("ini");
  expect(fileLanguage("README.md", "# Read me")).toBe("plaintext");
});

it("looks into *.kiwi as KIWI does", () => {
  expect(fileLanguage("a.kiwi", "\n<?xml version='1.0'?>")).toBe("xml");
  expect(fileLanguage("a.kiwi", "image:\n  schemaversion: '8.0'")).toBe("yaml");
});

it("knows scripts by their first line", () => {
  expect(fileLanguage("root/usr/bin/setup", "#!/bin/bash\n")).toBe("shell");
  expect(fileLanguage("root/usr/bin/setup", "#!/usr/bin/env sh\n")).toBe("shell");
  expect(fileLanguage("root/usr/bin/setup", "#!/usr/bin/python3\n")).toBe("plaintext");
  expect(fileLanguage("sh", "text")).toBe("plaintext");
});
