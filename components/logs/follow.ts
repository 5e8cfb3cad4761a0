"use client";

import { type RefObject, useCallback, useLayoutEffect, useMemo, useRef, useState } from "react";

/** Pixels from the end that still count as the end. */
const near = 24;

/**
 * Keeps the end of a growing list in view until the reader scrolls up; scrolling down to the end, or `resume`, takes
 * it up again. `content` changes when another list is shown.
 */
export function useFollow(scroller: RefObject<HTMLElement | null>, height: number, content: object) {
  const [following, setState] = useState(true);
  const [atEnd, setAtEnd] = useState(true);
  // The same at once: between a change of the state and its drawing, a change of size must not undo the reader's wish.
  const wanted = useRef(true);
  const lastTop = useRef(0);
  const setFollowing = useCallback((value: boolean) => {
    wanted.current = value;
    setState(value);
  }, []);

  useLayoutEffect(() => {
    void content;
    void height;
    const element = scroller.current;
    if (!element) return;
    const toEnd = () => {
      if (following && wanted.current) {
        element.scrollTop = element.scrollHeight;
        lastTop.current = element.scrollTop;
      }
      setAtEnd(isAtEnd(element));
    };
    toEnd();
    // The list also loses its end when its own box becomes smaller, as when results appear above it.
    const observer = new ResizeObserver(toEnd);
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller, height, following, content]);

  const onScroll = useCallback(() => {
    const element = scroller.current;
    if (!element) return;
    const { scrollTop } = element;
    setAtEnd(isAtEnd(element));
    // Our own scrolling is reported, too, and often late: only a position that we did not choose is the reader's.
    if (scrollTop === lastTop.current) return;
    if (isAtEnd(element)) setFollowing(true);
    else if (scrollTop < lastTop.current) setFollowing(false);
    lastTop.current = scrollTop;
  }, [scroller, setFollowing]);

  return useMemo(
    () => ({ following, atEnd, onScroll, stop: () => setFollowing(false), resume: () => setFollowing(true) }),
    [following, atEnd, onScroll, setFollowing],
  );
}

const isAtEnd = ({ scrollTop, scrollHeight, clientHeight }: HTMLElement) =>
  scrollTop + clientHeight >= scrollHeight - near;
