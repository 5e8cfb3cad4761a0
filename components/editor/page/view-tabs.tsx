import { UnstyledButton } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "../files/file-tabs.module.css";

/** How a description is looked at: file by file, as a form, as KIWI sees it, by what can be built of it, or by what has changed. */
export type View = "files" | "form" | "effective" | "profiles" | "changes";

const others: readonly { view: View; label: string; title: string }[] = [
  { view: "form", label: "Form", title: "The description as a form" },
  { view: "effective", label: "Effective", title: "The description as KIWI sees it" },
  { view: "profiles", label: "Profiles", title: "What can be built, compared" },
  { view: "changes", label: "Changes", title: "What has changed since the last commit, and what came before" },
];

interface ViewTabsProps {
  view: View;
  /** How many files are different from the last commit; null where nothing is committed at all. */
  changes: number | null;
  onView(view: View): void;
  /** The tabs of the files. */
  children: ReactNode;
}

/** The views of the whole description, beside the files. */
export function ViewTabs({ view, changes, onView, children }: ViewTabsProps) {
  return (
    <div className={classes.row}>
      {children}
      <nav aria-label="Views of the description">
        <ul className={classes.tabs}>
          {others
            .filter((one) => one.view !== "changes" || changes !== null || view === "changes")
            .map((one) => (
              <li key={one.view} className={classes.tab} data-active={one.view === view || undefined}>
                <UnstyledButton
                  className={classes.view}
                  aria-current={one.view === view ? "true" : undefined}
                  title={one.title}
                  onClick={() => onView(one.view)}
                >
                  {one.label}
                  {one.view === "changes" && changes !== null && changes > 0 && ` (${changes})`}
                </UnstyledButton>
              </li>
            ))}
        </ul>
      </nav>
    </div>
  );
}

/** The view that an address names. */
export function viewOf(name: string | null | undefined): View {
  return others.find(({ view }) => view === name)?.view ?? "files";
}
