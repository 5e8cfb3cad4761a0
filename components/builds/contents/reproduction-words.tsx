import { Alert, List, Text } from "@mantine/core";
import type { ImageFileChanges, Reproduction } from "#lib/contracts/build-contents.ts";
import { formatCount } from "../../ui/format.ts";

/** Whether two builds of the same have made the same, and if not, why. */
export function ReproductionWords(props: { reproduction: Reproduction; imageFiles: ImageFileChanges | null }) {
  const { inputs, files } = props.reproduction;
  const others = files.filter(({ same }) => !same);
  const reasons = [...inputs, ...(others.length > 0 ? reasonsIn(props.imageFiles) : [])];
  if (others.length === 0)
    return (
      <Alert color="green" variant="outline" title="Reproduced">
        {formatCount(files.length, "file of the image is", "files of the image are")} the same, bit by bit.
      </Alert>
    );
  return (
    <Alert color="yellow" variant="outline" title="Not the same bit by bit">
      <Text size="sm">Different: {others.map(({ name }) => name).join(", ")}.</Text>
      <List size="sm" mt={6}>
        {reasons.map((reason) => (
          <List.Item key={reason}>{reason}</List.Item>
        ))}
      </List>
    </Alert>
  );
}

function reasonsIn(imageFiles: ImageFileChanges | null): string[] {
  if (imageFiles === null) return ["What the files of both images hold is not known."];
  const { changes, more, updated, otherTime } = imageFiles;
  const known = changes.filter(({ habit }) => habit !== null).length;
  const open = changes.length + more - known;
  return [
    updated > 0 && `Packages have other versions: ${formatCount(updated, "file")} came with them.`,
    known > 0 &&
      `${formatCount(known, "file differs", "files differ")} as they do in every build; each says why below.`,
    open > 0 &&
      `${formatCount(open, "file differs", "files differ")} for a reason of this image; they are listed below.`,
    otherTime > 0 &&
      `${formatCount(otherTime, "file holds", "files hold")} the same, written at another time, which is kept in archives and file systems.`,
    changes.length + more + updated + otherTime === 0 &&
      "Every file is the same: what differs is made with the image, such as identifiers of its file system.",
  ].filter((reason) => reason !== false);
}
