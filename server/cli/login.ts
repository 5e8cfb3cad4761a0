import { parseArgs } from "node:util";
import { createLoginToken, openDatabase } from "#server/db/index.ts";
import { loadConfig } from "#server/platform/config.ts";
import { webAddress } from "#server/platform/web-address.ts";
import { print } from "./output.ts";

/** `login`: a new address with a token that logs a browser in once, within 24 hours. */
export async function runLogin(parameters: string[]): Promise<number> {
  parseArgs({ args: parameters, options: {} });
  const config = loadConfig();
  const database = await openDatabase(config, { role: "cli", waitSeconds: 5 });
  try {
    print(`${webAddress(config)}/login#token=${await createLoginToken(database)}`);
    return 0;
  } finally {
    await database.close();
  }
}
