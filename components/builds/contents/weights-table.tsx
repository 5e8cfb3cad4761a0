import { Anchor, Button, Table } from "@mantine/core";
import { IconDownload, IconFolder } from "@tabler/icons-react";
import { useState } from "react";
import { formatBytes } from "../../ui/format.ts";
import classes from "./weights.module.css";

export interface WeightItem {
  name: string;
  bytes: number;
  note: string;
  /** Where there is more inside to be looked at. */
  onOpen?: () => void;
  /** Of a file: where it is to be had, and to be looked at. */
  file?: { save: string; view: string };
}

const FIRST_ROWS = 60;

/** Parts of an image, heaviest first, each with a bar for its share. */
export function WeightsTable({ title, items, total }: { title: string; items: readonly WeightItem[]; total: number }) {
  const [all, setAll] = useState(false);
  const shown = items.slice(0, all ? undefined : FIRST_ROWS);
  return (
    <>
      <Table verticalSpacing={2} highlightOnHover layout="fixed">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{title}</Table.Th>
            <Table.Th className={classes.size}>Size</Table.Th>
            <Table.Th className={classes.share}>Share</Table.Th>
            <Table.Th>Holds</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {shown.map((item) => (
            <Table.Tr key={item.name}>
              <Table.Td className={classes.name}>
                {item.onOpen ? (
                  <Anchor component="button" size="sm" onClick={item.onOpen}>
                    <IconFolder size={14} aria-hidden /> {item.name}
                  </Anchor>
                ) : item.file ? (
                  <>
                    <Anchor href={item.file.view} target="_blank" rel="noreferrer" size="sm" title="Look at it as text">
                      {item.name}
                    </Anchor>{" "}
                    <Anchor href={item.file.save} download size="sm" aria-label={`Download ${item.name}`}>
                      <IconDownload size={14} aria-hidden />
                    </Anchor>
                  </>
                ) : (
                  item.name
                )}
              </Table.Td>
              <Table.Td className={classes.size}>{formatBytes(item.bytes)}</Table.Td>
              <Table.Td>
                <span className={classes.bar} style={{ width: `${total === 0 ? 0 : (item.bytes / total) * 100}%` }} />
              </Table.Td>
              <Table.Td>{item.note}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {shown.length < items.length && (
        <Button variant="default" onClick={() => setAll(true)} style={{ alignSelf: "flex-start" }}>
          Show all {items.length.toLocaleString("en")}
        </Button>
      )}
    </>
  );
}
