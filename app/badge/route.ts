import { handleBadge } from "#server/web/index.ts";

export { handleBadge as GET };
