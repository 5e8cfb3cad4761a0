import { execFileSync } from "node:child_process";

/** What KIWI itself does to check a description, without starting anything: RELAX NG and Schematron by lxml. */
const script = `
import json, sys, time
from kiwi.defaults import Defaults
from lxml import etree, isoschematron
start = time.perf_counter()
schema = etree.parse(Defaults.get_schema_file())
relaxng = etree.RelaxNG(schema)
schematron = isoschematron.Schematron(schema)
print((time.perf_counter() - start) * 1000)
for line in sys.stdin:
    text = json.loads(line).encode()
    times = []
    while len(times) < 5 and sum(times) < 10:
        start = time.perf_counter()
        document = etree.fromstring(text)
        relaxng.validate(document)
        schematron.validate(document)
        times.append(time.perf_counter() - start)
    print(sorted(times)[len(times) // 2] * 1000)
`;

/** Milliseconds for the schema and for each text; the median of up to five runs. */
export function lxmlTimes(python: string, texts: readonly string[]): { schema: number; checks: number[] } {
  const input = texts.map((text) => `${JSON.stringify(text)}\n`).join("");
  const output = execFileSync(python, ["-c", script], { input, encoding: "utf8" });
  const [schema = Number.NaN, ...checks] = output.trim().split("\n").map(Number);
  return { schema, checks };
}
