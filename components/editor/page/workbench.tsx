import { Center, Loader } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useState } from "react";
import type { OutlineItem } from "#lib/kiwi/language/index.ts";
import { NothingHere } from "../../shell/nothing-here.tsx";
import { errorStatus, useTRPC } from "../../trpc.tsx";
import { Failure } from "../../ui/failure.tsx";
import { BuildButton } from "../build/build-button.tsx";
import classes from "../editor.module.css";
import { EffectiveView } from "../effective/effective-view.tsx";
import { Estimate } from "../estimate/estimate.tsx";
import { FilesSection } from "../files/files-section.tsx";
import { FormView } from "../forms/form-view.tsx";
import { useFormChanges } from "../forms/use-form-changes.ts";
import { ChangesView } from "../git/changes-view.tsx";
import { useGitStatus } from "../git/use-git.ts";
import type { FileProblem } from "../language/protocol.ts";
import { MatrixView } from "../matrix/matrix-view.tsx";
import { CodeEditor } from "../monaco/code-editor.tsx";
import { Breadcrumbs } from "../outline/breadcrumbs.tsx";
import { OutlineTree } from "../outline/outline-tree.tsx";
import { useOutline } from "../outline/use-outline.ts";
import { neighbour, sortProblems } from "../problems/problem-list.ts";
import { ProblemsPanel } from "../problems/problems-panel.tsx";
import type { EditorSession } from "../session/editor-session.ts";
import { useBuilds } from "../session/use-builds.ts";
import { useFolder } from "../session/use-folder.ts";
import { useStore } from "../session/use-store.ts";
import type { Target } from "../session/ways.ts";
import { ConflictDialog } from "./conflict-dialog.tsx";
import { ConvertDialog } from "./convert-dialog.tsx";
import { KeysDialog } from "./keys-dialog.tsx";
import { Notes } from "./notes.tsx";
import { OpenTabs } from "./open-tabs.tsx";
import { SideSection } from "./side.tsx";
import { StatusBar, TAB_KEY_HINT } from "./status-bar.tsx";
import { Toolbar } from "./toolbar.tsx";
import { UpgradeDialog } from "./upgrade-dialog.tsx";
import { useConvert } from "./use-convert.ts";
import { useEditorActions } from "./use-editor-actions.ts";
import { useKeys } from "./use-keys.ts";
import { useNavigation } from "./use-navigation.ts";
import { useSaving } from "./use-saving.ts";
import { useUpgrade } from "./use-upgrade.ts";
import { ViewTabs } from "./view-tabs.tsx";

interface WorkbenchProps {
  session: EditorSession;
  description: string;
  /** Path of the image file inside the description's folder. */
  main: string;
}

/** One description on screen: its files, the text of one of them, its problems, and what can be done with it. */
export function Workbench({ session, description, main }: WorkbenchProps) {
  useFolder(session, description, main);
  useBuilds(session, description);
  const trpc = useTRPC();
  const git = useGitStatus(description);
  const tree = useQuery(trpc.files.tree.queryOptions({ description }));
  const { active, failure, go, revealed, view, show, shown, onEditor, place } = useNavigation(session, main);
  const { saving, said, save, saveAll, settle } = useSaving(session);
  const files = useStore(session.files.state);
  const conflict = useStore(session.files.conflict);
  const verdict = useStore(session.diagnosis.verdict);
  const schema = useStore(session.diagnosis.schema);
  const scripts = useStore(session.scripts.verdict);
  const repositories = useStore(session.packages.repositories);
  const problems = useMemo(
    () => sortProblems([...verdict.problems, ...scripts.problems], main),
    [verdict.problems, scripts.problems, main],
  );
  const errors = useMemo(() => errorsByFile(problems), [problems]);
  const dirty = useMemo(() => new Set(files.filter((file) => file.dirty).map((file) => file.path)), [files]);
  const file = files.find(({ path }) => path === active);
  const model = active === null ? undefined : session.files.get(active)?.model;

  const outline = useOutline(session, model);
  const [showsKeys, setShowsKeys] = useState(false);
  const upgrade = useUpgrade(session, shown);
  const convert = useConvert(session, shown, go);

  const goToProblem = useCallback((problem: FileProblem) => void go(problem), [go]);
  const goToElement = useCallback(
    ({ nameStart }: OutlineItem) => {
      const position = shown?.getModel()?.getPositionAt(nameStart);
      if (position && active !== null) void go({ file: active, line: position.lineNumber, column: position.column });
    },
    [shown, active, go],
  );

  const changes = useFormChanges(session);
  const showPlace = useCallback((place: Target) => void go(place), [go]);
  const cursor = () => ({ file: active ?? main, line: shown?.getPosition()?.lineNumber ?? 1 });

  const actions = {
    save: () => active !== null && void save(active),
    goToProblem(step: 1 | -1) {
      const next = neighbour(problems, place(), main, step);
      if (next) void go({ ...next, explain: true });
    },
    showKeys: () => setShowsKeys(true),
  };
  useKeys(actions);
  useEditorActions(shown, actions);

  // Unsaved text is shown even if everything else is gone.
  const gone = errorStatus(tree.error) === 404 && failure !== null && files.length === 0;
  const errorCount = problems.filter((problem) => problem.severity === "error").length;
  useEffect(() => {
    if (!gone) document.title = `${errorCount > 0 ? `(${errorCount}) ` : ""}${description} · KIWI Workbench`;
  }, [gone, errorCount, description]);

  if (gone) return <NothingHere what={`There is no description “${description}” in the workspace.`} />;
  return (
    <div className={classes.workbench}>
      <Toolbar
        description={description}
        main={main}
        canSave={file?.dirty ?? false}
        saving={saving}
        onSave={() => active !== null && void save(active)}
      >
        <BuildButton
          description={description}
          choice={session.choice}
          problems={problems}
          unsaved={dirty.size}
          saveAll={saveAll}
        />
      </Toolbar>
      <div className={classes.tree}>
        <FilesSection
          session={session}
          description={description}
          main={main}
          entries={tree.data}
          error={tree.error}
          onRetry={() => void tree.refetch()}
          active={active ?? main}
          dirty={dirty}
          errors={errors}
          changes={git.changes}
          revealed={revealed}
          onOpen={(path) => void go({ file: path })}
        />
        <SideSection name="Outline" id="outline">
          {outline && <OutlineTree items={outline} shown={shown} onGo={goToElement} />}
        </SideSection>
      </div>
      <div className={classes.work}>
        <ViewTabs view={view} changes={git.status ? git.changes.size : null} onView={show}>
          <OpenTabs
            open={session.files}
            files={files}
            active={active ?? main}
            onScreen={view === "files"}
            show={(path) => go({ file: path })}
            save={save}
          />
        </ViewTabs>
        {view === "form" && (
          <FormView session={session} main={main} cursor={cursor()} changes={changes} onGo={showPlace} />
        )}
        {view === "effective" && <EffectiveView session={session} main={main} onGo={(place) => void go(place)} />}
        {view === "profiles" && <MatrixView session={session} main={main} onEffective={() => show("effective")} />}
        {view === "changes" && (
          <ChangesView
            session={session}
            description={description}
            active={active ?? main}
            dirty={dirty}
            onOpen={(path) => void go({ file: path })}
          />
        )}
        {failure && <Failure title={`${failure.path} could not be opened`} error={failure.error} />}
        {view === "files" && file && (
          <Notes
            file={file}
            onDiscard={() => {
              session.files.discard(file.path);
              if (!session.files.get(file.path)) void go({ file: main });
            }}
            onCompare={() => void save(file.path)}
          />
        )}
        {view === "files" && file && (
          <Breadcrumbs path={file.path} items={outline ?? []} shown={shown} onGo={goToElement} />
        )}
        <div className={classes.text} data-part="text" hidden={view !== "files"}>
          {model && file ? (
            <CodeEditor
              model={model}
              label={`Text of ${file.path}`}
              readOnly={!file.writable}
              describedBy={TAB_KEY_HINT}
              onEditor={onEditor}
            />
          ) : (
            !failure && (
              <Center h="100%">
                <Loader aria-label="The file is being read" />
              </Center>
            )
          )}
        </div>
        <ProblemsPanel
          problems={problems}
          verdict={verdict}
          schema={schema}
          scripts={scripts.reason}
          repositories={repositories}
          mending={session.mending}
          onGo={goToProblem}
        />
      </div>
      <StatusBar
        shown={view === "files" ? shown : null}
        verdict={{ ...verdict, problems }}
        schema={schema}
        said={said}
        estimate={<Estimate session={session} main={main} />}
        onKeys={actions.showKeys}
      />
      {showsKeys && <KeysDialog onClose={() => setShowsKeys(false)} />}
      {upgrade.offer && <UpgradeDialog offer={upgrade.offer} onUpgrade={upgrade.run} onClose={upgrade.close} />}
      {convert.conversion && (
        <ConvertDialog conversion={convert.conversion} onConvert={convert.run} onClose={convert.close} />
      )}
      {conflict && (
        <ConflictDialog
          conflict={conflict}
          mine={session.files.get(conflict.path)?.text ?? ""}
          saving={saving}
          onSettle={(text) => void settle(conflict, text)}
          onLater={(text) => session.files.postpone(conflict, text)}
        />
      )}
    </div>
  );
}

function errorsByFile(problems: ReturnType<typeof sortProblems>): Map<string, number> {
  const errors = new Map<string, number>();
  for (const { file, severity } of problems) {
    if (severity === "error") errors.set(file, (errors.get(file) ?? 0) + 1);
  }
  return errors;
}
