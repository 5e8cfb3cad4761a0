import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { createContext } from "./context.ts";
import { appRouter } from "./router.ts";

export { handleBadge } from "./badge.ts";
export {
  handleConsole,
  handleEvidence,
  handleImageFile,
  handleLog,
  handleResult,
  handleSbom,
  handleScreen,
} from "./downloads.ts";
export { handleMetrics } from "./metrics.ts";
export { sendResponse, toRequest } from "./node-http.ts";
export { handleSchema } from "./schema.ts";
export { handleExport, handleImport, handleUpload } from "./transfers.ts";

/** The one API door: every query, mutation and stream. */
export function handleTrpc(req: Request): Promise<Response> {
  return fetchRequestHandler({ endpoint: "/api/trpc", req, router: appRouter, createContext });
}
