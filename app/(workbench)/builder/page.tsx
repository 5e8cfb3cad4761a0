import type { Metadata } from "next";
import { BuilderPage } from "#components/builder/builder-page.tsx";

export const metadata: Metadata = { title: "Builder" };

export default function OneBuilderPage() {
  return <BuilderPage />;
}
