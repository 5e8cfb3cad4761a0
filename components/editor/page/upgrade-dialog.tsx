import { Button, Group, List, Modal, ScrollArea, Text } from "@mantine/core";
import { describeUpgrade } from "#lib/kiwi/language/upgrade-words.ts";
import { useFocusBack } from "../../ui/focus-back.ts";
import type { UpgradeOffer } from "../language/mending.ts";

interface UpgradeDialogProps {
  offer: UpgradeOffer;
  onUpgrade(): void;
  onClose(): void;
}

/** Says what an upgrade changes and what KIWI drops on the way, before it is done. */
export function UpgradeDialog({ offer, onUpgrade, onClose }: UpgradeDialogProps) {
  useFocusBack();
  const can = "edits" in offer;
  return (
    <Modal
      opened
      size="lg"
      onClose={onClose}
      title={can ? `Upgrade from schema version ${offer.from} to ${offer.to}` : "There is nothing to upgrade"}
      closeButtonProps={{ "aria-label": "Close this dialog" }}
      transitionProps={{ duration: 0 }}
    >
      {can ? (
        <>
          <Text size="sm" mb="xs">
            Only this changes; comments, order and indentation stay. Files that are not open will be opened, and nothing
            is saved yet.
          </Text>
          <ScrollArea.Autosize mah="50vh">
            <List size="sm">
              {describeUpgrade(offer).map((line) => (
                <List.Item key={line}>{line}</List.Item>
              ))}
            </List>
          </ScrollArea.Autosize>
        </>
      ) : (
        <Text size="sm">{offer.reason}</Text>
      )}
      <Group justify="flex-end" mt="md" gap="sm">
        <Button variant="default" onClick={onClose}>
          {can ? "Leave it as it is" : "Close"}
        </Button>
        {can && (
          <Button data-autofocus onClick={onUpgrade}>
            Upgrade
          </Button>
        )}
      </Group>
    </Modal>
  );
}
