export {
  buildsBefore,
  buildsByState,
  changesAfter,
  eventsAfter,
  getBuild,
  goodBuilds,
  lastBuilds,
  lastGoodBuild,
  lastPosition,
  listBuilds,
  newBuildId,
  newestGoodBuilds,
  requestCancel,
  type Submission,
  submitBuild,
} from "./builds.ts";
export { type Claim, claimNext, claimsOf, markRunning, type Settlement, settle, touch } from "./claims.ts";
export { DatabaseError, isConnectionError } from "./connection.ts";
export { type Database, openDatabase } from "./database.ts";
export { ensureDatabase, stopDatabase } from "./local/index.ts";
export { type Ending, noteTold, untoldEndings } from "./notifications.ts";
export { HEARTBEAT_SECONDS } from "./queue.ts";
export { buildsWithoutResults, buildsWithResults, noteRemoval, setKept } from "./retention.ts";
export { createLoginToken, endSession, findSession, redeemLoginToken, type Session } from "./sessions.ts";
