import { Anchor, Text, UnstyledButton } from "@mantine/core";
import { IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import { type KeyboardEvent, useState } from "react";
import type { Mending } from "../language/mending.ts";
import type { FileProblem } from "../language/protocol.ts";
import { codeLink } from "./code-link.ts";
import { FixMenu } from "./fix-menu.tsx";
import { groupByFile, layerWords } from "./problem-filter.ts";
import { countProblems, countsInWords } from "./problem-list.ts";
import classes from "./problems-panel.module.css";
import { SeverityIcon } from "./severity-icon.tsx";

/** More lines than this help nobody; the first ones usually cause the others. */
const SHOWN = 200;

interface ProblemListProps {
  problems: readonly FileProblem[];
  /** How many the filter keeps back. */
  hidden: number;
  mending: Mending;
  onGo(problem: FileProblem): void;
}

/** The problems of each file below its name. */
export function ProblemList({ problems, hidden, mending, onGo }: ProblemListProps) {
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  if (problems.length === 0) {
    return (
      <Text size="sm" c="dimmed" px="sm">
        {hidden > 0 ? "The filter above hides all problems." : "Nothing to complain about."}
      </Text>
    );
  }
  const toggle = (file: string) => {
    const next = new Set(closed);
    if (!next.delete(file)) next.add(file);
    setClosed(next);
  };
  const more = problems.length - SHOWN;
  return (
    <div className={classes.list} onKeyDown={walk}>
      {groupByFile(problems.slice(0, SHOWN)).map(({ file, problems }, index) => (
        <FileProblems
          key={file}
          file={file}
          problems={problems}
          first={index === 0}
          open={!closed.has(file)}
          onToggle={() => toggle(file)}
          mending={mending}
          onGo={onGo}
        />
      ))}
      {(more > 0 || hidden > 0) && (
        <Text size="xs" c="dimmed" px="sm">
          {more > 0 && `And ${more} more. `}
          {hidden > 0 && `The filter hides ${hidden}.`}
        </Text>
      )}
    </div>
  );
}

interface FileProblemsProps {
  file: string;
  problems: readonly FileProblem[];
  first: boolean;
  open: boolean;
  onToggle(): void;
  mending: Mending;
  onGo(problem: FileProblem): void;
}

function FileProblems({ file, problems, first, open, onToggle, mending, onGo }: FileProblemsProps) {
  const Chevron = open ? IconChevronDown : IconChevronRight;
  return (
    <>
      <h3 className={classes.file}>
        <UnstyledButton
          data-walk
          className={classes.row}
          tabIndex={first ? 0 : -1}
          aria-expanded={open}
          onClick={onToggle}
        >
          <Chevron size={14} aria-hidden className={classes.icon} />
          {file}
          <span className={classes.place}>{countsInWords(countProblems(problems))}</span>
        </UnstyledButton>
      </h3>
      {open && (
        <ul className={classes.rows}>
          {problems.map((problem) => (
            <li key={`${problem.line}:${problem.column}:${problem.code}:${problem.message}`} className={classes.item}>
              <ProblemRow problem={problem} mending={mending} onGo={onGo} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

interface ProblemRowProps {
  problem: FileProblem;
  mending: Mending;
  onGo(problem: FileProblem): void;
}

function ProblemRow({ problem, mending, onGo }: ProblemRowProps) {
  return (
    <>
      <UnstyledButton data-walk className={classes.row} tabIndex={-1} onClick={() => onGo(problem)}>
        <SeverityIcon severity={problem.severity} className={classes.icon} />
        <span className={classes.message}>{problem.message}</span>
        <span className={classes.place}>
          {problem.file}:{problem.line}
        </span>
      </UnstyledButton>
      {problem.layer !== "shell" && <FixMenu problem={problem} mending={mending} onFixed={onGo} />}
      <Anchor
        className={classes.code}
        href={codeLink(problem)}
        target="_blank"
        rel="noreferrer"
        tabIndex={-1}
        title={`${layerWords[problem.layer]}: what ${problem.code} means`}
      >
        {problem.code}
      </Anchor>
    </>
  );
}

/** The list is one stop of the Tab key; arrows walk through it, to the right to fixes and the explanation of a code. */
function walk(event: KeyboardEvent<HTMLDivElement>): void {
  const from = event.target as HTMLElement;
  if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
    const row = [...(from.closest("li")?.querySelectorAll<HTMLElement>("button, a") ?? [])];
    const beside = row[row.indexOf(from) + (event.key === "ArrowRight" ? 1 : -1)];
    if (!beside) return;
    event.preventDefault();
    beside.focus();
    return;
  }
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-walk]")];
  const at = stops.indexOf(from.closest("li")?.querySelector<HTMLElement>("[data-walk]") ?? from);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: stops.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  stops[to]?.focus();
}
