import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { z } from "zod";
import { HistoryPage } from "#components/builds/contents/history-page.tsx";
import { relativePathSchema } from "#lib/contracts/description.ts";

export const metadata: Metadata = { title: "History" };

const querySchema = z.object({ description: relativePathSchema });

export default async function BuildHistoryPage({ searchParams }: { searchParams: Promise<unknown> }) {
  const query = querySchema.safeParse(await searchParams);
  if (!query.success) notFound();
  return <HistoryPage description={query.data.description} />;
}
