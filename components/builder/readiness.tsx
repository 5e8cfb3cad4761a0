import { IconCircleCheck, IconCircleDashed } from "@tabler/icons-react";
import classes from "./builder.module.css";

export function Readiness({ ready, words }: { ready: boolean; words: string }) {
  const Icon = ready ? IconCircleCheck : IconCircleDashed;
  return (
    <span className={classes.readiness} data-ready={ready}>
      <Icon size={16} aria-hidden />
      {words}
    </span>
  );
}
