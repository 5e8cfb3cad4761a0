import { Kbd, Modal, SimpleGrid, Stack, Table, Text, Title } from "@mantine/core";
import { useFocusBack } from "../../ui/focus-back.ts";
import { helpOnKeys } from "./keys.ts";

/** The keys of the editor at a glance. */
export function KeysDialog({ onClose }: { onClose(): void }) {
  useFocusBack();
  return (
    <Modal
      opened
      onClose={onClose}
      size="min(64rem, 95vw)"
      title="Keys of the editor"
      closeButtonProps={{ "aria-label": "Close this dialog" }}
      transitionProps={{ duration: 0 }}
    >
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl">
        {helpOnKeys.map(({ about, lines }) => (
          <Stack key={about} gap={4}>
            <Title order={3} size="sm" id={`keys-${about}`}>
              {about}
            </Title>
            <Table verticalSpacing={4} horizontalSpacing={4} aria-labelledby={`keys-${about}`}>
              <Table.Tbody>
                {lines.map(({ keys, does }) => (
                  <Table.Tr key={does}>
                    <Table.Th scope="row" style={{ whiteSpace: "nowrap", width: "9rem", verticalAlign: "top" }}>
                      {keys.map((key) => (
                        <Kbd key={key} size="sm" mr={4}>
                          {key}
                        </Kbd>
                      ))}
                    </Table.Th>
                    <Table.Td>{does}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Stack>
        ))}
        <Text size="sm" c="dimmed">
          On a Mac, Cmd takes the place of Ctrl, except in Ctrl+Space. In lists and trees the arrow keys walk; in the
          list of problems, the right arrow leads to what a code means.
        </Text>
      </SimpleGrid>
    </Modal>
  );
}
