import type { Pattern, Patterns } from "./pattern.ts";

/** What remains of patterns after parts of a document were seen. Results are kept by the patterns' ids. */
export interface Derivatives {
  /** What remains of `pattern` after the element or attribute that `leaf` declares; not-allowed where it has no place. */
  step(pattern: Pattern, leaf: Pattern): Pattern;
  /** No attribute comes any more: those still wanted make the pattern not-allowed. */
  closeAttributes(pattern: Pattern): Pattern;
  /** As if the attributes still wanted had been there. */
  waiveAttributes(pattern: Pattern): Pattern;
  /** All element, attribute, text and data patterns in a pattern, elements' contents excluded. */
  leaves(pattern: Pattern): ReadonlySet<Pattern>;
}

export function derivatives(patterns: Patterns): Derivatives {
  const { empty, notAllowed } = patterns;
  const steps = new Map<Pattern, Map<Pattern, Pattern>>();
  const leafSets = new Map<Pattern, ReadonlySet<Pattern>>();
  const closed = new Map<Pattern, Pattern>();
  const waived = new Map<Pattern, Pattern>();

  function leaves(pattern: Pattern): ReadonlySet<Pattern> {
    const known = leafSets.get(pattern);
    if (known !== undefined) return known;
    const found = new Set<Pattern>();
    if ("parts" in pattern) for (const part of pattern.parts) for (const leaf of leaves(part)) found.add(leaf);
    else if (pattern.kind === "one-or-more") for (const leaf of leaves(pattern.part)) found.add(leaf);
    else if (pattern !== empty && pattern !== notAllowed) found.add(pattern);
    leafSets.set(pattern, found);
    return found;
  }

  function step(pattern: Pattern, leaf: Pattern): Pattern {
    if (pattern === leaf) return empty;
    const known = steps.get(pattern)?.get(leaf);
    if (known !== undefined) return known;
    if (!leaves(pattern).has(leaf)) return notAllowed;
    const result = derive(pattern, leaf);
    const ofPattern = steps.get(pattern) ?? new Map<Pattern, Pattern>();
    steps.set(pattern, ofPattern.set(leaf, result));
    return result;
  }

  function derive(pattern: Pattern, leaf: Pattern): Pattern {
    switch (pattern.kind) {
      case "choice":
        return patterns.choice(pattern.parts.map((part) => step(part, leaf)));
      case "interleave":
        return anyOf(pattern.parts, leaf, patterns.interleave, false);
      case "group":
        // Attributes have no order, not even in a group.
        return anyOf(pattern.parts, leaf, patterns.group, leaf.kind !== "attribute");
      case "one-or-more":
        return patterns.group([step(pattern.part, leaf), patterns.choice([pattern, empty])]);
      default:
        return notAllowed;
    }
  }

  /** One of the parts takes the leaf; where order counts, only parts that may be empty are passed over, and dropped. */
  function anyOf(
    parts: readonly Pattern[],
    leaf: Pattern,
    combine: (parts: readonly Pattern[]) => Pattern,
    ordered: boolean,
  ): Pattern {
    const results: Pattern[] = [];
    for (const [i, part] of parts.entries()) {
      const rest = step(part, leaf);
      const others = ordered ? [rest, ...parts.slice(i + 1)] : parts.with(i, rest);
      if (rest !== notAllowed) results.push(combine(others));
      if (ordered && !part.nullable) break;
    }
    return patterns.choice(results);
  }

  function replaceAttributes(pattern: Pattern, replacement: Pattern, memo: Map<Pattern, Pattern>): Pattern {
    const known = memo.get(pattern);
    if (known !== undefined) return known;
    const inner = (part: Pattern) => replaceAttributes(part, replacement, memo);
    let result = pattern;
    if (pattern.kind === "attribute") result = replacement;
    else if (pattern.kind === "one-or-more") result = patterns.oneOrMore(inner(pattern.part));
    else if ("parts" in pattern) result = patterns[pattern.kind](pattern.parts.map(inner));
    memo.set(pattern, result);
    return result;
  }

  return {
    step,
    leaves,
    closeAttributes: (pattern) => replaceAttributes(pattern, notAllowed, closed),
    waiveAttributes: (pattern) => replaceAttributes(pattern, empty, waived),
  };
}

/**
 * What a pattern still needs: a list of needs, each a list of alternatives of which one is enough. Empty for a pattern
 * that needs nothing.
 */
export function needs(pattern: Pattern): Pattern[][] {
  if (pattern.nullable) return [];
  switch (pattern.kind) {
    case "group":
    case "interleave":
      return pattern.parts.flatMap(needs);
    case "choice":
      return [pattern.parts.flatMap((part) => needs(part).flat())];
    case "one-or-more":
      return needs(pattern.part);
    default:
      return [[pattern]];
  }
}
