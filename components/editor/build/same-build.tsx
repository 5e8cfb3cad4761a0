import { Anchor, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { BuildRequest } from "#lib/contracts/build.ts";
import { useTRPC } from "../../trpc.tsx";
import { buildHref } from "../../ui/links.ts";
import { Moment } from "../../ui/moment.tsx";

/** Offers the images of an earlier build where a new one would be made of exactly the same, and says why where not. */
export function SameBuild({ request }: { request: BuildRequest }) {
  const trpc = useTRPC();
  const [asked] = useDebouncedValue(request, 400);
  const { data: same } = useQuery(trpc.builds.same.queryOptions(asked, { staleTime: 10_000, retry: false }));
  if (!same) return null;
  const earlier = (
    <>
      <Anchor component={Link} href={buildHref(same.id)} size="sm">
        An earlier build
      </Anchor>
      {same.endedAt && (
        <>
          {" ("}
          <Moment iso={same.endedAt} />)
        </>
      )}
    </>
  );
  return (
    <Text size="sm" role="status">
      {earlier}
      {same.differences.length === 0
        ? " was made of exactly the same files, options, KIWI and repositories: its images are there. A new build starts from nothing."
        : ` was made of the same files, but: ${same.differences.join(" ")}`}
    </Text>
  );
}
