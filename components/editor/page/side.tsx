import { Title, UnstyledButton } from "@mantine/core";
import { IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useFolded } from "../../ui/use-folded.ts";
import classes from "./side.module.css";

interface SideSectionProps {
  name: string;
  /** What the browser remembers its folding by. */
  id: string;
  children: ReactNode;
}

/** A part of the column beside the text, which can be folded away. */
export function SideSection({ name, id, children }: SideSectionProps) {
  const [folded, fold] = useFolded(id);
  const Chevron = folded ? IconChevronRight : IconChevronDown;
  return (
    <section className={classes.section} data-folded={folded || undefined} id={id}>
      <Title order={2} className={classes.head}>
        <UnstyledButton className={classes.fold} aria-expanded={!folded} onClick={() => fold(!folded)}>
          <Chevron size={14} aria-hidden />
          {name}
        </UnstyledButton>
      </Title>
      {!folded && <div className={classes.body}>{children}</div>}
    </section>
  );
}
