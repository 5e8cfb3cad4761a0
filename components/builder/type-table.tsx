import { Table } from "@mantine/core";
import type { TypeReadiness } from "#lib/contracts/builder.ts";
import classes from "./builder.module.css";
import { Readiness } from "./readiness.tsx";

/** Which image types this host can build, and what the others lack. */
export function TypeTable({ types }: { types: readonly TypeReadiness[] }) {
  return (
    <Table.ScrollContainer minWidth={360} className={classes.wide}>
      <Table verticalSpacing={5}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Image type</Table.Th>
            <Table.Th>State</Table.Th>
            <Table.Th>Missing</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {types.map(({ type, ready, missingTools, obstacles }) => (
            <Table.Tr key={type}>
              <Table.Td fw={500}>{type}</Table.Td>
              <Table.Td>
                <Readiness ready={ready} words={ready ? "ready" : "not ready"} />
              </Table.Td>
              <Table.Td>{[missingTools.join(", "), ...obstacles].filter(Boolean).join("; ") || "–"}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
