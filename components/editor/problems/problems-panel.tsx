import { Anchor, Button, NativeSelect, Text, TextInput, Title, UnstyledButton } from "@mantine/core";
import { IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import { memo, useState } from "react";
import type { RepositoryState } from "#lib/contracts/packages.ts";
import { layerSchema, type Severity } from "#lib/contracts/problem.ts";
import { ruleHref } from "../../ui/links.ts";
import { useFolded } from "../../ui/use-folded.ts";
import type { Verdict } from "../language/diagnosis.ts";
import type { Mending } from "../language/mending.ts";
import type { FileProblem, SchemaState } from "../language/protocol.ts";
import { filterProblems, layersOf, layerWords, noFilter } from "./problem-filter.ts";
import { countInWords, countProblems } from "./problem-list.ts";
import { ProblemList } from "./problem-rows.tsx";
import classes from "./problems-panel.module.css";
import { SeverityIcon } from "./severity-icon.tsx";
import { UnreadRepositories } from "./unread-repositories.tsx";

interface ProblemsPanelProps {
  /** In reading order. */
  problems: readonly FileProblem[];
  verdict: Verdict;
  schema: SchemaState;
  /** Why scripts are not checked; null where they are. */
  scripts: string | null;
  repositories: readonly RepositoryState[];
  mending: Mending;
  onGo(problem: FileProblem): void;
}

const words: Record<Severity, string> = { error: "error", warning: "warning", info: "note" };

const severities: readonly Severity[] = ["error", "warning", "info"];

/** Drawn again only where something in it has changed: its lines are many. */
export const ProblemsPanel = memo(function ProblemsPanel(props: ProblemsPanelProps) {
  const { problems, verdict, schema, scripts, repositories, mending, onGo } = props;
  const [folded, fold] = useFolded("problems");
  const Chevron = folded ? IconChevronRight : IconChevronDown;
  const [filter, setFilter] = useState(noFilter);
  const counts = countProblems(problems);
  const judged = verdict.known;
  const fitting = filterProblems(problems, filter);
  const toggle = (severity: Severity) => {
    const hidden = new Set(filter.hidden);
    if (!hidden.delete(severity)) hidden.add(severity);
    setFilter({ ...filter, hidden });
  };

  return (
    <section aria-label="Problems" id="problems" className={classes.panel} data-folded={folded || undefined}>
      <div className={classes.head}>
        <Title order={2} size="sm">
          <UnstyledButton className={classes.fold} aria-expanded={!folded} onClick={() => fold(!folded)}>
            <Chevron size={16} aria-hidden />
            Problems
          </UnstyledButton>
        </Title>
        {severities.map((severity) => (
          <Button
            key={severity}
            size="compact-xs"
            variant={filter.hidden.has(severity) ? "default" : "light"}
            color="gray"
            aria-pressed={!filter.hidden.has(severity)}
            leftSection={<SeverityIcon severity={severity} decorative />}
            onClick={() => toggle(severity)}
          >
            {judged ? countInWords(counts[severity], words[severity]) : `${words[severity]}s`}
          </Button>
        ))}
        {!folded && (
          <>
            <NativeSelect
              size="xs"
              className={classes.layer}
              aria-label="Kind of check"
              value={filter.layer ?? ""}
              onChange={({ currentTarget: { value } }) =>
                setFilter({ ...filter, layer: value === "" ? null : layerSchema.parse(value) })
              }
              data={[
                { value: "", label: "All checks" },
                // What is chosen stays, even if its last problem goes away.
                ...[...new Set([...layersOf(problems), ...(filter.layer === null ? [] : [filter.layer])])].map(
                  (layer) => ({ value: layer, label: layerWords[layer] }),
                ),
              ]}
            />
            <TextInput
              size="xs"
              className={classes.words}
              type="search"
              aria-label="Filter problems"
              placeholder="Filter by words"
              value={filter.text}
              onChange={({ currentTarget: { value } }) => setFilter({ ...filter, text: value })}
            />
          </>
        )}
        {verdict.failure !== null && (
          <Text size="xs" c="red">
            The check failed: {verdict.failure}
          </Text>
        )}
        {schema.kind === "absent" && (
          <Text size="xs" c="dimmed">
            Only well-formedness is checked. {schema.reason}
          </Text>
        )}
        {schema.kind === "ready" && !folded && (
          <Anchor size="xs" c="dimmed" href={ruleHref("on-builder")} target="_blank">
            Some checks are made on the builder
          </Anchor>
        )}
        {scripts !== null && (
          <Text size="xs" c="dimmed">
            {scripts}
          </Text>
        )}
        {!folded && <UnreadRepositories repositories={repositories} />}
      </div>
      {!folded && judged && (
        <ProblemList problems={fitting} hidden={problems.length - fitting.length} mending={mending} onGo={onGo} />
      )}
    </section>
  );
});
