import { notifications } from "@mantine/notifications";
import { type editor, type IDisposable, languages } from "monaco-editor/editor";
import type { Location } from "#lib/kiwi/language/index.ts";
import type { LanguageClient } from "./client.ts";
import { type DescriptionModels, rangeOf } from "./description-models.ts";
import { descriptionLanguages } from "./selector.ts";

/** Where the names of profiles, repositories and files lead, in all files of the description, and their renaming. */
export function provideNames(client: LanguageClient, models: DescriptionModels): IDisposable[] {
  const { pathOf } = models;
  const placeOf = (model: editor.ITextModel, position: Parameters<editor.ITextModel["getOffsetAt"]>[0]) => {
    const path = pathOf(model);
    return path === undefined ? null : { path, offset: model.getOffsetAt(position) };
  };
  const locationOf = async (location: Location) => {
    const model = await models.look(location.path);
    return { uri: model.uri, range: rangeOf(model, location) };
  };

  return [
    languages.registerDefinitionProvider(descriptionLanguages, {
      async provideDefinition(model, position) {
        const place = placeOf(model, position);
        const found = place && (await client.ask("definition", place));
        if (!found) return null;
        const originSelectionRange = rangeOf(model, found);
        return Promise.all(found.targets.map(async (one) => ({ ...(await locationOf(one)), originSelectionRange })));
      },
    }),
    languages.registerReferenceProvider(descriptionLanguages, {
      async provideReferences(model, position) {
        const place = placeOf(model, position);
        const found = place && (await client.ask("references", place));
        return found && Promise.all(found.map(locationOf));
      },
    }),
    languages.registerRenameProvider(descriptionLanguages, {
      async resolveRenameLocation(model, position) {
        const place = placeOf(model, position);
        const found = place && (await client.ask("renamable", place));
        if (found) return { range: rangeOf(model, found), text: found.name };
        const word = model.getWordAtPosition(position);
        const { lineNumber, column } = position;
        const range = {
          startLineNumber: lineNumber,
          endLineNumber: lineNumber,
          startColumn: word?.startColumn ?? column,
          endColumn: word?.endColumn ?? column,
        };
        const rejectReason = "Only profiles and aliases of repositories can be renamed.";
        return { range, text: word?.word ?? "", rejectReason };
      },
      async provideRenameEdits(model, position, newName) {
        const place = placeOf(model, position);
        if (!place) return null;
        const result = await client.ask("rename", { ...place, newName });
        if ("refusal" in result) return { edits: [], rejectReason: result.refusal };
        if (result.notes.length > 0) {
          const title = `Renamed to ${newName}`;
          notifications.show({ id: "rename", title, message: result.notes.join(" "), autoClose: 20_000 });
        }
        return {
          edits: await Promise.all(
            result.edits.map(async ({ path, text, ...range }) => {
              const changed = await models.edit(path);
              const textEdit = { range: rangeOf(changed, range), text };
              return { resource: changed.uri, textEdit, versionId: changed.getVersionId() };
            }),
          ),
        };
      },
    }),
    languages.registerLinkProvider(descriptionLanguages, {
      async provideLinks(model) {
        const path = pathOf(model);
        if (path === undefined) return null;
        const found = await client.ask("links", { path });
        const links = found.map((link) => {
          const range = rangeOf(model, link);
          if ("url" in link) return { range, url: link.url, tooltip: "Open the page of this repository" };
          const url = models.addressOf(link.path);
          return { range, url, tooltip: link.path.endsWith("/") ? "Show this folder" : `Open ${link.path}` };
        });
        return { links };
      },
    }),
  ];
}
