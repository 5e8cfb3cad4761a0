import { Emitter, editor, type IDisposable, languages, Range } from "monaco-editor/editor";
import type { Build } from "#lib/contracts/build.ts";
import type { DescriptionFacts } from "#lib/contracts/description.ts";
import { type Lens } from "#lib/kiwi/language/index.ts";
import { stateWords } from "../../builds/build-state.tsx";
import { buildSeconds } from "../../builds/build-times.ts";
import { formatBytes, formatCount, formatDuration } from "../../ui/format.ts";
import { buildHref } from "../../ui/links.ts";
import { lastBuildOf } from "../build/last-build.ts";
import type { Store } from "../session/store.ts";
import type { Ways } from "../session/ways.ts";
import type { LanguageClient } from "./client.ts";
import type { DescriptionModels } from "./description-models.ts";
import { descriptionLanguages } from "./selector.ts";

/** What has been built of the description; null while it is not known. */
export type BuildHistory = { builds: readonly Build[]; facts: DescriptionFacts } | null;

const FOLLOW = "kiwi.followLens";

/** A line above an element: what it says, and where it leads. */
interface Saying {
  title: string;
  follow(model: editor.ITextModel): void;
}

/** Says above elements what the text alone does not tell: last builds, lengths of lists, uses of profiles. */
export function provideLenses(
  client: LanguageClient,
  { pathOf }: DescriptionModels,
  history: Store<BuildHistory>,
  ways: Ways,
): IDisposable[] {
  const changes = new Emitter<languages.CodeLensProvider>();
  const provider: languages.CodeLensProvider = {
    onDidChange: changes.event,
    async provideCodeLenses(model) {
      const path = pathOf(model);
      if (path === undefined) return null;
      const lenses = await client.ask("lenses", { path });
      return {
        lenses: lenses.flatMap((lens) => {
          const { lineNumber } = model.getPositionAt(lens.start);
          const range = new Range(lineNumber, 1, lineNumber, 1);
          return sayings(lens, history.get(), ways).map(({ title, follow }) => ({
            range,
            command: { id: FOLLOW, title, arguments: [() => follow(model)] },
          }));
        }),
        dispose() {},
      };
    },
  };
  return [
    editor.registerCommand(FOLLOW, (_, follow: () => void) => follow()),
    languages.registerCodeLensProvider(descriptionLanguages, provider),
    { dispose: history.subscribe(() => changes.fire(provider)) },
    changes,
  ];
}

function sayings(lens: Lens, history: BuildHistory, ways: Ways): Saying[] {
  switch (lens.kind) {
    case "image":
      return lens.paths.map((path) => ({ title: partInWords(path), follow: () => ways.go({ file: path }) }));
    case "type": {
      const build = history && lastBuildOf(lens, history.builds, history.facts);
      return build ? [{ title: buildInWords(build), follow: () => ways.visit(buildHref(build.id)) }] : [];
    }
    case "packages": {
      const [repeated] = lens.repeated;
      const counts = Object.entries(lens.counts).map(([name, count]) => formatCount(count, name, pluralOf(name)));
      const found = [{ title: counts.join(", ") || "Empty", follow: goTo(lens.start) }];
      if (repeated !== undefined) found.push({ title: `${lens.repeated.length} named twice`, follow: goTo(repeated) });
      return found;
    }
    case "profile":
      if (lens.uses === 0) return [{ title: "Not used", follow: goTo(lens.name) }];
      return [
        {
          title: `Used in ${formatCount(lens.uses, "place")}`,
          follow: goTo(lens.name, "editor.action.goToReferences"),
        },
      ];
  }
}

function partInWords(path: string): string {
  if (path.endsWith(".sh")) return `Script ${path}`;
  return path.startsWith("root") ? `Overlay ${path}` : path;
}

const pluralOf = (name: string) => (/[a-z]s$|ch$/.test(name) ? `${name}es` : `${name}s`);

/** "Last build: succeeded, 12 min 05 s, 1.3 GiB" */
function buildInWords(build: Build): string {
  const parts = [stateWords(build.state).toLowerCase()];
  const seconds = build.endedAt === null ? null : buildSeconds(build, 0);
  if (seconds !== null) parts.push(formatDuration(seconds));
  const size = Math.max(0, ...build.results.map((file) => file.size));
  if (size > 0) parts.push(formatBytes(size));
  return `Last build: ${parts.join(", ")}`;
}

/** Puts the cursor of the editor that shows the model at an offset, and does something there. */
function goTo(offset: number, action?: string) {
  return (model: editor.ITextModel) => {
    const shown = editor.getEditors().find((one) => one.getModel() === model);
    const position = model.getPositionAt(offset);
    shown?.setPosition(position);
    shown?.revealPositionInCenterIfOutsideViewport(position);
    shown?.focus();
    if (action !== undefined) shown?.trigger("lens", action, null);
  };
}
