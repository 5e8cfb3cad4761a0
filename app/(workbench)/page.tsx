import type { Metadata } from "next";
import { DescriptionsPage } from "#components/workspace/descriptions-page.tsx";

export const metadata: Metadata = { title: "Descriptions" };

export default function HomePage() {
  return <DescriptionsPage />;
}
