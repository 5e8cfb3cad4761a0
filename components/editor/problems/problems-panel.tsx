import { Button, Text, Title, UnstyledButton } from "@mantine/core";
import { IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import { type KeyboardEvent, useState } from "react";
import type { Severity } from "#lib/contracts/problem.ts";
import type { Verdict } from "../language/diagnosis.ts";
import type { FileProblem, SchemaState } from "../language/protocol.ts";
import { countInWords, countProblems } from "./problem-list.ts";
import classes from "./problems-panel.module.css";
import { SeverityIcon } from "./severity-icon.tsx";
import { useFolded } from "./use-folded.ts";

interface ProblemsPanelProps {
  /** In reading order. */
  problems: readonly FileProblem[];
  verdict: Verdict;
  schema: SchemaState;
  onGo(problem: FileProblem): void;
}

const words: Record<Severity, string> = { error: "error", warning: "warning", info: "note" };

const severities: readonly Severity[] = ["error", "warning", "info"];

/** More lines than this help nobody; the first ones usually cause the others. */
const SHOWN = 200;

export function ProblemsPanel({ problems, verdict, schema, onGo }: ProblemsPanelProps) {
  const [folded, fold] = useFolded();
  const Chevron = folded ? IconChevronRight : IconChevronDown;
  const [hidden, setHidden] = useState<ReadonlySet<Severity>>(new Set());
  const counts = countProblems(problems);
  const judged = verdict.known;
  const fitting = problems.filter((problem) => !hidden.has(problem.severity));
  const toggle = (severity: Severity) => {
    const next = new Set(hidden);
    if (!next.delete(severity)) next.add(severity);
    setHidden(next);
  };

  return (
    <section aria-label="Problems" className={classes.panel} data-folded={folded || undefined}>
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
            variant={hidden.has(severity) ? "default" : "light"}
            color="gray"
            aria-pressed={!hidden.has(severity)}
            leftSection={<SeverityIcon severity={severity} decorative />}
            onClick={() => toggle(severity)}
          >
            {judged ? countInWords(counts[severity], words[severity]) : `${words[severity]}s`}
          </Button>
        ))}
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
      </div>
      {!folded && judged && <ProblemList problems={fitting} hidden={problems.length - fitting.length} onGo={onGo} />}
    </section>
  );
}

interface ProblemListProps {
  problems: readonly FileProblem[];
  /** How many the filter keeps back. */
  hidden: number;
  onGo(problem: FileProblem): void;
}

function ProblemList({ problems, hidden, onGo }: ProblemListProps) {
  if (problems.length === 0) {
    return (
      <Text size="sm" c="dimmed" px="sm">
        {hidden > 0 ? "The filter above hides all problems." : "Nothing to complain about."}
      </Text>
    );
  }
  return (
    <>
      <ul className={classes.list} onKeyDown={walk}>
        {problems.slice(0, SHOWN).map((problem, index) => (
          <li key={`${problem.file}:${problem.line}:${problem.column}:${problem.code}:${problem.message}`}>
            <ProblemRow problem={problem} first={index === 0} onGo={onGo} />
          </li>
        ))}
      </ul>
      {problems.length > SHOWN && (
        <Text size="xs" c="dimmed" px="sm" pb={4}>
          And {problems.length - SHOWN} more.
        </Text>
      )}
    </>
  );
}

function ProblemRow({
  problem,
  first,
  onGo,
}: {
  problem: FileProblem;
  first: boolean;
  onGo(problem: FileProblem): void;
}) {
  return (
    <UnstyledButton className={classes.row} tabIndex={first ? 0 : -1} onClick={() => onGo(problem)}>
      <SeverityIcon severity={problem.severity} className={classes.icon} />
      <span className={classes.message}>{problem.message}</span>
      <span className={classes.code}>{problem.code}</span>
      <span className={classes.place}>
        {problem.file}:{problem.line}
      </span>
    </UnstyledButton>
  );
}

/** The list is one stop of the Tab key; arrows walk through it. */
function walk(event: KeyboardEvent<HTMLUListElement>): void {
  const buttons = [...event.currentTarget.querySelectorAll("button")];
  const at = buttons.indexOf(event.target as HTMLButtonElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  buttons[to]?.focus();
}
