import { notifications } from "@mantine/notifications";
import { type CancellationToken, editor, type IDisposable, languages, Range } from "monaco-editor/editor";
import type { Store } from "../session/store.ts";
import type { DescriptionModels } from "./description-models.ts";
import type { Diagnosis } from "./diagnosis.ts";
import { markerOf } from "./markers.ts";
import type { Mending, Offer } from "./mending.ts";
import { descriptionLanguages } from "./selector.ts";

const APPLY = "kiwi.applyFix";

/** Offers fixes where the cursor stands (Ctrl+. and the light bulb). */
export function provideFixes(
  mending: Mending,
  models: DescriptionModels,
  { verdict, current }: Pick<Diagnosis, "verdict" | "current">,
): IDisposable[] {
  return [
    editor.registerCommand(APPLY, (_accessor: unknown, offer: Offer) => void applyOffer(mending, offer)),
    languages.registerCodeActionProvider(
      [...descriptionLanguages, "shell"],
      {
        async provideCodeActions(model, range, { only, trigger }, token) {
          const path = models.fileOf(model);
          const isAsked = only === undefined || "quickfix".startsWith(only) || only.startsWith("quickfix");
          if (path === undefined || !isAsked) return null;
          // Whoever asks by key right after typing is to get an answer; the light bulb asks again by itself.
          if (trigger === languages.CodeActionTriggerType.Invoke) {
            askAgainWhenDropped(model, token);
            await untilTrue(current);
          }
          if (!current.get() || token.isCancellationRequested) return null;
          const { problems } = verdict.get();
          const here = problems.filter((problem) => {
            const marker = markerOf(problem);
            return problem.file === path && Range.areIntersectingOrTouching(marker, range);
          });
          const offered = await Promise.all(
            here.map(async (problem) =>
              (await mending.offers(problem)).map((offer) => ({
                title: offer.title,
                kind: "quickfix",
                isPreferred: offer.preferred,
                diagnostics: [markerOf(problem)],
                command: { id: APPLY, title: offer.title, arguments: [offer] },
              })),
            ),
          );
          // The same fix for several problems is one fix.
          const actions = [...new Map(offered.flat().map((action) => [action.title, action])).values()];
          return { actions, dispose() {} };
        },
      },
      { providedCodeActionKinds: ["quickfix"] },
    ),
  ];
}

let asked = 0;

/**
 * Monaco drops a menu that was asked for by key when the marks change before it is there. Who stays where they asked gets
 * it all the same, unless they have asked again.
 */
function askAgainWhenDropped(model: editor.ITextModel, token: CancellationToken): void {
  const turn = ++asked;
  const asking = editor.getEditors().find((shown) => shown.getModel() === model && shown.hasTextFocus());
  const [version, selection] = [model.getVersionId(), asking?.getSelection()];
  token.onCancellationRequested(() => {
    setTimeout(() => {
      const stays = asking?.hasTextFocus() && selection && asking.getSelection()?.equalsSelection(selection);
      if (!asking || !stays || turn !== asked || model.getVersionId() !== version) return;
      asking.trigger("fixes", "editor.action.quickFix", null);
    }, 100);
  });
}

async function untilTrue(store: Store<boolean>): Promise<void> {
  while (!store.get()) {
    await new Promise<void>((resolve) => {
      const stop = store.subscribe(() => {
        stop();
        resolve();
      });
    });
  }
}

/** Applies a fix, and says so if it cannot be done. */
export async function applyOffer(mending: Mending, offer: Parameters<Mending["apply"]>[0]): Promise<boolean> {
  try {
    await mending.apply(offer);
    return true;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    notifications.show({ color: "yellow", title: "Nothing was changed", message });
    return false;
  }
}
