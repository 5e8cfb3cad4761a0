"use client";

import { Text } from "@mantine/core";
import { useEffect, useState } from "react";
import { screenHref } from "../../ui/links.ts";
import classes from "./drive.module.css";

/** Milliseconds between two pictures. */
const PAUSE = 1500;

/** What the machine's screen shows, picture by picture. */
export function MachineScreen({ id }: { id: string }) {
  const [shown, show] = useState<string | null>(null);
  useEffect(() => {
    let over = false;
    const next = () => {
      const picture = new Image();
      const again = () => void (over || setTimeout(next, PAUSE));
      picture.onload = () => {
        if (!over) show(picture.src);
        again();
      };
      picture.onerror = again;
      picture.src = screenHref(id, Date.now());
    };
    next();
    return () => {
      over = true;
    };
  }, [id]);
  if (shown === null) return <Text size="sm">Waiting for the first picture.</Text>;
  // biome-ignore lint/performance/noImgElement: a picture that is made anew each time
  return <img className={classes.screen} src={shown} alt="What the machine's screen shows" />;
}

/** What the screen of a machine that has ended showed at its login. */
export function LoginPicture({ id, moment }: { id: string; moment: number }) {
  // biome-ignore lint/performance/noImgElement: a picture of a build
  return <img className={classes.screen} src={screenHref(id, moment)} alt="The machine's screen at its login" />;
}
