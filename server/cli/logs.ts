import { parseArgs } from "node:util";
import { buildIdSchema } from "#lib/contracts/build.ts";
import { loadConfig } from "#server/platform/config.ts";
import { createServices } from "#server/web/services.ts";
import { existingBuild } from "./build-watch.ts";
import { UsageError } from "./failure.ts";
import { copyLog, followLog } from "./log-stream.ts";
import { note } from "./output.ts";

/**
 * `logs`: the stored log of a build on standard output, byte for byte. Who stops a `logs -f` is told the position, and
 * goes on there with `--from`.
 */
export async function runLogs(parameters: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: parameters,
    options: { follow: { type: "boolean", short: "f", default: false }, from: { type: "string", default: "0:0" } },
    allowPositionals: true,
  });
  const id = buildIdSchema.safeParse(positionals[0]);
  if (positionals.length !== 1 || !id.success) throw new UsageError("logs needs the id of one build.");
  const [, from, offset] = /^(\d{1,6}):(\d{1,15})$/.exec(values.from) ?? [];
  if (from === undefined) throw new UsageError("--from takes the position that an earlier logs -f was stopped at.");
  const position = { attempt: Number(from), offset: Number(offset) };
  const services = createServices(loadConfig());
  try {
    const database = await services.database();
    const build = await existingBuild(database, id.data);
    if (values.follow) {
      process.once("SIGINT", () => {
        note(`To go on here: kiwi-workbench logs ${build.id} -f --from ${position.attempt}:${position.offset}`);
        process.exit(130);
      });
      await followLog(database, services.builder, build.id, process.stdout, position);
      return 0;
    }
    const place = build.attempt === position.attempt ? position : { attempt: build.attempt, offset: 0 };
    if (!(await copyLog(services.builder, build.id, place, process.stdout)))
      note(`Build ${build.id} is ${build.state} and has no log yet.`);
    return 0;
  } finally {
    await services.close();
  }
}
