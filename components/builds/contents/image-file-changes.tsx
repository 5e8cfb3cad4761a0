import { Table, Text } from "@mantine/core";
import type { ImageFileChanges as Changes, ImageFileChange } from "#lib/contracts/build-contents.ts";
import { formatBytes, formatCount } from "../../ui/format.ts";
import classes from "./tables.module.css";

/** Files that came, went or hold something else in another image, but for those of updated packages. */
export function ImageFileChanges({ changes, more, updated, same, otherTime }: Changes) {
  return (
    <>
      <Text size="sm">
        {formatCount(changes.length + more, "file differs", "files differ")};{" "}
        {formatCount(same, "file is", "files are")} the same
        {otherTime > 0 && `, ${otherTime.toLocaleString("en")} of them written at another time`}.
        {updated > 0 && ` Updated packages account for ${formatCount(updated, "more file", "more files")}.`}
      </Text>
      {changes.length > 0 && (
        <Table.ScrollContainer minWidth={560}>
          <Table verticalSpacing={3}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>File</Table.Th>
                <Table.Th>Change</Table.Th>
                <Table.Th>From</Table.Th>
                <Table.Th className={classes.number}>Before</Table.Th>
                <Table.Th className={classes.number}>After</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {changes.map((change) => (
                <Change key={change.path} change={change} />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {more > 0 && <Text size="sm">And {more.toLocaleString("en")} more.</Text>}
    </>
  );
}

function Change({ change: { path, origin, before, after, habit } }: { change: ImageFileChange }) {
  return (
    <Table.Tr>
      <Table.Td>
        <span className={classes.path}>/{path}</span>
        {habit !== null && (
          <Text size="xs" c="dimmed">
            {habit}
          </Text>
        )}
      </Table.Td>
      <Table.Td>{before === null ? "added" : after === null ? "removed" : "changed"}</Table.Td>
      <Table.Td>{origin || "scripts"}</Table.Td>
      <Table.Td className={classes.number}>{before === null ? "–" : formatBytes(before)}</Table.Td>
      <Table.Td className={classes.number}>{after === null ? "–" : formatBytes(after)}</Table.Td>
    </Table.Tr>
  );
}
