import { Table, Text } from "@mantine/core";
import type { BuildDifferences, PackageDifference } from "#lib/contracts/build-contents.ts";
import { formatBytes, formatCount } from "../../ui/format.ts";
import classes from "./tables.module.css";

type Kind = "added" | "removed" | "updated";

const kindOf = ({ before, after }: PackageDifference): Kind =>
  before === null ? "added" : after === null ? "removed" : "updated";

/** Packages that came, went or changed between two builds, with what their changelogs say of it. */
export function PackageChanges({ changes, same }: NonNullable<BuildDifferences["packages"]>) {
  const count = (kind: Kind) => changes.filter((change) => kindOf(change) === kind).length;
  return (
    <>
      <Text size="sm">
        {count("added")} added, {count("removed")} removed, {count("updated")} updated;{" "}
        {formatCount(same, "package is the same", "packages are the same")}.
      </Text>
      {changes.length > 0 && (
        <Table.ScrollContainer minWidth={480}>
          <Table verticalSpacing={3}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Package</Table.Th>
                <Table.Th>Change</Table.Th>
                <Table.Th>Before</Table.Th>
                <Table.Th>After</Table.Th>
                <Table.Th className={classes.number}>Installed size</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {changes.map((change) => (
                <Change
                  key={`${change.name}|${change.architecture}|${change.before}|${change.after}`}
                  change={change}
                />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </>
  );
}

/** The size of what came or went, else how it has changed. */
function sizeWords({ bytesBefore, bytesAfter }: PackageDifference): string {
  if (bytesBefore !== null && bytesAfter !== null)
    return bytesBefore === bytesAfter
      ? formatBytes(bytesAfter)
      : `${formatBytes(bytesBefore)} → ${formatBytes(bytesAfter)}`;
  if (bytesAfter !== null) return `+ ${formatBytes(bytesAfter)}`;
  return bytesBefore === null ? "–" : `− ${formatBytes(bytesBefore)}`;
}

function Change({ change }: { change: PackageDifference }) {
  const { name, architecture, before, after, news } = change;
  return (
    <Table.Tr>
      <Table.Td>
        {news === "" && name}
        {news !== "" && (
          <details className={classes.news}>
            <summary>{name}</summary>
            {/* Long texts scroll, and a scrolling region must be reachable by keyboard. */}
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: see above */}
            <pre tabIndex={0} aria-label={`New in the changelog of ${name}`}>
              {news}
            </pre>
          </details>
        )}
        {architecture && (
          <Text span size="xs" c="dimmed">
            {" "}
            {architecture}
          </Text>
        )}
      </Table.Td>
      <Table.Td>{kindOf(change)}</Table.Td>
      <Table.Td className={classes.version}>{before ?? "–"}</Table.Td>
      <Table.Td className={classes.version}>{after ?? "–"}</Table.Td>
      <Table.Td className={classes.number}>{sizeWords(change)}</Table.Td>
    </Table.Tr>
  );
}
