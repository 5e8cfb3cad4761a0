import { handleSchema } from "#server/web/index.ts";

export { handleSchema as GET };
