import { type KiwiInstallation, schemaNameOf } from "#lib/contracts/builder.ts";
import { compileSchema, createLanguage, type Language, type Schema } from "#lib/kiwi/language/index.ts";
import { createLogger } from "#server/platform/logger.ts";
import type { BuilderClient } from "./builder-client.ts";

const log = createLogger("web");

/** The language service for the builder's KIWI. It is made once, and again when the builder has another KIWI. */
export class KiwiLanguage {
  readonly #builder: BuilderClient;
  #kiwi: string | undefined;
  #language: Promise<Language> | undefined;

  constructor(builder: BuilderClient) {
    this.#builder = builder;
  }

  /** Throws BuilderUnreachable. */
  of(kiwi: KiwiInstallation): Promise<Language> {
    const name = JSON.stringify(schemaNameOf(kiwi));
    if (this.#language === undefined || this.#kiwi !== name) {
      this.#kiwi = name;
      this.#language = this.#create(kiwi);
      // The next one asks again.
      this.#language.catch(() => (this.#language = undefined));
    }
    return this.#language;
  }

  async #create(kiwi: KiwiInstallation): Promise<Language> {
    const answer = await this.#builder.schema();
    return createLanguage({ ...schemaNameOf(kiwi), schema: answer === null ? null : compile(answer.text) });
  }
}

/** A schema that we do not understand must not keep its own KIWI from building. */
function compile(text: string): Schema | null {
  try {
    return compileSchema(text);
  } catch (error) {
    if (!(error instanceof Error && error.name === "SchemaError")) throw error;
    log.warn("The schema of this KIWI is not understood; descriptions are checked for well-formedness only", { error });
    return null;
  }
}
