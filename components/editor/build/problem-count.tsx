import { Text } from "@mantine/core";
import type { FileProblem } from "../language/protocol.ts";
import { countInWords, countProblems } from "../problems/problem-list.ts";

/** What the check of the description found that does not stop the build. */
export function ProblemCount({ problems }: { problems: readonly FileProblem[] }) {
  const { error, warning } = countProblems(problems.filter(({ ofImage }) => ofImage));
  if (error + warning === 0) return null;
  const counts = [
    error > 0 && `${countInWords(error, "error")} of some builds`,
    warning > 0 && countInWords(warning, "warning"),
  ];
  return (
    <Text size="sm" c="dimmed">
      The description has {counts.filter(Boolean).join(" and ")}: see its list of problems.
    </Text>
  );
}
