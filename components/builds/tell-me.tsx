"use client";

import { Button } from "@mantine/core";
import { IconBell, IconBellFilled } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { isFinal } from "#lib/builds/state.ts";
import type { Build } from "#lib/contracts/build.ts";
import { stateWords } from "./build-state.tsx";

const KEY = "kiwi-workbench/tell-me";

/** Tells by a notification of the browser when a build ends that nobody looks at, if that is wanted. */
export function TellMe({ build }: { build: Build }) {
  const [permission, setPermission] = useState<NotificationPermission>("denied");
  const [wanted, setWanted] = useState(false);
  useEffect(() => {
    if (!("Notification" in window)) return;
    setPermission(Notification.permission);
    setWanted(Notification.permission === "granted" && localStorage.getItem(KEY) === "yes");
  }, []);
  useNotice(build, wanted);

  async function toggle() {
    const given = wanted ? permission : await Notification.requestPermission();
    setPermission(given);
    if (given !== "granted") return;
    localStorage.setItem(KEY, wanted ? "no" : "yes");
    setWanted(!wanted);
  }

  // Who has forbidden it in the browser knows why.
  if (isFinal(build.state) || permission === "denied") return null;
  return (
    <Button
      size="compact-sm"
      h={30}
      variant={wanted ? "light" : "default"}
      aria-pressed={wanted}
      title="A notification of the browser when a build ends whose page is open, but not looked at"
      leftSection={wanted ? <IconBellFilled size={16} /> : <IconBell size={16} />}
      onClick={() => void toggle()}
    >
      Tell me
    </Button>
  );
}

function useNotice(build: Build, wanted: boolean): void {
  const wentOn = useRef(false);
  useEffect(() => {
    const ended = wentOn.current && isFinal(build.state);
    wentOn.current = !isFinal(build.state);
    if (!ended || !wanted || document.hasFocus()) return;
    const title = `${build.imageName ?? build.description}: ${stateWords(build.state).toLowerCase()}`;
    const notice = new Notification(title, { body: build.reason ?? "", tag: build.id });
    notice.onclick = () => window.focus();
  }, [build, wanted]);
}
