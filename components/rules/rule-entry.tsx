import { Text, Title } from "@mantine/core";
import type { Severity } from "#lib/contracts/problem.ts";
import { type Entry, isAdjustable } from "#lib/kiwi/catalogue/index.ts";
import classes from "./rules.module.css";

const words: Record<Severity, string> = { error: "Error", warning: "Warning", info: "Note" };

/** One entry of the catalogue, with the anchor that links from problems lead to. */
export function RuleEntry({ entry }: { entry: Entry }) {
  const { code, title, meaning, remedy, severity, example } = entry;
  return (
    <article id={code} className={classes.entry} aria-labelledby={`${code}-title`}>
      <Title order={3} size="h5" id={`${code}-title`}>
        {title}
      </Title>
      <Text size="xs" c="dimmed">
        <a href={`#${code}`} className={classes.code}>
          {code}
        </a>
        {` · ${words[severity]}`}
        {isAdjustable(entry) && ", can be weighed or silenced"}
      </Text>
      <Prose text={meaning} />
      <Prose text={remedy} />
      {example && (
        <div className={classes.example}>
          <Snippet label="Wrong" text={example.wrong} />
          <Snippet label="Right" text={example.right} />
        </div>
      )}
    </article>
  );
}

function Snippet({ label, text }: { label: string; text: string }) {
  return (
    <figure className={classes.snippet}>
      <figcaption>{label}</figcaption>
      {/* Long lines scroll, and a scrolling region must be reachable by keyboard. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: see above */}
      <pre tabIndex={0}>{text}</pre>
    </figure>
  );
}

/** A sentence in which backquotes mark code. */
function Prose({ text }: { text: string }) {
  return (
    <Text size="sm" mt={4}>
      {text.split("`").map((part, i) => (i % 2 === 0 ? part : <code key={`${i}${part}`}>{part}</code>))}
    </Text>
  );
}
