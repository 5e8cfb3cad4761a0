import type { ReactNode } from "react";
import classes from "./view-frame.module.css";

interface ViewFrameProps {
  label: string;
  /** What the view is of, chosen above it. */
  bar: ReactNode;
  children: ReactNode;
}

/** A view of the description that is no file. */
export function ViewFrame({ label, bar, children }: ViewFrameProps) {
  return (
    <section className={classes.view} aria-label={label}>
      <div className={classes.bar}>{bar}</div>
      {children}
    </section>
  );
}
