import { type SchemaName, type SchemaText, schemaTextSchema } from "#lib/contracts/builder.ts";
import { fromShelf, ontoShelf } from "./schema-shelf.ts";

/**
 * The text of the installed KIWI's schema: the kept copy, or else the server's, which may already be that of a KIWI
 * newer than the one asked for; the answer then says so.
 * @throws Error in words for people, where the server has none to give.
 */
export async function loadSchema(name: SchemaName): Promise<SchemaText> {
  const kept = await fromShelf(name.sha256);
  if (kept !== undefined) return { ...name, text: kept };
  const response = await fetch("/api/schema");
  if (!response.ok) throw new Error(`the server has no schema to give (status ${response.status})`);
  const schema = schemaTextSchema.parse(await response.json());
  await ontoShelf(schema.sha256, schema.text);
  return schema;
}
