import { Center, Loader, Text, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import { Failure } from "../../ui/failure.tsx";
import { formatCount } from "../../ui/format.ts";
import { useAnswer } from "../session/use-answer.ts";
import { useForm } from "./form-context.ts";
import classes from "./forms.module.css";
import { NewSection } from "./new-section.tsx";
import { PackageSectionCard } from "./package-section-card.tsx";
import type { FormChanges } from "./use-form-changes.ts";

interface PackagesSectionProps {
  onChange: FormChanges["changePackages"];
}

/** The packages of a description: sections with their entries. */
export function PackagesSection({ onChange }: PackagesSectionProps) {
  const { session, main, busy, onGo } = useForm();
  const params = useMemo(() => ({ path: main }), [main]);
  const { answer: found, failure } = useAnswer(session, "packageSections", params);
  const [words, setWords] = useState("");

  if (failure !== null && !found) return <Failure title="The packages could not be read" error={failure} />;
  if (!found) {
    return (
      <Center flex={1}>
        <Loader aria-label="The packages are being read" />
      </Center>
    );
  }
  const count = found.reduce((sum, { items }) => sum + items.length, 0);
  return (
    <>
      <div className={classes.search}>
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
        <Text size="xs" c="dimmed" role="status">
          {formatCount(count, "entry", "entries")} in {formatCount(found.length, "section")}
        </Text>
      </div>
      {found.map((section) => (
        <PackageSectionCard
          key={`${section.path}:${section.line}`}
          section={section}
          words={words.trim().toLowerCase()}
          busy={busy}
          onChange={onChange}
          onGo={onGo}
        />
      ))}
      <NewSection busy={busy} onChange={onChange} />
    </>
  );
}
