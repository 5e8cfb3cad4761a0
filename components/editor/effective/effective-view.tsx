import { Button, Center, Loader, Switch, Text, useComputedColorScheme, useMantineTheme } from "@mantine/core";
import { useEffect, useMemo, useRef, useState } from "react";
import type { EffectiveDescription } from "#lib/kiwi/language/index.ts";
import { Failure } from "../../ui/failure.tsx";
import { ChoicePickers } from "../choice/choice-pickers.tsx";
import { useChoice } from "../choice/use-choice.ts";
import { editor } from "../monaco/monaco.ts";
import { themeOf } from "../monaco/themes.ts";
import { ViewFrame } from "../page/view-frame.tsx";
import type { EditorSession } from "../session/editor-session.ts";
import { useAnswer } from "../session/use-answer.ts";
import classes from "./effective.module.css";
import { EffectiveEditor, notesByLine, type SourcePlace } from "./effective-editor.ts";

interface EffectiveViewProps {
  session: EditorSession;
  main: string;
  onGo(place: SourcePlace): void;
}

/** The description as KIWI sees it for what is chosen: fragments in place, and what does not count dimmed. */
export function EffectiveView({ session, main, onGo }: EffectiveViewProps) {
  const { choice, setChoice, full, host } = useChoice(session);
  const [upgraded, setUpgraded] = useState(false);
  const [line, setLine] = useState(1);
  const params = useMemo(() => ({ path: main, choice: full, upgraded }), [main, full, upgraded]);
  const { answer, failure } = useAnswer(session, "effective", params);

  if (failure !== null && !answer)
    return <Failure title="The effective description could not be made" error={failure} />;
  if (answer === undefined) {
    return (
      <Center flex={1}>
        <Loader aria-label="The effective description is being made" />
      </Center>
    );
  }
  if (answer === null) return <Text p="md">{main} is no XML description: there is nothing to show.</Text>;
  return (
    <ViewFrame
      label="Effective description"
      bar={
        <>
          <ChoicePickers choice={choice} onChoice={setChoice} options={answer.options} type={answer.type} host={host} />
          <Switch
            size="xs"
            label="As KIWI upgrades it"
            checked={upgraded}
            onChange={(event) => setUpgraded(event.currentTarget.checked)}
            mb={7}
          />
          <Outcome description={answer} />
        </>
      }
    >
      <EffectiveText description={answer} onLine={setLine} onGo={onGo} />
      <LineSource description={answer} line={line} onGo={onGo} />
    </ViewFrame>
  );
}

function Outcome({ description: { profiles, type, refusals } }: { description: EffectiveDescription }) {
  return (
    <Text component="output" size="xs" c={refusals.length > 0 ? "red" : "dimmed"} w="100%">
      {refusals.length > 0
        ? refusals.join(" ")
        : `KIWI builds ${type} ${profiles.length === 0 ? "without profiles" : `with ${profiles.join(", ")}`}.`}
    </Text>
  );
}

interface EffectiveTextProps {
  description: EffectiveDescription;
  onLine(line: number): void;
  onGo(place: SourcePlace): void;
}

function EffectiveText({ description, onLine, onGo }: EffectiveTextProps) {
  const host = useRef<HTMLDivElement>(null);
  const [shown, setShown] = useState<EffectiveEditor | null>(null);
  const { fontFamilyMonospace } = useMantineTheme();
  const scheme = useComputedColorScheme("light");
  const latest = useRef({ onLine, onGo });
  useEffect(() => {
    latest.current = { onLine, onGo };
  });

  useEffect(() => {
    if (!host.current) return;
    const created = new EffectiveEditor(host.current, fontFamilyMonospace, {
      onLine: (line) => latest.current.onLine(line),
      onGo: (place) => latest.current.onGo(place),
    });
    setShown(created);
    return () => {
      setShown(null);
      created.dispose();
    };
  }, [fontFamilyMonospace]);
  useEffect(() => shown?.show(description), [shown, description]);
  useEffect(() => editor.setTheme(themeOf[scheme]), [scheme]);

  return <div ref={host} className={classes.text} />;
}

interface LineSourceProps {
  description: EffectiveDescription;
  line: number;
  onGo(place: SourcePlace): void;
}

/** Where the line under the cursor is written, and what is to be said of it: for those who do not see the margin, too. */
function LineSource({ description, line, onGo }: LineSourceProps) {
  const place = description.lines[line - 1];
  const notes = useMemo(() => notesAround(description, line), [description, line]);
  return (
    <div className={classes.place}>
      <output>
        {place && `${place.file}, line ${place.line}`}
        {notes.length > 0 && `: ${notes.join("; ")}`}
      </output>
      <Button size="compact-xs" variant="default" disabled={!place} onClick={() => place && onGo(place)}>
        Go to the source (Enter)
      </Button>
    </div>
  );
}

/** The notes of a line, with those of what began above it and still lasts. */
function notesAround(description: EffectiveDescription, line: number): string[] {
  const around = description.inactive.filter(({ start, end }) => start.line < line && line <= end.line);
  return [...new Set([...around.map(({ reason }) => reason), ...(notesByLine(description).get(line) ?? [])])];
}
