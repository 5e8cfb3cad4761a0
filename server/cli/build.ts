import { userInfo } from "node:os";
import { parseArgs } from "node:util";
import { isFinal } from "#lib/builds/state.ts";
import { type Build, type BuildRequest, buildRequestSchema } from "#lib/contracts/build.ts";
import { loadConfig } from "#server/platform/config.ts";
import { createServices, type Services } from "#server/web/services.ts";
import { startBuild } from "#server/web/start-build.ts";
import { BUILD_OPTIONS, readBuildOptions } from "./build-options.ts";
import { waitForBuild } from "./build-watch.ts";
import { locateDescription } from "./description-place.ts";
import { UsageError } from "./failure.ts";
import { followLog } from "./log-stream.ts";
import { note, print } from "./output.ts";

/** `build`: queues a build of a folder; with `--wait` it ends with the build and tells its outcome by its status. */
export async function runBuild(parameters: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: parameters,
    options: {
      wait: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
      type: { type: "string" },
      profile: { type: "string", multiple: true, default: [] },
      arch: { type: "string" },
      ...BUILD_OPTIONS,
    },
    allowPositionals: true,
  });
  const [path] = positionals;
  if (path === undefined || positionals.length > 1) throw new UsageError("build needs one folder.");
  const config = loadConfig();
  const place = await locateDescription(config.workspaceDir, path);
  const request = parseRequest({
    description: place.name,
    profiles: values.profile,
    ...(values.type === undefined ? {} : { type: values.type }),
    ...(values.arch === undefined ? {} : { architecture: values.arch }),
    options: await readBuildOptions(values),
  });
  const services = createServices(config);
  try {
    const build = await startBuild(services, request, userInfo().username, place);
    if (values.wait) return await waitForEnd(services, build, values.json);
    print(values.json ? JSON.stringify(build) : `${build.id}\nIts log: kiwi-workbench logs ${build.id} -f`);
    return 0;
  } finally {
    await services.close();
  }
}

async function waitForEnd(services: Services, { id }: Build, json: boolean): Promise<number> {
  const database = await services.database();
  if (!json) {
    note(`Build ${id} is queued. Ctrl+C ends the waiting, not the build.`);
    await followLog(database, services.builder, id, process.stdout);
  }
  const build = await waitForBuild(database, id, ({ state }) => isFinal(state));
  print(json ? JSON.stringify(build) : describe(build));
  return build.state === "succeeded" ? 0 : 1;
}

function describe({ id, state, reason, results }: Build): string {
  const files = results.map(({ name, size, sha256 }) => `  ${name}  ${size} bytes  sha256:${sha256}`);
  return [`Build ${id} ${state}${reason === null ? "" : `: ${reason}`}`, ...files].join("\n");
}

function parseRequest(request: unknown): BuildRequest {
  const parsed = buildRequestSchema.safeParse(request);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new UsageError(
    `${issue?.path.join(".") ?? "The request"} is not usable: ${issue?.message ?? "unknown reason"}.`,
  );
}
