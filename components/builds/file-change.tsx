import { Text } from "@mantine/core";
import type { ChangedFile } from "#lib/contracts/build-comparison.ts";
import classes from "./file-change.module.css";

const words: Record<ChangedFile["change"], string> = { added: "new", removed: "removed", changed: "changed" };

/** One file of a description that is not as it was in another build, with its patch to unfold. */
export function FileChange({ file: { path, change, patch } }: { file: ChangedFile }) {
  const title = `${path} (${words[change]})`;
  if (patch === null) return <Text size="sm">{title}</Text>;
  return (
    <details className={classes.file}>
      <summary>{title}</summary>
      <Patch path={path} patch={patch} />
    </details>
  );
}

/** A unified diff of one file. */
export function Patch({ path, patch }: { path: string; patch: string }) {
  return (
    <pre className={classes.patch} tabIndex={0} aria-label={`Changes of ${path}`}>
      {patch
        .split("\n")
        .slice(2)
        .map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines of a patch never move
          <span key={index} data-kind={line[0] === "+" ? "added" : line[0] === "-" ? "removed" : undefined}>
            {`${line}\n`}
          </span>
        ))}
    </pre>
  );
}
