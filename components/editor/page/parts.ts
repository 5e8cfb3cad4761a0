/** The parts of the page in the order in which F6 walks through them, each with what takes the focus in it. */
const parts = {
  files: '[role="tree"][aria-label="Files"] [tabindex="0"]',
  outline: '[role="tree"][aria-label="Outline"] [tabindex="0"]',
  breadcrumbs: '#breadcrumbs button[tabindex="0"]',
  text: '[data-part="text"] [role="textbox"]',
  problems: '#problems [data-walk][tabindex="0"], #problems h2 button',
} as const;

export type Part = keyof typeof parts;

/** Gives a part the focus; false where it is folded away or has nothing to show. */
export function focusPart(part: Part): boolean {
  const target = document.querySelector<HTMLElement>(parts[part]);
  target?.focus();
  return target !== null;
}

/** Gives the part after (`step` 1) or before (-1) that with the focus its turn; false at the ends, where the browser's comes. */
export function focusNextPart(step: 1 | -1): boolean {
  const order = Object.keys(parts) as Part[];
  const at = order.findIndex((part) => containerOf(part)?.contains(document.activeElement));
  const coming = step === 1 ? order.slice(at + 1) : order.slice(0, Math.max(0, at)).reverse();
  return coming.some(focusPart);
}

function containerOf(part: Part): Element | null | undefined {
  return document.querySelector(parts[part])?.closest('[role="tree"], #breadcrumbs, [data-part], #problems');
}
