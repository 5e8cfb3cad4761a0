import { notifications } from "@mantine/notifications";
import { useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTRPC, useTRPCClient } from "../../trpc.tsx";
import { errorMessage } from "../../ui/error-message.ts";
import type { EditorSession } from "../session/editor-session.ts";

/** What can be done with files of the description, on disk and at once. Each says whether it was done, and why not. */
export interface FileChanges {
  makeFile(path: string): Promise<boolean>;
  makeFolder(path: string): Promise<boolean>;
  move(from: string, to: string): Promise<boolean>;
  remove(path: string): Promise<boolean>;
  setExecutable(path: string, executable: boolean): Promise<boolean>;
  /** Puts files into a folder ("" = the description's own). */
  upload(folder: string, files: readonly File[]): Promise<boolean>;
}

export function useFileChanges(session: EditorSession, description: string): FileChanges {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  return useMemo(() => {
    /** Text that was not saved would be lost with the file, or come back at its old place. */
    const below = (path: string) =>
      session.files.state.get().filter((file) => file.path === path || file.path.startsWith(`${path}/`));
    const settle = (path: string) => {
      const unsaved = below(path).filter(({ dirty }) => dirty);
      if (unsaved.length > 0)
        throw new Error(`Save ${unsaved.map((file) => file.path).join(", ")} first, or discard it.`);
    };
    const run = async (title: string, change: () => Promise<unknown>): Promise<boolean> => {
      try {
        await change();
        return true;
      } catch (error) {
        notifications.show({ color: "red", title, message: errorMessage(error), autoClose: 10_000 });
        return false;
      } finally {
        for (const { pathFilter } of [trpc.files.tree, trpc.files.sources, trpc.files.ruleSettings, trpc.git])
          await queries.invalidateQueries(pathFilter());
      }
    };
    return {
      makeFile: (path) => run(`${path} was not made`, () => client.files.makeFile.mutate({ description, path })),
      makeFolder: (path) => run(`${path} was not made`, () => client.files.makeFolder.mutate({ description, path })),
      move: (from, to) =>
        run(`${from} was not moved`, async () => {
          settle(from);
          await client.files.move.mutate({ description, from, to });
          for (const { path } of below(from)) session.files.close(path);
        }),
      remove: (path) =>
        run(`${path} was not deleted`, async () => {
          settle(path);
          await client.files.remove.mutate({ description, path });
          for (const file of below(path)) session.files.close(file.path);
        }),
      setExecutable: (path, executable) =>
        run(`${path} was not changed`, () => client.files.setExecutable.mutate({ description, path, executable })),
      upload: (folder, files) =>
        run("Not all files came", async () => {
          for (const file of files) await send(description, [folder, file.name].filter(Boolean).join("/"), file);
        }),
    };
  }, [session, description, trpc, client, queries]);
}

async function send(description: string, path: string, file: File): Promise<void> {
  const query = new URLSearchParams({ description, path });
  const answer = await fetch(`/api/descriptions/upload?${query}`, { method: "POST", body: file });
  if (!answer.ok) throw new Error((await answer.text()).trim());
}
