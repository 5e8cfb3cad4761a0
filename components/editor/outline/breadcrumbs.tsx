import { UnstyledButton } from "@mantine/core";
import { IconChevronRight } from "@tabler/icons-react";
import type { editor } from "monaco-editor/editor";
import type { KeyboardEvent } from "react";
import type { OutlineItem } from "#lib/kiwi/language/index.ts";
import { outlinePath } from "#lib/kiwi/language/outline.ts";
import classes from "./breadcrumbs.module.css";
import { useAtCursor } from "./use-at-cursor.ts";

/** Id of the breadcrumbs, for those who ask for them by key. */
export const BREADCRUMBS = "breadcrumbs";

interface BreadcrumbsProps {
  path: string;
  items: readonly OutlineItem[];
  shown: editor.IStandaloneCodeEditor | null;
  onGo(item: OutlineItem): void;
}

const offsetItself = (offset: number) => offset;

/** What the cursor stands in, outermost first. The row is one stop of the Tab key; arrows walk through it. */
export function Breadcrumbs({ path, items, shown, onGo }: BreadcrumbsProps) {
  const crumbs = outlinePath(items, useAtCursor(shown, offsetItself));
  return (
    <nav aria-label="Breadcrumbs" id={BREADCRUMBS} className={classes.crumbs}>
      <ol className={classes.list} onKeyDown={walk}>
        <li className={classes.crumb}>
          <span className={classes.file}>{path}</span>
        </li>
        {crumbs.map((item, index) => (
          <li key={item.nameStart} className={classes.crumb}>
            <IconChevronRight size={12} aria-hidden className={classes.arrow} />
            <UnstyledButton
              className={classes.button}
              tabIndex={index === crumbs.length - 1 ? 0 : -1}
              aria-current={index === crumbs.length - 1 ? "location" : undefined}
              onClick={() => onGo(item)}
            >
              {item.name}
            </UnstyledButton>
          </li>
        ))}
      </ol>
    </nav>
  );
}

function walk(event: KeyboardEvent<HTMLOListElement>): void {
  const buttons = [...event.currentTarget.querySelectorAll("button")];
  const at = buttons.indexOf(event.target as HTMLButtonElement);
  const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  buttons[to]?.focus();
}
