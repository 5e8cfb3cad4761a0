import { Button, Group, Text } from "@mantine/core";
import type { FormChange } from "#lib/kiwi/language/index.ts";
import type { Refused } from "./use-form-changes.ts";

interface RefusalProps {
  refused: Refused;
  onInstead(change: FormChange): void;
  onClose(): void;
}

/** Why a change was not made, and the way that is left. */
export function Refusal({ refused: { refusal, instead }, onInstead, onClose }: RefusalProps) {
  return (
    <Group component="span" gap={6} role="alert">
      <Text span size="xs" c="red">
        Not changed. {refusal}
      </Text>
      {instead && (
        <Button
          size="compact-xs"
          variant="default"
          h="auto"
          py={3}
          styles={{ label: { whiteSpace: "normal", lineHeight: 1.35 } }}
          onClick={() => onInstead(instead.change)}
        >
          {instead.words}
        </Button>
      )}
      <Button size="compact-xs" variant="subtle" color="gray" onClick={onClose}>
        Leave it as it was
      </Button>
    </Group>
  );
}
