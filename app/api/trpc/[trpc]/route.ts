import { handleTrpc } from "#server/web/index.ts";

export { handleTrpc as GET, handleTrpc as POST };
