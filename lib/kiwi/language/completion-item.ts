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
    objection?: string | undefined;
  } = {},
): CompletionItem {
  const { documentation, detail, onlyFor, objection } = more;
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
    ...(objection === undefined ? {} : { objection }),
  };
}

/** Plain text inside a snippet. */
export function snippetText(text: string): string {
  return text.replace(/[\\$}]/g, "\\$&");
}
