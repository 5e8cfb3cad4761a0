import { Button } from "@mantine/core";
import classes from "./proof-lines.module.css";

export interface ProofLinesProps {
  /** What they show, for screen readers. */
  label: string;
  lines: readonly { line: number; text: string }[];
  /** Takes the number of a line of the stored log. */
  onShowNumber: (number: number) => void;
}

/** Lines of a log that are quoted; each number leads to where it stands. */
export function ProofLines({ label, lines, onShowNumber }: ProofLinesProps) {
  if (lines.length === 0) return null;
  return (
    <ul className={classes.lines} aria-label={label}>
      {lines.map(({ line, text }) => (
        <li key={line}>
          <Button
            size="compact-xs"
            variant="default"
            aria-label={`Show line ${line} of the log`}
            onClick={() => onShowNumber(line)}
          >
            {line}
          </Button>
          <code>{text.split("\n")[0]}</code>
        </li>
      ))}
    </ul>
  );
}
