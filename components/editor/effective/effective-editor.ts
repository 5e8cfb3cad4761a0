import { editor, type IDisposable, KeyCode, Range } from "monaco-editor/editor";
import type { EffectiveDescription } from "#lib/kiwi/language/index.ts";
import { commonOptions } from "../monaco/code-editor.tsx";
import classes from "./effective.module.css";

/** A place in a file of the description. */
export interface SourcePlace {
  file: string;
  line: number;
}

interface Listener {
  /** The line of the effective description in which the cursor stands. */
  onLine(line: number): void;
  /** The source of a line was asked for. */
  onGo(place: SourcePlace): void;
}

/** Longer names are cut in the margin. */
const NAME = 18;

/** Shows an effective description: read only, with the source of each line beside it. */
export class EffectiveEditor implements IDisposable {
  readonly #editor: editor.IStandaloneCodeEditor;
  readonly #model = editor.createModel("", "xml");
  readonly #decorations: editor.IEditorDecorationsCollection;
  readonly #listening: IDisposable[];
  #shown: EffectiveDescription | null = null;

  constructor(host: HTMLElement, fontFamily: string, { onLine, onGo }: Listener) {
    this.#editor = editor.create(host, {
      ...commonOptions,
      fontFamily,
      model: this.#model,
      ariaLabel: "Effective description",
      readOnly: true,
      domReadOnly: true,
      lineNumbers: (line) => this.#margin(line),
      lineNumbersMinChars: 8,
      readOnlyMessage: { value: "This is what KIWI sees. Press Enter to change it where it is written." },
      occurrencesHighlight: "off",
    });
    this.#decorations = this.#editor.createDecorationsCollection();
    const goTo = (line: number) => {
      const place = this.#shown?.lines[line - 1];
      if (place) onGo(place);
    };
    this.#listening = [
      this.#editor.onDidChangeCursorPosition(({ position }) => onLine(position.lineNumber)),
      this.#editor.onKeyDown((event) => {
        if (event.keyCode !== KeyCode.Enter || event.shiftKey || event.altKey) return;
        event.preventDefault();
        event.stopPropagation();
        goTo(this.#editor.getPosition()?.lineNumber ?? 1);
      }),
      this.#editor.onMouseDown(({ target, event }) => {
        const inMargin = target.type === editor.MouseTargetType.GUTTER_LINE_NUMBERS;
        const onText = target.type === editor.MouseTargetType.CONTENT_TEXT && (event.ctrlKey || event.metaKey);
        if (target.position && (inMargin || onText)) goTo(target.position.lineNumber);
      }),
    ];
  }

  /** The text keeps its place on screen: only lines that differ are replaced. */
  show(description: EffectiveDescription): void {
    this.#shown = description;
    replaceText(this.#model, description.text);
    const width = Math.max(...description.lines.map((place) => marginOf(place).length), 5) + 1;
    this.#editor.updateOptions({ lineNumbersMinChars: width, lineNumbers: (line) => this.#margin(line) });
    this.#decorations.set([...notes(description, this.#model), ...dimmed(description), ...changed(description)]);
  }

  focus(): void {
    this.#editor.focus();
  }

  dispose(): void {
    for (const one of [...this.#listening, this.#editor, this.#model]) one.dispose();
  }

  #margin(line: number): string {
    const place = this.#shown?.lines[line - 1];
    return place === undefined ? "" : marginOf(place);
  }
}

function marginOf({ file, line }: SourcePlace): string {
  const name = file.slice(file.lastIndexOf("/") + 1);
  return `${name.length > NAME ? `${name.slice(0, NAME - 1)}…` : name}:${line}`;
}

function replaceText(model: editor.ITextModel, text: string): void {
  const [old, now] = [model.getLinesContent(), text.split(/\r\n|\n|\r/)];
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start++;
  if (start === old.length && start === now.length) return;
  let end = 0;
  while (end < old.length - start && end < now.length - start && old.at(-1 - end) === now.at(-1 - end)) end++;
  if (start === 0 || start + end >= old.length) return model.setValue(text);
  const last = old.length - end;
  const range = new Range(start, model.getLineMaxColumn(start), last, model.getLineMaxColumn(last));
  const lines = now.slice(start, now.length - end);
  model.applyEdits([{ range, text: lines.map((line) => `\n${line}`).join("") }]);
}

const rangeOf = ({ start, end }: { start: Place; end: Place }) =>
  new Range(start.line, start.column, end.line, end.column);
type Place = { line: number; column: number };

function dimmed({ inactive }: EffectiveDescription): editor.IModelDeltaDecoration[] {
  return inactive.map((one) => ({
    range: rangeOf(one),
    options: {
      inlineClassName: classes.inactive ?? "",
      hoverMessage: { value: `Does not count: ${one.reason}.` },
    },
  }));
}

function changed({ changes }: EffectiveDescription): editor.IModelDeltaDecoration[] {
  return changes.map((one) => ({ range: rangeOf(one), options: { inlineClassName: classes.changed ?? "" } }));
}

/** The words behind a line: why something in it does not count, and how it is written before the upgrade. */
function notes(description: EffectiveDescription, model: editor.ITextModel): editor.IModelDeltaDecoration[] {
  return [...notesByLine(description)].map(([line, texts]) => {
    const column = model.getLineMaxColumn(line);
    return {
      range: new Range(line, column, line, column),
      options: {
        showIfCollapsed: true,
        after: { content: `   ${texts.join(" · ")}`, inlineClassName: classes.note ?? "" },
      },
    };
  });
}

/** What is to be said of each line, in words. */
export function notesByLine({ inactive, changes }: EffectiveDescription): Map<number, string[]> {
  const found = new Map<number, string[]>();
  const add = (line: number, text: string) => {
    const known = found.get(line) ?? [];
    if (!known.includes(text)) found.set(line, [...known, text]);
  };
  for (const { start, reason } of inactive) add(start.line, reason);
  for (const { start, written } of changes) add(start.line, `written: ${written}`);
  return found;
}
