import type { Metadata } from "next";
import { BuildsPage } from "#components/builds/builds-page.tsx";

export const metadata: Metadata = { title: "Builds" };

export default function AllBuildsPage() {
  return <BuildsPage />;
}
