import { Button, CloseButton, Group, Text, Title } from "@mantine/core";
import { difference, type MatrixCell } from "#lib/kiwi/description/matrix.ts";
import { type Combination, nameOf } from "./combination.ts";
import classes from "./matrix.module.css";

interface CellDetailsProps {
  chosen: Combination;
  base: Combination | undefined;
  onBase(): void;
  onEffective(): void;
  onClose(): void;
}

const kinds = [
  ["packages", "Packages"],
  ["collections", "Collections"],
  ["archives", "Archives"],
  ["repositories", "Repositories"],
] as const satisfies readonly [keyof MatrixCell, string][];

/** One combination by name, and all in which it differs from the one that it is compared with. */
export function CellDetails({ chosen, base, onBase, onEffective, onClose }: CellDetailsProps) {
  const { row, cell } = chosen;
  const isBase = base !== undefined && nameOf(base) === nameOf(chosen);
  const active = [...row.profiles, ...row.brings];
  return (
    <aside className={classes.details} aria-label={`Details of ${nameOf(chosen)}`}>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Title order={2} size="sm">
          {nameOf(chosen)}
        </Title>
        <CloseButton size="sm" aria-label="Close the details" onClick={onClose} />
      </Group>
      <Text size="xs" c="dimmed">
        {active.length === 0 ? "No profile is active." : `Active: ${active.join(", ")}.`}
      </Text>
      {cell.refusal === null ? (
        <>
          <Group gap="xs" my="xs">
            <Button size="compact-xs" variant="default" onClick={onEffective}>
              Show what KIWI sees
            </Button>
            <Button size="compact-xs" variant="default" disabled={isBase} onClick={onBase}>
              Compare with this
            </Button>
          </Group>
          {kinds.map(([kind, title]) => (
            <Names key={kind} title={title} base={isBase ? null : (base?.cell[kind] ?? [])} names={cell[kind]} />
          ))}
        </>
      ) : (
        <Text size="sm" mt="xs">
          {cell.refusal}
        </Text>
      )}
    </aside>
  );
}

interface NamesProps {
  title: string;
  names: readonly string[];
  /** null = nothing to compare with: all are listed. */
  base: readonly string[] | null;
}

function Names({ title, names, base }: NamesProps) {
  if (names.length === 0 && (base ?? []).length === 0) return null;
  if (base === null) return <NameList title={`${title}: ${names.length}`} names={names} mark="" />;
  const { added, removed } = difference(base, names);
  return (
    <>
      {added.length > 0 && <NameList title={`${title} more: ${added.length}`} names={added} mark="+" />}
      {removed.length > 0 && <NameList title={`${title} fewer: ${removed.length}`} names={removed} mark="−" />}
      {added.length + removed.length === 0 && (
        <Text size="xs" c="dimmed" mt="xs">
          {title}: the same {names.length}
        </Text>
      )}
    </>
  );
}

function NameList({ title, names, mark }: { title: string; names: readonly string[]; mark: string }) {
  return (
    <>
      <Title order={3} size="xs" mt="xs">
        {title}
      </Title>
      <ul className={classes.names}>
        {names.map((name) => (
          <li key={name}>
            {mark && <span aria-hidden>{mark} </span>}
            {name}
          </li>
        ))}
      </ul>
    </>
  );
}
