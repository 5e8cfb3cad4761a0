import { parseArgs } from "node:util";
import { buildIdSchema } from "#lib/contracts/build.ts";
import { loadConfig } from "#server/platform/config.ts";
import { createServices } from "#server/web/services.ts";
import { existingBuild } from "./build-watch.ts";
import { UsageError } from "./failure.ts";
import { copyLog, followLog } from "./log-stream.ts";
import { note } from "./output.ts";

/** `logs`: the stored log of a build on standard output, byte for byte. */
export async function runLogs(parameters: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: parameters,
    options: { follow: { type: "boolean", short: "f", default: false } },
    allowPositionals: true,
  });
  const id = buildIdSchema.safeParse(positionals[0]);
  if (positionals.length !== 1 || !id.success) throw new UsageError("logs needs the id of one build.");
  const services = createServices(loadConfig());
  try {
    const database = await services.database();
    const build = await existingBuild(database, id.data);
    if (values.follow) await followLog(database, services.builder, build.id, process.stdout);
    else if (!(await copyLog(services.builder, build.id, build.attempt, process.stdout)))
      note(`Build ${build.id} is ${build.state} and has no log yet.`);
    return 0;
  } finally {
    await services.close();
  }
}
