"use client";

import { Anchor, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { Build } from "#lib/contracts/build.ts";
import type { PackageReason } from "#lib/contracts/build-contents.ts";
import { useTRPC } from "../../trpc.tsx";
import { errorMessage } from "../../ui/error-message.ts";
import { descriptionLineHref } from "../../ui/links.ts";

const MOST_USERS = 12;

/** Why a package is in the image: who named it, and who needs it. */
export function WhyPackage({ build, name }: { build: Build; name: string }) {
  const trpc = useTRPC();
  const why = useQuery(trpc.builds.why.queryOptions({ id: build.id, name }, { staleTime: Number.POSITIVE_INFINITY }));
  if (why.isPending) return <Text size="sm">Looking …</Text>;
  if (why.isError) return <Text size="sm">{errorMessage(why.error)}</Text>;
  if (why.data === null)
    return <Text size="sm">Nothing is known of this: the image was built before it was kept.</Text>;
  const { users } = why.data;
  return (
    <Text size="sm">
      <Reason build={build} name={name} reason={why.data} />{" "}
      {users.length > 0 &&
        `Needed directly by ${users.slice(0, MOST_USERS).join(", ")}${users.length > MOST_USERS ? ` and ${users.length - MOST_USERS} more` : ""}.`}
    </Text>
  );
}

function Reason({ build, name, reason }: { build: Build; name: string; reason: PackageReason }) {
  const { chain, place, asked } = reason;
  if (chain === null)
    return `No package that the description names needs ${name}: it is part of the base system, recommended by another one, or was installed by a script.`;
  const [first, ...others] = chain;
  const who = place ? (
    <Anchor component={Link} href={descriptionLineHref(build.description, place.file, place.line)} size="sm">
      {place.file}, line {place.line}
    </Anchor>
  ) : asked ? (
    "the options of the build"
  ) : (
    "KIWI itself, as the package manager"
  );
  return (
    <>
      {first} is named by {who}
      {others.map((other) => ` → needs ${other}`).join("")}.
    </>
  );
}
