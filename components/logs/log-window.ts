"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useEffect } from "react";

/** Pixels of a line that is not wrapped; the stylesheet has the same. */
const lineHeight = 20;

/** Which lines are in view, and where they stand. Only wrapped lines have to be measured. */
export function useLogWindow(scroller: RefObject<HTMLDivElement | null>, count: number, wrap: boolean) {
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => lineHeight,
    overscan: 10,
    useFlushSync: false,
  });
  useEffect(() => {
    void wrap;
    virtualizer.measure();
  }, [virtualizer, wrap]);

  return {
    items: virtualizer.getVirtualItems(),
    height: virtualizer.getTotalSize(),
    measure: virtualizer.measureElement,
    scrollTo: (index: number) => virtualizer.scrollToIndex(index, { align: "center" }),
    /** Index of the first line that is wholly in view. */
    firstVisible: () => virtualizer.getVirtualItemForOffset(virtualizer.scrollOffset ?? 0)?.index ?? 0,
  };
}
