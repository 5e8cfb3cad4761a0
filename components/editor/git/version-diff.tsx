import { Button, Center, Loader, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { errorStatus, useTRPC } from "../../trpc.tsx";
import { errorMessage } from "../../ui/error-message.ts";
import { DiffEditor } from "../monaco/diff-editor.tsx";
import { fileLanguage } from "../monaco/file-language.ts";
import type { EditorSession } from "../session/editor-session.ts";
import classes from "./git.module.css";

interface VersionDiffProps {
  session: EditorSession;
  description: string;
  path: string;
  /** Null = the last commit. */
  commit: string | null;
  deleted: boolean;
  onOpen(path: string): void;
}

/** A file as a commit has it beside what it is now, as it stands in the editor where it is open. */
export function VersionDiff({ session, description, path, commit, deleted, onOpen }: VersionDiffProps) {
  const trpc = useTRPC();
  const before = useQuery(trpc.git.text.queryOptions({ description, commit, path }));
  const disk = useQuery(trpc.files.read.queryOptions({ description, path }, { enabled: !deleted }));
  const version = commit === null ? "the last commit" : commit.slice(0, 8);
  const gone = deleted || errorStatus(disk.error) === 404;
  const now = gone ? "" : (session.files.get(path)?.text ?? disk.data?.text);
  const error = before.error ?? (gone ? null : disk.error);

  return (
    <section className={classes.diff} aria-label={`Changes of ${path}`}>
      <div className={classes.head}>
        <Text size="sm" fw={600} style={{ overflowWrap: "anywhere" }}>
          {path}
        </Text>
        <Text size="xs" c="dimmed" flex={1}>
          {gone ? "gone since" : "since"} {version}
          {before.data === null && ", which does not have this file"}
        </Text>
        {!gone && (
          <Button size="compact-xs" variant="default" onClick={() => onOpen(path)}>
            Open
          </Button>
        )}
      </div>
      {content()}
    </section>
  );

  function content() {
    if (error) return <Text p="sm">{errorMessage(error)}</Text>;
    if (before.data === undefined || now === undefined) {
      return (
        <Center flex={1}>
          <Loader aria-label="The versions are being read" />
        </Center>
      );
    }
    const left = before.data ?? "";
    return (
      <div className={classes.texts}>
        <DiffEditor
          // It takes its texts once.
          key={JSON.stringify([path, left, now])}
          language={fileLanguage(path, now || left)}
          left={left}
          right={now}
          leftLabel={`${path} in ${version}`}
          rightLabel={`${path} now`}
        />
      </div>
    );
  }
}
