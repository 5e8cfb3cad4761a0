import { Anchor, Group, Text } from "@mantine/core";
import { IconArrowRight } from "@tabler/icons-react";
import Link from "next/link";
import type { Build } from "#lib/contracts/build.ts";
import type { Explanation, PlacedCause } from "#lib/contracts/failure-rule.ts";
import { descriptionLineHref } from "../ui/links.ts";
import classes from "./error-box.module.css";
import { ProofLines } from "./proof-lines.tsx";
import { Remedies } from "./remedies.tsx";

/** Cause, remedy and proof of one explanation. */
export function CauseWords({
  cause,
  build,
  onShowNumber,
}: {
  cause: Explanation;
  build: Build;
  /** Takes the number of a line of the stored log. */
  onShowNumber: (number: number) => void;
}) {
  return (
    <>
      <Text size="sm">{cause.cause}</Text>
      <Text size="sm" mt={4}>
        <b>What to do:</b> {cause.remedy}
      </Text>
      <Remedies build={build} edits={cause.edits} />
      {cause.severity === "failure" && <Places places={cause.places} build={build} />}
      <ProofLines
        label="Lines of the log that show it"
        lines={cause.evidence.slice(0, shownEvidence)}
        onShowNumber={onShowNumber}
      />
    </>
  );
}

const shownEvidence = 3;

/** Links to where the cause stands in the description. */
export function Places({ places, build }: { places: readonly PlacedCause[]; build: Build }) {
  if (places.length === 0) return null;
  return (
    <ul className={classes.places} aria-label="Where it stands in the description">
      {places.map((place) => (
        <li key={`${place.file}:${place.line}:${place.column}`}>
          <Group gap={6} wrap="nowrap">
            <IconArrowRight size={14} aria-hidden className={classes.arrow} />
            <Anchor
              component={Link}
              size="sm"
              className={classes.place}
              href={descriptionLineHref(build.description, place.file, place.line)}
            >
              {place.file}:{place.line}
            </Anchor>
            <code>{place.text}</code>
          </Group>
        </li>
      ))}
    </ul>
  );
}
