import { Text, UnstyledButton } from "@mantine/core";
import { editor } from "monaco-editor/editor";
import { type ReactNode, useCallback, useSyncExternalStore } from "react";
import classes from "../editor.module.css";
import type { Verdict } from "../language/diagnosis.ts";
import type { SchemaState } from "../language/protocol.ts";
import { countProblems, countsInWords } from "../problems/problem-list.ts";

/** Id of the words that tell what the Tab key does. */
export const TAB_KEY_HINT = "tab-key-hint";

interface StatusBarProps {
  shown: editor.IStandaloneCodeEditor | null;
  verdict: Verdict;
  schema: SchemaState;
  /** What was done last, in words. */
  said: string;
  /** What a build would install. */
  estimate: ReactNode;
  onKeys(): void;
}

export function StatusBar({ shown, verdict, schema, said, estimate, onKeys }: StatusBarProps) {
  return (
    <section className={classes.status} aria-label="Status">
      {shown && <CursorPosition shown={shown} />}
      <span>{verdictInWords(verdict, schema)}</span>
      <Text component="output" inherit c="dimmed" className={classes.grow}>
        {said}
      </Text>
      {estimate}
      {shown && <TabKey shown={shown} />}
      <UnstyledButton onClick={onKeys} title="Shift+F1" aria-keyshortcuts="Shift+F1">
        Keys
      </UnstyledButton>
      <span>{judgeInWords(schema)}</span>
    </section>
  );
}

/** While newer text is being checked, the last counts stay: they change when they are known, and nothing blinks. */
function verdictInWords({ problems, known, failure }: Verdict, schema: SchemaState): string {
  if (failure !== null) return "Not checked";
  if (!known) return "Checking…";
  return problems.length === 0 && schema.kind === "absent" ? "Well-formed" : countsInWords(countProblems(problems));
}

function judgeInWords(schema: SchemaState): string {
  if (schema.kind === "ready") return `KIWI ${schema.kiwiVersion}, schema ${schema.schemaVersion}`;
  return schema.kind === "loading" ? "Loading the schema…" : "No schema";
}

function CursorPosition({ shown }: { shown: editor.IStandaloneCodeEditor }) {
  const subscribe = useCallback(
    (listener: () => void) => {
      const listening = [shown.onDidChangeCursorPosition(listener), shown.onDidChangeModel(listener)];
      return () => {
        for (const one of listening) one.dispose();
      };
    },
    [shown],
  );
  const words = useSyncExternalStore(subscribe, () => {
    const position = shown.getPosition();
    return position ? `Line ${position.lineNumber}, column ${position.column}` : "";
  });
  return <span>{words}</span>;
}

/** In a text the Tab key indents, which locks keyboards in; here is said how to get out, and pointing does it too. */
function TabKey({ shown }: { shown: editor.IStandaloneCodeEditor }) {
  const subscribe = useCallback(
    (listener: () => void) => {
      const listening = shown.onDidChangeConfiguration(listener);
      return () => listening.dispose();
    },
    [shown],
  );
  const movesFocus = useSyncExternalStore(subscribe, () => shown.getOption(editor.EditorOption.tabFocusMode));
  return (
    <UnstyledButton id={TAB_KEY_HINT} onClick={() => shown.trigger("status", "editor.action.toggleTabFocusMode", null)}>
      Tab key {movesFocus ? "moves the focus" : "indents"} (change: Ctrl+M)
    </UnstyledButton>
  );
}
