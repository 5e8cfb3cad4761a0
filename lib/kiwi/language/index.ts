import { complete } from "./complete.ts";
import type { Language, LanguageOptions } from "./contract.ts";
import { hover } from "./hover.ts";
import { createReader } from "./reading.ts";
import { validate } from "./validate.ts";

export { compileSchema, type Schema } from "#lib/kiwi/schema.ts";
export type {
  CompletionItem,
  CompletionList,
  DocumentRequest,
  Hover,
  Language,
  LanguageOptions,
  PositionRequest,
} from "./contract.ts";

/** The language service for one schema. */
export function createLanguage(options: LanguageOptions): Language {
  const { schema, schemaVersion, markup = false, xmlThroughMarkup = false } = options;
  const target = { ...options, schemaVersion: schema?.version ?? schemaVersion, markup };
  const read = createReader({ xmlThroughMarkup });
  return {
    validate: (request) => validate(target, read, request),
    complete: (request) => (schema === null ? { items: [] } : complete(schema, read(request), request.offset)),
    hover: (request) => (schema === null ? null : hover(schema, read(request), request.offset)),
  };
}
