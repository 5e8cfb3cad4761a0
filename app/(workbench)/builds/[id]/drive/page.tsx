import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { DrivePage } from "#components/builds/drive/drive-page.tsx";
import { buildIdSchema } from "#lib/contracts/build.ts";

export const metadata: Metadata = { title: "Test drive" };

export default async function BuildDrivePage({ params }: { params: Promise<{ id: string }> }) {
  const id = buildIdSchema.safeParse((await params).id);
  if (!id.success) notFound();
  return <DrivePage id={id.data} />;
}
