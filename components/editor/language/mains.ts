/**
 * The image files among the files of a description's folder: the one that is edited, and its siblings that KIWI could
 * build, too. A fragment is judged in the context of those that include it.
 */
export function imageFiles(main: string, paths: readonly string[]): string[] {
  const siblings = paths.filter((path) => !path.includes("/") && (path === "config.xml" || path.endsWith(".kiwi")));
  return [main, ...siblings.filter((path) => path !== main)];
}
