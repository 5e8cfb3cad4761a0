import { complete } from "./complete.ts";
import type { Language, LanguageOptions } from "./contract.ts";
import { hover } from "./hover.ts";
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
  const target = { ...options, schemaVersion: schema?.version ?? schemaVersion, markup, xmlThroughMarkup };
  return {
    validate: (request) => validate(target, request),
    complete: (request) => (schema === null ? { items: [] } : complete(schema, request)),
    hover: (request) => (schema === null ? null : hover(schema, request)),
  };
}
