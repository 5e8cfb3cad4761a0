import { notifications } from "@mantine/notifications";
import { useEffect, useState } from "react";
import { errorStatus, useTRPCClient } from "../../trpc.tsx";
import type { PackageDoor } from "../language/package-lookup.ts";
import { EditorSession } from "./editor-session.ts";
import type { FileDoor } from "./open-files.ts";

/** The session of a description; null for the moment until it is there. It ends with the component. */
export function useSession(description: string, main: string): EditorSession | null {
  const client = useTRPCClient();
  const [session, setSession] = useState<EditorSession | null>(null);
  useEffect(() => {
    const door: FileDoor = {
      read: (path) =>
        client.files.read.query({ description, path }).catch((error: unknown) => {
          if (errorStatus(error) === 404) return null;
          throw error;
        }),
      write: (path, text, version) => client.files.write.mutate({ description, path, text, version }),
    };
    const packages: PackageDoor = {
      lookUp: (asked) => client.packages.lookUp.mutate(asked),
      search: (asked) => client.packages.search.mutate(asked),
    };
    const check = (text: string) => client.scripts.check.mutate({ text });
    const created = new EditorSession(description, main, door, check, packages);
    setSession(created);
    void created.files.restore().then((lost) => {
      for (const path of lost) {
        const message = "The file cannot be opened as text now. Its unsaved text stays in this browser.";
        notifications.show({ id: path, color: "yellow", title: `Unsaved text of ${path}`, message, autoClose: false });
      }
    });
    const flush = () => created.files.flush();
    const refresh = () => void created.files.refresh();
    addEventListener("pagehide", flush);
    addEventListener("focus", refresh);
    return () => {
      removeEventListener("pagehide", flush);
      removeEventListener("focus", refresh);
      created.dispose();
    };
  }, [client, description, main]);
  return session;
}
