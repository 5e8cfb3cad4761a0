import type { Metadata } from "next";
import { RulesPage } from "#components/rules/rules-page.tsx";

export const metadata: Metadata = { title: "Problems and rules" };

export default function AllRulesPage() {
  return <RulesPage />;
}
