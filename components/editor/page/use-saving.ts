import { notifications } from "@mantine/notifications";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import { useTRPC } from "../../trpc.tsx";
import { errorMessage } from "../../ui/error-message.ts";
import type { EditorSession } from "../session/editor-session.ts";
import type { Conflict } from "../session/open-files.ts";

/** Saving with everything around it: what is being done, what came of it, and fresh facts for the rest of the page. */
export function useSaving(session: EditorSession) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [saving, setSaving] = useState(false);
  const [said, setSaid] = useState("");

  const run = useCallback(
    async (what: string, save: () => Promise<boolean>): Promise<boolean> => {
      setSaving(true);
      try {
        const done = await save();
        setSaid(done ? `Saved ${what}` : `${what} has changed on disk and was not saved`);
        if (done) {
          await queries.invalidateQueries(trpc.files.sources.pathFilter());
          await queries.invalidateQueries(trpc.files.ruleSettings.pathFilter());
          await queries.invalidateQueries(trpc.files.tree.pathFilter());
          await queries.invalidateQueries(trpc.files.read.pathFilter());
          await queries.invalidateQueries(trpc.git.pathFilter());
          await queries.invalidateQueries(trpc.descriptions.pathFilter());
        }
        return done;
      } catch (error) {
        setSaid(`${what} could not be saved`);
        const message = `${errorMessage(error)} Your text is kept in this browser.`;
        notifications.show({ color: "red", title: `${what} could not be saved`, message, autoClose: false });
        return false;
      } finally {
        setSaving(false);
      }
    },
    [queries, trpc],
  );

  return {
    saving,
    said,
    save: useCallback((path: string) => run(path, () => session.files.save(path)), [run, session]),
    saveAll: useCallback(() => run("all files", () => session.files.saveAll()), [run, session]),
    settle: useCallback(
      (conflict: Conflict, text: string) => run(conflict.path, () => session.files.settle(conflict, text)),
      [run, session],
    ),
  };
}
