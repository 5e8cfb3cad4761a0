import { Badge, Table, Text } from "@mantine/core";
import type { ChangedInstalledFile } from "#lib/builds/verified.ts";
import classes from "./tables.module.css";

/** Files that are not as their package brought them, as the package manager's own check found. */
export function VerifiedTable({ files }: { files: readonly ChangedInstalledFile[] }) {
  if (files.length === 0) return <Text size="sm">Every file is as its package brought it.</Text>;
  return (
    <Table.ScrollContainer minWidth={480}>
      <Table verticalSpacing={3} highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>File</Table.Th>
            <Table.Th>Differs in</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {files.map(({ path, differences, configuration }) => (
            <Table.Tr key={path}>
              <Table.Td className={classes.path}>
                {path}
                {configuration && (
                  <Badge size="xs" variant="default" ml={8}>
                    configuration
                  </Badge>
                )}
              </Table.Td>
              <Table.Td>{differences.join(", ")}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
