import { LogLibrary } from "./library.ts";
import { LogSearches } from "./searches.ts";

/** Everything that serves logs. */
export class LogDesk {
  readonly buildsDir: string;
  readonly library = new LogLibrary();
  readonly searches = new LogSearches();

  constructor(buildsDir: string) {
    this.buildsDir = buildsDir;
  }

  async close(): Promise<void> {
    this.searches.close();
    await this.library.close();
  }
}
