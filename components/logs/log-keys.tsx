"use client";

import { Kbd, Modal, Switch, Table } from "@mantine/core";

/** What a single key does in the log. */
export const logKeys = {
  j: "next line",
  k: "line before",
  n: "next match",
  N: "match before",
  e: "KIWI's error",
  g: "beginning",
  G: "end",
  f: "follow new lines",
  w: "wrap long lines",
  "/": "find",
  "?": "these keys",
} as const;
export type LogKey = keyof typeof logKeys;

export const isLogKey = (key: string): key is LogKey => key in logKeys;

export interface LogKeysProps {
  opened: boolean;
  onClose: () => void;
  /** Whether single keys do anything. */
  on: boolean;
  onSwitch: (on: boolean) => void;
}

export function LogKeys({ opened, onClose, on, onSwitch }: LogKeysProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="Keys of the log" size="sm">
      <Switch
        label="Single keys, while the lines have the focus"
        checked={on}
        onChange={(event) => onSwitch(event.currentTarget.checked)}
        mb="sm"
      />
      <Table>
        <Table.Tbody>
          {Object.entries(logKeys).map(([key, what]) => (
            <Table.Tr key={key}>
              <Table.Td w={70}>
                <Kbd>{key}</Kbd>
              </Table.Td>
              <Table.Td>{what}</Table.Td>
            </Table.Tr>
          ))}
          <Table.Tr>
            <Table.Td>
              <Kbd>Ctrl+F</Kbd>
            </Table.Td>
            <Table.Td>find, also when single keys are off</Table.Td>
          </Table.Tr>
        </Table.Tbody>
      </Table>
    </Modal>
  );
}
