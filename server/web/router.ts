import { builderRouter } from "./routers/builder.ts";
import { buildsRouter } from "./routers/builds.ts";
import { descriptionsRouter } from "./routers/descriptions.ts";
import { drivesRouter } from "./routers/drives.ts";
import { filesRouter } from "./routers/files.ts";
import { gitRouter } from "./routers/git.ts";
import { logsRouter } from "./routers/logs.ts";
import { packagesRouter } from "./routers/packages.ts";
import { passwordsRouter } from "./routers/passwords.ts";
import { scriptsRouter } from "./routers/scripts.ts";
import { sessionRouter } from "./routers/session.ts";
import { router } from "./trpc.ts";

/** Everything that the browser can ask of the web application. */
export const appRouter = router({
  session: sessionRouter,
  descriptions: descriptionsRouter,
  files: filesRouter,
  git: gitRouter,
  scripts: scriptsRouter,
  passwords: passwordsRouter,
  builder: builderRouter,
  builds: buildsRouter,
  logs: logsRouter,
  packages: packagesRouter,
  drives: drivesRouter,
});
export type AppRouter = typeof appRouter;
