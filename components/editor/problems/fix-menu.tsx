import { ActionIcon, Menu, Text } from "@mantine/core";
import { IconBulb } from "@tabler/icons-react";
import { useState } from "react";
import { applyOffer } from "../language/fixes.ts";
import type { Mending, Offer } from "../language/mending.ts";
import type { FileProblem } from "../language/protocol.ts";
import classes from "./problems-panel.module.css";

interface FixMenuProps {
  problem: FileProblem;
  mending: Mending;
  /** Shows the place of the problem after it was mended. */
  onFixed(problem: FileProblem): void;
}

/** They come after the menu was opened, which had nothing to give the focus to then. */
const takeFocus = (item: HTMLButtonElement | null) => item?.focus();

/** The ways to end a problem; they are worked out when they are asked for. */
export function FixMenu({ problem, mending, onFixed }: FixMenuProps) {
  const [offers, setOffers] = useState<readonly Offer[] | null>(null);

  async function ask() {
    setOffers(null);
    setOffers(await mending.offers(problem).catch(() => []));
  }
  async function choose(offer: Offer) {
    if (await applyOffer(mending, offer)) onFixed(problem);
  }

  return (
    <Menu position="top-end" withinPortal transitionProps={{ duration: 0 }} onOpen={() => void ask()}>
      <Menu.Target>
        <ActionIcon
          className={classes.fix}
          size="sm"
          variant="subtle"
          color="gray"
          tabIndex={-1}
          aria-label={`Fixes for: ${problem.message}`}
          title="Fixes"
        >
          <IconBulb size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown maw="28rem">
        {offers?.map((offer, index) => (
          <Menu.Item
            key={offer.title}
            ref={index === 0 ? takeFocus : undefined}
            fw={offer.preferred ? 600 : 400}
            onClick={() => void choose(offer)}
          >
            {offer.title}
          </Menu.Item>
        ))}
        {offers === null && (
          <Text size="sm" c="dimmed" px="sm" py={4}>
            Looking for fixes…
          </Text>
        )}
        {offers?.length === 0 && (
          <Text size="sm" c="dimmed" px="sm" py={4}>
            There is no fix for this that is certain.
          </Text>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
