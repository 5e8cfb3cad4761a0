import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ContentsPage } from "#components/builds/contents/contents-page.tsx";
import { buildIdSchema } from "#lib/contracts/build.ts";

export const metadata: Metadata = { title: "Contents of the image" };

export default async function BuildContentsPage({ params }: { params: Promise<{ id: string }> }) {
  const id = buildIdSchema.safeParse((await params).id);
  if (!id.success) notFound();
  return <ContentsPage id={id.data} />;
}
