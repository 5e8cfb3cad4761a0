import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { EditorPage } from "#components/editor/editor-page.tsx";
import { relativePathSchema } from "#lib/contracts/description.ts";

interface PageProps {
  params: Promise<{ id: string[] }>;
}

/** Next gives the parts of a catch-all address as they were sent, still encoded. */
async function descriptionId(params: PageProps["params"]) {
  try {
    return relativePathSchema.safeParse((await params).id.map(decodeURIComponent).join("/"));
  } catch {
    notFound();
  }
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const id = await descriptionId(params);
  return id.success ? { title: id.data } : {};
}

export default async function DescriptionPage({ params }: PageProps) {
  const id = await descriptionId(params);
  if (!id.success) notFound();
  return <EditorPage id={id.data} />;
}
