/**
 * The editor as people have it: the production build in a real browser, from the press of a key to the marks in the
 * text. Beside it what people have today: lxml in their own process, jing, and `kiwi-ng image info`.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, BrowserContext } from "@playwright/test";
import { kiwiPython, schemaPath } from "#lib/kiwi/language/testing/schema.test-support.ts";
import { type Product, startProduct } from "../e2e/support/product.ts";
import { descriptionOf, sizes, typings } from "./descriptions.ts";
import { EditorPage, type FirstAnswers, launchBrowser, patience } from "./editor-page.ts";
import { lxmlTimes } from "./lxml.ts";
import { type Measurement, percentile } from "./measurement.ts";
import { othersTimes } from "./others.ts";

/** Places of each text at which something is typed. */
const places = 48;
/** So often a page is opened for what happens once on it. */
const openings = 5;

const texts = sizes.map(([name, bytes]) => ({ name, text: descriptionOf(bytes), folder: `bench-${bytes}` }));

export async function measure(): Promise<Measurement[] | null> {
  if (kiwiPython === null || schemaPath === undefined) return null;
  const product = await startProduct();
  const browser = await launchBrowser();
  try {
    return withBaselines(await measureIn(browser, product), kiwiPython, schemaPath);
  } finally {
    await browser.close();
    await product.stop();
  }
}

/** What a row speaks of: one of the texts, or the schema. */
interface Row extends Measurement {
  about: string;
}

async function measureIn(browser: Browser, product: Product): Promise<Row[]> {
  const login = await browser.newContext();
  const page = await login.newPage();
  page.setDefaultTimeout(patience);
  await page.goto(await product.loginAddress());
  await page.waitForURL(`${product.origin}/`);
  const storageState = await login.storageState();
  /** A browser that has not been here before. */
  const freshContext = () => browser.newContext({ storageState });

  const rows: Row[] = [];
  for (const { name, text, folder } of texts) {
    await makeDescription(login, product, folder, text);
    const address = `${product.origin}/descriptions/${folder}/config.xml`;
    const [cold, kept]: [FirstAnswers[], FirstAnswers[]] = [[], []];
    for (let i = 0; i < openings; i++) {
      const context = await freshContext();
      for (const answers of [cold, kept]) {
        const opened = await EditorPage.open(context, address);
        answers.push(await opened.firstAnswers());
        await opened.close();
      }
      await context.close();
    }
    const median = (times: readonly number[]) => percentile(times, 50);
    if (rows.length === 0) {
      rows.push({ what: "schema, cold", ours: median(cold.map(({ schema }) => schema)), about: "schema" });
      rows.push({
        what: "schema, kept by the browser",
        ours: median(kept.map(({ schema }) => schema)),
        about: "schema",
      });
    }
    rows.push({ what: `full check, ${name}`, ours: median(cold.map(({ check }) => check)), about: name });

    const context = await freshContext();
    const opened = await EditorPage.open(context, address);
    const { keys, longestTask } = await opened.type(text, typings(text, places));
    await context.close();
    rows.push({ what: `key to marks p50, ${name}`, ours: percentile(keys, 50), about: name });
    rows.push({ what: `key to marks p95, ${name}`, ours: percentile(keys, 95), about: name });
    rows.push({ what: `longest task of the page while typing, ${name}`, ours: longestTask, about: "" });
  }
  return rows;
}

/** Each row beside each of the baselines that there are for what it speaks of. */
function withBaselines(rows: readonly Row[], python: string, schema: string): Measurement[] {
  const kiwi = join(python, "../kiwi-ng");
  const lxml = lxmlTimes(
    python,
    texts.map(({ text }) => text),
  );
  const baselines = new Map<string, [name: string, time: number][]>([["schema", [["lxml", lxml.schema]]]]);
  for (const [index, { name, text }] of texts.entries()) {
    const others = othersTimes(kiwi, schema, text, name === "1 MB" ? 1 : 3);
    for (const [what, time] of Object.entries({
      jing: others.jing,
      "kiwi-ng image info": others["kiwi-ng image info"],
    }))
      if (time === undefined) process.stderr.write(`editor: ${what} is not on this machine\n`);
    baselines.set(name, [["lxml", lxml.checks[index] ?? Number.NaN], ...Object.entries(others)]);
  }
  return rows.flatMap(({ about, ...row }) => {
    const known = baselines.get(about) ?? [];
    return known.length === 0 ? [row] : known.map(([baseline, theirs]) => ({ ...row, baseline, theirs }));
  });
}

/** Makes a description as the page does, so that it is the web server's own, and gives it this text. */
async function makeDescription(context: BrowserContext, product: Product, folder: string, text: string): Promise<void> {
  const description = { template: "debian", folder, name: folder, version: "1.0.0" };
  const answer = await context.request.post(`${product.origin}/api/trpc/descriptions.create`, {
    headers: { origin: product.origin },
    data: description,
  });
  if (!answer.ok()) throw new Error(`no description was made: ${answer.status()} ${await answer.text()}`);
  writeFileSync(join(product.workspace, folder, "config.xml"), text);
}
