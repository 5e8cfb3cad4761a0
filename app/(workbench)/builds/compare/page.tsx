import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { z } from "zod";
import { DifferencesPage } from "#components/builds/contents/differences-page.tsx";
import { buildIdSchema } from "#lib/contracts/build.ts";

export const metadata: Metadata = { title: "Compare builds" };

const querySchema = z.object({ before: buildIdSchema, after: buildIdSchema });

export default async function CompareBuildsPage({ searchParams }: { searchParams: Promise<unknown> }) {
  const query = querySchema.safeParse(await searchParams);
  if (!query.success) notFound();
  return <DifferencesPage before={query.data.before} after={query.data.after} />;
}
