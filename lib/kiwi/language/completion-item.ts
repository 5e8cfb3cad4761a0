import type { CompletionItem } from "./contract.ts";

export function completionItem(
  label: string,
  kind: CompletionItem["kind"],
  insertText: string,
  required: boolean,
  { start, end }: { start: number; end: number },
  documentation?: string,
  detail?: string,
): CompletionItem {
  return {
    label,
    kind,
    insertText,
    required,
    start,
    end,
    ...(documentation === undefined ? {} : { documentation }),
    ...(detail === undefined ? {} : { detail }),
  };
}

/** Plain text inside a snippet. */
export function snippetText(text: string): string {
  return text.replace(/[\\$}]/g, "\\$&");
}
