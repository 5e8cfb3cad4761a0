import { Button, Center, Loader, Tabs, Text } from "@mantine/core";
import { IconArrowBackUp, IconArrowForwardUp } from "@tabler/icons-react";
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";
import type { FormElement } from "#lib/kiwi/language/index.ts";
import { Failure } from "../../ui/failure.tsx";
import { ViewFrame } from "../page/view-frame.tsx";
import type { EditorSession } from "../session/editor-session.ts";
import { useAnswer } from "../session/use-answer.ts";
import type { Target } from "../session/ways.ts";
import { ErrorCount } from "./error-count.tsx";
import { FormContext } from "./form-context.ts";
import { FormSection } from "./form-section.tsx";
import { anchorOf, countErrors, elementAtLine } from "./form-words.ts";
import classes from "./forms.module.css";
import { PackagesSection } from "./packages-section.tsx";
import { partsOf, type SectionId, sectionOf, sections, typesOf } from "./sections.ts";
import type { FormChanges } from "./use-form-changes.ts";

interface FormViewProps {
  session: EditorSession;
  main: string;
  /** Where the text's cursor stands. */
  cursor: { file: string; line: number };
  changes: FormChanges;
  onGo(place: Target): void;
}

/** A description as a form: each change is a small edit of the author's own text, unsaved until saved. */
export function FormView({ session, main, cursor, changes, onGo }: FormViewProps) {
  const params = useMemo(() => ({ path: main }), [main]);
  const { answer: form, failure } = useAnswer(session, "form", params);
  // Until the form is that of the changed text, what stands where in it is out of date.
  const [outdated, setOutdated] = useState({ made: changes.made, form });
  if (outdated.made !== changes.made) setOutdated({ made: changes.made, form });

  if (failure !== null && !form) return <Failure title="The description could not be read" error={failure} />;
  if (form === undefined) {
    return (
      <Center flex={1}>
        <Loader aria-label="The description is being read" />
      </Center>
    );
  }
  if ("reason" in form) return <Text p="md">{form.reason}</Text>;
  const current = { ...changes, busy: changes.busy || form === outdated.form };
  return <Sections session={session} main={main} root={form.elements} cursor={cursor} changes={current} onGo={onGo} />;
}

interface SectionsProps extends FormViewProps {
  root: FormElement;
}

function Sections({ session, main, root, cursor, changes, onGo }: SectionsProps) {
  const { change, changePackages, undo, redo, canUndo, canRedo, busy } = changes;
  // Where the form opens is a matter of the moment in which it does.
  const [opened] = useState(() => elementAtLine(root, cursor.file, cursor.line));
  const [shown, setShown] = useState<SectionId>(() => (opened === null ? "image" : sectionOf(root, opened)));
  const context = useMemo(
    () => ({ session, main, opened, change, busy, onGo }),
    [session, main, opened, change, busy, onGo],
  );
  const body = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (opened !== null && opened.at.length > 0)
      body.current?.querySelector(`#${anchorOf(opened)}`)?.scrollIntoView({ block: "start" });
  }, [opened]);

  // What had the focus may have been taken away: the keyboard stays in the form.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the effect is for a changed description
  useEffect(() => {
    if (document.activeElement === document.body) body.current?.focus({ preventScroll: true });
  }, [root]);

  /** As in the text; in a field in which something is typed the keys are the field's own. */
  function undoByKey(event: KeyboardEvent<HTMLDivElement>) {
    const { key, ctrlKey, metaKey, shiftKey, target } = event;
    const isOwn = (target as HTMLElement).closest("[data-typed], form") !== null;
    if (!(ctrlKey || metaKey) || isOwn) return;
    const back = key.toLowerCase() === "z" && !shiftKey;
    if (!back && key.toLowerCase() !== "y" && key.toLowerCase() !== "z") return;
    event.preventDefault();
    if (back && canUndo) undo();
    if (!back && canRedo) redo();
  }

  return (
    <ViewFrame
      label="Form"
      bar={
        <>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconArrowBackUp size={14} aria-hidden />}
            disabled={!canUndo || busy}
            onClick={undo}
          >
            Undo
          </Button>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconArrowForwardUp size={14} aria-hidden />}
            disabled={!canRedo || busy}
            onClick={redo}
          >
            Redo
          </Button>
          <Text size="xs" c="dimmed" style={{ alignSelf: "center" }}>
            Changes go into the text and are saved with it.
          </Text>
        </>
      }
    >
      <Tabs
        className={classes.sectionTabs}
        value={shown}
        onChange={(value) => setShown(sections.find(({ id }) => id === value)?.id ?? "image")}
        keepMounted={false}
      >
        <Tabs.List className={classes.tabs} aria-label="Sections of the form">
          {sections.map(({ id, label }) => {
            const count = errorsIn(id, root);
            return (
              <Tabs.Tab key={id} value={id} {...(count > 0 && { rightSection: <ErrorCount count={count} /> })}>
                {label}
              </Tabs.Tab>
            );
          })}
        </Tabs.List>
        {sections.map(({ id }) => (
          <Tabs.Panel key={id} value={id} className={classes.panel}>
            {/* biome-ignore lint/a11y/noStaticElementInteractions: it hears the keys of what is inside */}
            <div ref={body} className={classes.sections} tabIndex={-1} onKeyDown={undoByKey}>
              <FormContext value={context}>
                {id === "packages" ? (
                  <PackagesSection onChange={changePackages} />
                ) : (
                  <FormSection root={root} id={id} />
                )}
              </FormContext>
            </div>
          </Tabs.Panel>
        ))}
      </Tabs>
    </ViewFrame>
  );
}

function errorsIn(id: SectionId, root: FormElement): number {
  const section = sections.find((one) => one.id === id);
  if (section === undefined) return 0;
  const parts = partsOf(section, root);
  const types = parts.flatMap(typesOf);
  const errors = (elements: readonly FormElement[]) => elements.reduce((sum, one) => sum + countErrors(one), 0);
  if (id === "types") return errors(types);
  if (id === "preferences") return errors(parts) - errors(types);
  return errors(parts) + (id === "image" ? countErrors({ ...root, children: [] }) : 0);
}
