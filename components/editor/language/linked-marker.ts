import { type editor, Uri } from "monaco-editor/editor";
import type { Problem } from "#lib/contracts/problem.ts";
import { codeLink } from "../problems/code-link.ts";
import { layerWords } from "../problems/problem-filter.ts";
import { markerOf } from "./markers.ts";

/** How Monaco draws a problem whose code leads to its explanation. */
export function linkedMarker(problem: Problem): editor.IMarkerData {
  const target = Uri.parse(new URL(codeLink(problem), location.origin).href);
  return { ...markerOf(problem), source: layerWords[problem.layer], code: { value: problem.code, target } };
}
