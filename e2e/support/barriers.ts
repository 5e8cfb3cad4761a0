import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";

const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** What keeps people out of the page as it is now (WCAG 2.2 AA), in light and in dark; none = []. */
export async function barriers(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    // The page follows the scheme in a listener of its own, and colours fade.
    await page.waitForFunction(
      (scheme) =>
        document.documentElement.dataset.mantineColorScheme === scheme &&
        !document.getAnimations().some((animation) => animation instanceof CSSTransition),
      colorScheme,
    );
    const { violations } = await new AxeBuilder({ page }).withTags(rules).analyze();
    for (const { id, impact, nodes } of violations) {
      found.push(...nodes.map(({ target }) => `${colorScheme}: ${id} (${impact}): ${target.join(" ")}`));
    }
  }
  return found;
}
