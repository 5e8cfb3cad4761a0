import { Table, Text } from "@mantine/core";
import type { ToolStatus } from "#lib/contracts/builder.ts";
import classes from "./builder.module.css";
import { Readiness } from "./readiness.tsx";

/** The host's tools that KIWI calls, those that are missing first. */
export function ToolTable({ tools }: { tools: readonly ToolStatus[] }) {
  const sorted = [...tools].sort(
    (a, b) => Number(a.path !== null) - Number(b.path !== null) || a.name.localeCompare(b.name),
  );
  return (
    <Table.ScrollContainer minWidth={360} className={classes.wide}>
      <Table verticalSpacing={5}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Tool</Table.Th>
            <Table.Th>State</Table.Th>
            <Table.Th>Where</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {sorted.map((tool) => (
            <Table.Tr key={tool.name}>
              <Table.Td fw={500}>{tool.name}</Table.Td>
              <Table.Td>
                <Readiness ready={tool.path !== null} words={tool.path === null ? "missing" : "found"} />
              </Table.Td>
              <Table.Td>
                {tool.path ?? (
                  <Text span size="sm" c="dimmed">
                    {tool.package === null ? "package unknown" : `package ${tool.package}`}
                  </Text>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
