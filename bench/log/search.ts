import { execFile, execFileSync } from "node:child_process";
import { promisify } from "node:util";
import type { LogStage } from "./stage.ts";

const words = "no such words are in it 4711";

/** A search that finds nothing, beside what a terminal would do with the same file. */
export async function measureSearch(stage: LogStage, build: string, file: string) {
  const page = await stage.context.newPage();
  await page.goto(`${stage.product.origin}/builds/${build}`);
  await page.locator("[role=row] [data-line]").first().waitFor();
  await page.keyboard.press("Control+f");
  const start = performance.now();
  await page.getByRole("textbox", { name: "Find in the log" }).fill(words);
  await page.getByRole("search").getByText("no match").waitFor({ timeout: 600_000 });
  const searchMs = performance.now() - start;
  await page.close();

  const [program, options] = baseline();
  const begun = performance.now();
  // Who finds nothing ends with 1.
  await promisify(execFile)(program, [...options, words, file]).catch(({ code }: { code: number }) => {
    if (code !== 1) throw new Error(`${program} ended with ${code}`);
  });
  const theirs = performance.now() - begun;
  return { searchMs, searchRatioToRg: searchMs / theirs, searchBaseline: [program, ...options].join(" ") };
}

/** ripgrep, which is installed where it can be; else grep. */
function baseline(): [program: string, options: string[]] {
  const works = () => {
    try {
      execFileSync("rg", ["--version"]);
      return true;
    } catch {
      return false;
    }
  };
  if (!works()) {
    try {
      execFileSync("apt-get", ["install", "-y", "-q", "ripgrep"], { stdio: "ignore" });
    } catch {
      process.stderr.write("log: there is no ripgrep; the search is compared with grep\n");
    }
  }
  return works() ? ["rg", ["-c", "-i", "-F"]] : ["grep", ["-c", "-i", "-F"]];
}
