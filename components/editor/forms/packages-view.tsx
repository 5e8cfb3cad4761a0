import { Button, Center, Loader, Text, TextInput } from "@mantine/core";
import { IconArrowBackUp, IconSearch } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import type { PackageChange } from "#lib/kiwi/language/index.ts";
import { Failure } from "../../ui/failure.tsx";
import { formatCount } from "../../ui/format.ts";
import { applyOffer } from "../language/fixes.ts";
import { ViewFrame } from "../page/view-frame.tsx";
import type { EditorSession } from "../session/editor-session.ts";
import { useAnswer } from "../session/use-answer.ts";
import type { Target } from "../session/ways.ts";
import { NewSection } from "./new-section.tsx";
import { PackageSectionCard } from "./package-section.tsx";
import classes from "./packages.module.css";

interface PackagesViewProps {
  session: EditorSession;
  main: string;
  onGo(place: Target): void;
}

/** The packages of a description as a form: each change is a small edit of the author's own text, unsaved until saved. */
export function PackagesView({ session, main, onGo }: PackagesViewProps) {
  const params = useMemo(() => ({ path: main }), [main]);
  const { answer: sections, failure } = useAnswer(session, "packageSections", params);
  const [words, setWords] = useState("");
  const [changed, setChanged] = useState<readonly string[][]>([]);
  const [busy, setBusy] = useState(false);

  async function change(wanted: PackageChange): Promise<boolean> {
    setBusy(true);
    try {
      const planned = await session.mending.changePackages(wanted);
      const done = await applyOffer(session.mending, planned);
      if (done && planned.edits.length > 0)
        setChanged((before) => [...before, [...new Set(planned.edits.map(({ path }) => path))]]);
      return done;
    } finally {
      setBusy(false);
    }
  }

  function undo() {
    for (const path of changed.at(-1) ?? []) void session.files.get(path)?.model.undo();
    setChanged((before) => before.slice(0, -1));
  }

  if (failure !== null && !sections) return <Failure title="The packages could not be read" error={failure} />;
  if (sections === undefined) {
    return (
      <Center flex={1}>
        <Loader aria-label="The packages are being read" />
      </Center>
    );
  }
  if (sections === null) return <Text p="md">{main} is no XML description: edit its text instead.</Text>;
  const count = sections.reduce((sum, { items }) => sum + items.length, 0);
  return (
    <ViewFrame
      label="Packages"
      bar={
        <>
          <TextInput
            type="search"
            size="xs"
            w="18rem"
            aria-label="Search packages"
            placeholder="Search"
            leftSection={<IconSearch size={14} aria-hidden />}
            value={words}
            onChange={({ currentTarget }) => setWords(currentTarget.value)}
          />
          <Button
            size="xs"
            variant="default"
            leftSection={<IconArrowBackUp size={14} aria-hidden />}
            disabled={changed.length === 0}
            onClick={undo}
          >
            Undo
          </Button>
          <Text size="xs" c="dimmed" role="status" style={{ alignSelf: "center" }}>
            {formatCount(count, "entry", "entries")} in {formatCount(sections.length, "section")}. Changes go into the
            text and are saved with it.
          </Text>
        </>
      }
    >
      <div className={classes.sections}>
        {sections.map((section) => (
          <PackageSectionCard
            key={`${section.path}:${section.line}`}
            section={section}
            words={words.trim().toLowerCase()}
            busy={busy}
            onChange={change}
            onGo={onGo}
          />
        ))}
        <NewSection busy={busy} onChange={change} />
      </div>
    </ViewFrame>
  );
}
