import { Center, Loader, Text } from "@mantine/core";
import { useState } from "react";
import { Failure } from "../../ui/failure.tsx";
import { ViewFrame } from "../page/view-frame.tsx";
import type { EditorSession } from "../session/editor-session.ts";
import { BranchBar } from "./branch-bar.tsx";
import { ChangeList } from "./change-list.tsx";
import { CommitForm } from "./commit-form.tsx";
import classes from "./git.module.css";
import { HistoryList } from "./history-list.tsx";
import { useAfterGit, useGitStatus } from "./use-git.ts";
import { VersionDiff } from "./version-diff.tsx";

interface ChangesViewProps {
  session: EditorSession;
  description: string;
  /** The file in the editor. */
  active: string;
  /** Files with text that is not saved. */
  dirty: ReadonlySet<string>;
  onOpen(path: string): void;
}

/** What is different since the last commit, what came before, and how it goes on to others. */
export function ChangesView({ session, description, active, dirty, onOpen }: ChangesViewProps) {
  const { status, reason, error, refetch } = useGitStatus(description);
  const after = useAfterGit(session);
  const [shown, setShown] = useState<{ path: string; commit: string | null } | null>(null);
  const [without, setWithout] = useState<ReadonlySet<string>>(new Set());

  if (error) return <Failure title="git could not be asked" error={error} retry={() => void refetch()} />;
  if (status === undefined) {
    return (
      <Center flex={1}>
        <Loader aria-label="git is being asked" />
      </Center>
    );
  }
  if (status === null) {
    return (
      <Text p="md">
        There is no history to show. {reason} With git, <code>git init</code> in the folder begins one.
      </Text>
    );
  }
  const { changes } = status;
  const chosen = changes
    .filter(({ path, state }) => state !== "conflict" && !without.has(path))
    .map(({ path }) => path);
  const first = changes.find(({ path }) => path === active) ?? changes[0];
  const now = shown ?? { path: first?.path ?? active, commit: null };
  const choose = (path: string, wanted: boolean) => {
    const next = new Set(without);
    if (wanted) next.delete(path);
    else next.add(path);
    setWithout(next);
  };

  return (
    <ViewFrame
      label="Changes"
      bar={<BranchBar description={description} status={status} unsaved={dirty.size} after={after} />}
    >
      <div className={classes.body}>
        <div className={classes.lists}>
          <ChangeList
            description={description}
            status={status}
            chosen={new Set(chosen)}
            shown={now.commit === null ? now.path : null}
            onChoose={choose}
            onShow={(path) => setShown({ path, commit: null })}
            after={after}
          />
          {changes.length > 0 && (
            <CommitForm
              description={description}
              chosen={chosen}
              unsaved={chosen.filter((path) => dirty.has(path))}
              after={after}
            />
          )}
          <HistoryList
            description={description}
            path={now.path}
            shown={now.commit}
            onShow={(commit) => setShown({ path: now.path, commit })}
          />
        </div>
        <VersionDiff
          session={session}
          description={description}
          path={now.path}
          commit={now.commit}
          deleted={changes.some(({ path, state }) => path === now.path && state === "deleted")}
          onOpen={onOpen}
        />
      </div>
    </ViewFrame>
  );
}
