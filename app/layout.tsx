import "@mantine/core/styles.css";
import "@mantine/spotlight/styles.css";
import "@mantine/notifications/styles.css";
import "./global.css";
import { ColorSchemeScript, mantineHtmlProps } from "@mantine/core";
import type { Metadata } from "next";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { Providers } from "#components/providers.tsx";

export const metadata: Metadata = {
  title: { default: "KIWI Workbench", template: "%s · KIWI Workbench" },
  description: "Edit, build and understand KIWI NG image descriptions",
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  // Asking for the headers makes every page dynamic, which a nonce for each request needs anyway.
  const nonce = (await headers()).get("x-nonce") ?? undefined;
  return (
    <html lang="en" {...mantineHtmlProps}>
      <head>
        <ColorSchemeScript defaultColorScheme="auto" nonce={nonce} />
      </head>
      <body>
        <Providers>{children}</Providers>
      </body>
    </html>
  );
}
