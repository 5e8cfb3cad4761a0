import { Group } from "@mantine/core";
import type { ReactNode } from "react";
import { BuilderIndicator } from "./builder-indicator.tsx";
import { ColourSchemeSwitch } from "./colour-scheme-switch.tsx";
import { CommandPalette } from "./command-palette.tsx";
import classes from "./frame.module.css";
import { LogoutButton } from "./logout-button.tsx";
import { Navigation } from "./navigation.tsx";
import { SessionGuard } from "./session-guard.tsx";

/** The frame around every page: one bar above, and below it the page, which has the rest of the window. */
export function Frame({ children }: { children: ReactNode }) {
  return (
    <div className={classes.frame}>
      <SessionGuard />
      <a className={classes.skip} href="#main">
        Skip to content
      </a>
      <header className={classes.header}>
        <Navigation />
        <Group gap={4} wrap="nowrap">
          <CommandPalette />
          <BuilderIndicator />
          <ColourSchemeSwitch />
          <LogoutButton />
        </Group>
      </header>
      <main id="main" className={classes.main} tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}
