import { z } from "zod";
import { architectureSchema } from "#lib/contracts/build.ts";
import { Store } from "../session/store.ts";

/** What to build, as far as it was chosen; null = KIWI's or the builder's own. */
const buildChoiceSchema = z.object({
  profiles: z.array(z.string()),
  type: z.string().nullable(),
  architecture: architectureSchema.nullable(),
});
export type BuildChoice = z.infer<typeof buildChoiceSchema>;

export const noChoice: BuildChoice = { profiles: [], type: null, architecture: null };

/** The choice of one description, which the browser remembers; the same wherever it can be chosen. */
export class ChoiceStore extends Store<BuildChoice> {
  readonly #storage: Pick<Storage, "setItem">;
  readonly #key: string;

  constructor(storage: Pick<Storage, "getItem" | "setItem">, description: string) {
    const key = `kiwi-workbench/choice/${description}`;
    super(remembered(storage.getItem(key)));
    this.#storage = storage;
    this.#key = key;
  }

  override set(choice: BuildChoice): void {
    super.set(choice);
    try {
      this.#storage.setItem(this.#key, JSON.stringify(choice));
    } catch {
      // A full storage costs the memory of this choice, nothing else.
    }
  }
}

function remembered(stored: string | null): BuildChoice {
  try {
    return buildChoiceSchema.parse(JSON.parse(stored ?? ""));
  } catch {
    return noChoice;
  }
}
