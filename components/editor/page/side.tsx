import { Title, UnstyledButton } from "@mantine/core";
import { IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useFolded } from "../../ui/use-folded.ts";
import classes from "./side.module.css";

interface SideSectionProps {
  name: string;
  /** What the browser remembers its folding by. */
  id: string;
  /** Buttons beside its heading. */
  actions?: ReactNode;
  children: ReactNode;
}

/** A part of the column beside the text, which can be folded away. */
export function SideSection({ name, id, actions, children }: SideSectionProps) {
  const [folded, fold] = useFolded(id);
  const Chevron = folded ? IconChevronRight : IconChevronDown;
  return (
    <section className={classes.section} data-folded={folded || undefined} id={id}>
      <div className={classes.head}>
        <Title order={2} className={classes.title}>
          <UnstyledButton className={classes.fold} aria-expanded={!folded} onClick={() => fold(!folded)}>
            <Chevron size={14} aria-hidden />
            {name}
          </UnstyledButton>
        </Title>
        {!folded && actions}
      </div>
      {!folded && <div className={classes.body}>{children}</div>}
    </section>
  );
}
