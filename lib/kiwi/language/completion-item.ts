import type { CompletionItem } from "./contract.ts";

export function completionItem(
  label: string,
  kind: CompletionItem["kind"],
  insertText: string,
  required: boolean,
  { start, end }: { start: number; end: number },
  more: {
    documentation?: string | undefined;
    detail?: string | undefined;
    onlyFor?: readonly string[] | undefined;
  } = {},
): CompletionItem {
  const { documentation, detail, onlyFor } = more;
  return {
    label,
    kind,
    insertText,
    required,
    start,
    end,
    ...(documentation === undefined ? {} : { documentation }),
    ...(detail === undefined ? {} : { detail }),
    ...(onlyFor === undefined ? {} : { onlyFor }),
  };
}

/** Plain text inside a snippet. */
export function snippetText(text: string): string {
  return text.replace(/[\\$}]/g, "\\$&");
}
