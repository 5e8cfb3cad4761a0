import { IconAlertTriangle, IconCircleX, IconInfoCircle } from "@tabler/icons-react";
import type { Severity } from "#lib/contracts/problem.ts";

/** Severities have a shape and a word besides their colour. */
const looks = {
  error: { Icon: IconCircleX, word: "Error", color: "var(--mantine-color-red-text)" },
  warning: { Icon: IconAlertTriangle, word: "Warning", color: "var(--mantine-color-yellow-text)" },
  info: { Icon: IconInfoCircle, word: "Note", color: "var(--mantine-color-blue-text)" },
} as const satisfies Record<Severity, object>;

interface SeverityIconProps {
  severity: Severity;
  className?: string | undefined;
  /** Words beside it say the same already. */
  decorative?: boolean;
}

export function SeverityIcon({ severity, className, decorative = false }: SeverityIconProps) {
  const { Icon, word, color } = looks[severity];
  const meaning = decorative ? { "aria-hidden": true } : { role: "img", "aria-label": word };
  return <Icon size={16} color={color} className={className} {...meaning} />;
}
