"use client";

import { Text } from "@mantine/core";
import { type ClipboardEvent, type KeyboardEvent, useLayoutEffect, useRef } from "react";
import { keyText } from "#lib/builds/console-screen.ts";
import classes from "./drive.module.css";
import { useConsole } from "./use-console.ts";

/** The serial console of a machine. Keys go to it while it has the focus; Tab does not, so that nobody is caught in it. */
export function Console({ id, since, running }: { id: string; since: string; running: boolean }) {
  const { lines, type } = useConsole(id, since, running);
  const box = useRef<HTMLPreElement>(null);
  const follows = useRef(true);
  useLayoutEffect(() => {
    if (box.current && follows.current) box.current.scrollTop = box.current.scrollHeight;
  });
  const onKeyDown = (event: KeyboardEvent) => {
    const copies = event.ctrlKey && event.key === "c" && !(window.getSelection()?.isCollapsed ?? true);
    const text = running && !copies ? keyText(event) : null;
    if (text === null || (event.ctrlKey && event.key === "v")) return;
    event.preventDefault();
    void type(text);
  };
  const onPaste = (event: ClipboardEvent) => {
    event.preventDefault();
    if (running) void type(event.clipboardData.getData("text/plain").replaceAll("\n", "\r"));
  };
  return (
    <section aria-label="Serial console">
      <pre
        ref={box}
        className={classes.console}
        data-running={running}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it takes keys, and scrolls
        tabIndex={0}
        aria-label="Serial console: keys go to the machine"
        onKeyDown={onKeyDown}
        onPaste={onPaste}
        onScroll={({ currentTarget }) => {
          const { scrollTop, clientHeight, scrollHeight } = currentTarget;
          follows.current = scrollTop + clientHeight > scrollHeight - 24;
        }}
      >
        {lines.join("\n")}
        {running && <span className={classes.cursor} aria-hidden />}
      </pre>
      {running && (
        <Text size="xs" c="dimmed" mt={4}>
          Click into it and type. Ctrl+I sends a tab.
        </Text>
      )}
    </section>
  );
}
