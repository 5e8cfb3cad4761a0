import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { BuildPage } from "#components/builds/build-page.tsx";
import { buildIdSchema } from "#lib/contracts/build.ts";

export const metadata: Metadata = { title: "Build" };

export default async function OneBuildPage({ params }: { params: Promise<{ id: string }> }) {
  const id = buildIdSchema.safeParse((await params).id);
  if (!id.success) notFound();
  return <BuildPage id={id.data} />;
}
