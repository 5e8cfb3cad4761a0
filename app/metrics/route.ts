import { handleMetrics } from "#server/web/index.ts";

export { handleMetrics as GET };
