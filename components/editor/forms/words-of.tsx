import { Code } from "@mantine/core";

/** A short text of Markdown, of which only names between backticks are more than text. */
export function WordsOf({ text }: { text: string }) {
  // Every second part stood between backticks.
  return text.split("`").map((part, index) =>
    index % 2 === 1 ? (
      <Code key={`${index}:${part}`} fz="inherit" p={0} bg="none">
        {part}
      </Code>
    ) : (
      part
    ),
  );
}
