import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { type FailureRule, failureRuleSchema } from "#lib/contracts/failure-rule.ts";

const rulesSchema = z.array(failureRuleSchema);

/**
 * The rules that a site adds to ours: `failure-rules.yaml` in the data folder, a list in the form of
 * lib/contracts/failure-rule.ts. A file that cannot be used is said, and does not keep ours from working.
 */
export async function readSiteRules(dataDir: string): Promise<{ rules: FailureRule[]; problem: string | null }> {
  const path = join(dataDir, "failure-rules.yaml");
  try {
    const parsed = rulesSchema.safeParse(parse(await readFile(path, "utf8")) ?? []);
    if (parsed.success) return { rules: parsed.data, problem: null };
    const [issue] = parsed.error.issues;
    return { rules: [], problem: `${path} is not used: ${issue?.path.join(".")}: ${issue?.message}` };
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return { rules: [], problem: null };
    const why = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
    return { rules: [], problem: `${path} is not used: ${why}` };
  }
}
