import { Anchor } from "@mantine/core";
import Link from "next/link";
import type { Reuse } from "#lib/contracts/reuse.ts";
import { buildHref } from "../ui/links.ts";

/** Where the packages of a build come from, and why. */
export function ReusedPackages({ reuse: { packages, reason, from } }: { reuse: Reuse }) {
  if (packages !== "reused" || from === undefined)
    return `installed anew${packages === "kept" ? " and kept for later builds" : ""}: ${reason}`;
  return (
    <>
      taken over from{" "}
      <Anchor component={Link} href={buildHref(from)} size="sm">
        the build that installed them
      </Anchor>
      , because nothing that decides over them has changed
    </>
  );
}
