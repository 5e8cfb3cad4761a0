/** How long our validation takes beside lxml's. Both parse the text and check RELAX NG and Schematron. */
import { execFileSync } from "node:child_process";
import { requestFor } from "#lib/kiwi/language/testing/marked.test-support.ts";
import { kiwiPython, schemaText, testLanguage } from "#lib/kiwi/language/testing/schema.test-support.ts";
import { type Measurement, medianTime } from "./measurement.ts";

const rounds = 15;

const lxml = `
import json, sys, time
from kiwi.defaults import Defaults
from lxml import etree, isoschematron
schema = etree.parse(Defaults.get_schema_file())
relaxng = etree.RelaxNG(schema)
schematron = isoschematron.Schematron(schema)
for line in sys.stdin:
    text = json.loads(line).encode()
    times = []
    for _ in range(5):
        start = time.perf_counter()
        document = etree.fromstring(text)
        relaxng.validate(document)
        schematron.validate(document)
        times.append(time.perf_counter() - start)
    print(sorted(times)[2] * 1000)
`;

function descriptionOf(packages: number): string {
  const names = Array.from({ length: packages }, (_, i) => `    <package name="package-${i}" arch="x86_64"/>`);
  return `<image schemaversion="8.5" name="bench">
  <description type="system"><author>a</author><contact>b</contact><specification>c</specification></description>
  <preferences><version>1.0.0</version><packagemanager>apt</packagemanager><type image="oem" filesystem="ext4"/></preferences>
  <repository type="apt-deb"><source path="obs://x"/></repository>
  <packages type="image">
${names.join("\n")}
  </packages>
</image>
`;
}

export function measure(): Measurement[] | null {
  if (schemaText === null || kiwiPython === null) return null;
  const texts = [80, 200, 2000].map(descriptionOf);
  const input = texts.map((text) => `${JSON.stringify(text)}\n`).join("");
  const theirs = execFileSync(kiwiPython, ["-c", lxml], { input, encoding: "utf8" }).trim().split("\n").map(Number);
  const language = testLanguage();
  return texts.map((text, index) => ({
    what: `validate, ${Math.round(text.length / 1024)} KiB`,
    ours: medianTime(rounds, () => language.validate(requestFor(text))),
    baseline: "lxml",
    theirs: theirs[index] ?? Number.NaN,
  }));
}
