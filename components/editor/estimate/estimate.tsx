import { List, Popover, Stack, Text, UnstyledButton } from "@mantine/core";
import { formatBytes, formatCount } from "../../ui/format.ts";
import type { EditorSession } from "../session/editor-session.ts";
import { type Difference, differenceOf, sumOf } from "./differences.ts";
import { useEstimate } from "./use-estimate.ts";

/** More names are no help. */
const MOST_NAMES = 12;

/** What a build would install, and what unsaved changes make of it. Nothing where that cannot be told. */
export function Estimate({ session, main }: { session: EditorSession; main: string }) {
  const { choice, now, saved } = useEstimate(session, main);
  if (now === undefined) return null;
  const { packages, bytes } = sumOf(now);
  const difference = saved === undefined ? null : differenceOf(saved, now);
  const what = [choice.type, ...choice.profiles].filter((one) => one !== null).join(", ") || "the usual choice";
  return (
    <Popover position="top" withArrow width={340}>
      <Popover.Target>
        <UnstyledButton>
          ≈ {formatCount(packages, "package")}, {formatBytes(bytes)}
          {difference && ` (${signed(difference)})`}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs">
          <Text size="sm">
            An estimate: apt would install {formatCount(packages, "package")} for {what}, which say that they take{" "}
            {formatBytes(bytes)}. Scripts, overlays and compression are not in it.
          </Text>
          {difference && (
            <Text size="sm" fw={600}>
              Your unsaved changes: {signed(difference)}
            </Text>
          )}
          {difference && <Names words="More" names={difference.added} />}
          {difference && <Names words="Less" names={difference.removed} />}
          {now.unknown.length > 0 && <Names words="Without these, which no repository has" names={now.unknown} />}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

function Names({ words, names }: { words: string; names: readonly string[] }) {
  if (names.length === 0) return null;
  const rest = names.length - MOST_NAMES;
  return (
    <div>
      <Text size="sm">{words}:</Text>
      <List size="sm">
        {names.slice(0, MOST_NAMES).map((name) => (
          <List.Item key={name}>{name}</List.Item>
        ))}
        {rest > 0 && <List.Item>and {formatCount(rest, "other")}</List.Item>}
      </List>
    </div>
  );
}

function signed({ packages, bytes }: Difference): string {
  const sign = (value: number) => (value < 0 ? "−" : "+");
  return `${sign(packages)}${formatCount(Math.abs(packages), "package")}, ${sign(bytes)}${formatBytes(Math.abs(bytes))}`;
}
