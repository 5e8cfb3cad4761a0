import type { Conversion } from "#lib/kiwi/language/index.ts";
import { ChangeDialog } from "./change-dialog.tsx";

interface ConvertDialogProps {
  conversion: Conversion;
  onConvert(): void;
  onClose(): void;
}

/** Says what a description in another format does not say any more, before its file is made. */
export function ConvertDialog({ conversion, onConvert, onClose }: ConvertDialogProps) {
  const actions = { onConfirm: onConvert, onClose };
  if ("refusal" in conversion) {
    return <ChangeDialog title="This cannot be converted" about={conversion.refusal} {...actions} />;
  }
  const { path, changes } = conversion;
  const kept = changes.length === 0 ? "KIWI sees the same in both." : "KIWI sees the same in both, but this is lost:";
  return (
    <ChangeDialog
      title={`Convert to ${path}`}
      about={`A new file is opened beside this one, which stays. It is not saved yet. ${kept}`}
      lines={changes.map(({ line, message }) => `Line ${line}: ${message}`)}
      confirm="Convert"
      {...actions}
    />
  );
}
