import {
  IconBan,
  IconCircleCheck,
  IconCircleX,
  IconClock,
  IconLoader2,
  IconPlayerPlay,
  IconPlayerStop,
  IconPlugConnectedX,
} from "@tabler/icons-react";
import type { BuildState } from "#lib/contracts/build.ts";
import classes from "./build-state.module.css";

const looks = {
  queued: { words: "Queued", icon: IconClock },
  preparing: { words: "Preparing", icon: IconLoader2 },
  running: { words: "Running", icon: IconPlayerPlay },
  cancelling: { words: "Cancelling", icon: IconPlayerStop },
  succeeded: { words: "Succeeded", icon: IconCircleCheck },
  failed: { words: "Failed", icon: IconCircleX },
  cancelled: { words: "Cancelled", icon: IconBan },
  interrupted: { words: "Interrupted", icon: IconPlugConnectedX },
} as const;

/** A state in words, with a sign and a colour besides. */
export function BuildStateLabel({ state }: { state: BuildState }) {
  const { words, icon: Icon } = looks[state];
  return (
    <span className={classes.state} data-state={state}>
      <Icon size={16} aria-hidden />
      {words}
    </span>
  );
}

export const stateWords = (state: BuildState) => looks[state].words;
