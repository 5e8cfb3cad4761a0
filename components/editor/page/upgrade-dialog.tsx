import { describeUpgrade } from "#lib/kiwi/language/upgrade-words.ts";
import type { UpgradeOffer } from "../language/mending.ts";
import { ChangeDialog } from "./change-dialog.tsx";

interface UpgradeDialogProps {
  offer: UpgradeOffer;
  onUpgrade(): void;
  onClose(): void;
}

/** Says what an upgrade changes and what KIWI drops on the way, before it is done. */
export function UpgradeDialog({ offer, onUpgrade, onClose }: UpgradeDialogProps) {
  const actions = { onConfirm: onUpgrade, onClose };
  if ("reason" in offer) {
    const title = offer.current ? "There is nothing to upgrade" : "This cannot be upgraded";
    return <ChangeDialog title={title} about={offer.reason} {...actions} />;
  }
  return (
    <ChangeDialog
      title={`Upgrade from schema version ${offer.from} to ${offer.to}`}
      about="Only this changes; comments, order and indentation stay. Files that are not open will be opened, and nothing is saved yet."
      lines={describeUpgrade(offer)}
      confirm="Upgrade"
      {...actions}
    />
  );
}
